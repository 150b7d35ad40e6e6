package org.headgate.uplink.runtime;

import java.util.List;
import java.util.Optional;
import org.headgate.config.api.Secrets;

/** Nothing is secret here. */
final class NoSecrets implements Secrets {
    @Override
    public Optional<char[]> resolve(String value) {
        return Optional.empty();
    }

    @Override
    public Optional<byte[]> content(String value) {
        return Optional.empty();
    }

    @Override
    public List<String> names() {
        return List.of();
    }

    @Override
    public void set(String name, char[] text) {}

    @Override
    public void keep(String name, byte[] content) {}

    @Override
    public void remove(String name) {}
}
