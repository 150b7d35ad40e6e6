package org.headgate.driver.mqtt;

import java.util.Optional;
import java.util.function.Function;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Loop;
import org.headgate.system.api.Randomness;
import org.headgate.tls.CertificateClock;

/**
 * What devices find around them.
 *
 * @param loop for what happens later; nothing blocks there
 * @param calls for what blocks
 * @param secrets the text of a secret by {@code @name}
 * @param files the content of a file or a secret that a setting names
 * @param certificates the time by which certificates are judged
 */
record World(
        Clock clock,
        Loop loop,
        Calls calls,
        Randomness randomness,
        Function<String, Optional<char[]>> secrets,
        Function<String, Optional<byte[]>> files,
        CertificateClock certificates) {}
