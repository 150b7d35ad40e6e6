package org.headgate.system.jvm;

import java.security.SecureRandom;
import java.util.concurrent.ThreadLocalRandom;
import org.headgate.system.api.Randomness;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Real chance. */
@Component
public final class SecureRandomness implements Randomness {
    private final SecureRandom secure = new SecureRandom();

    @Activate
    public SecureRandomness() {}

    @Override
    public double nextDouble() {
        return ThreadLocalRandom.current().nextDouble();
    }

    @Override
    public byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        secure.nextBytes(bytes);
        return bytes;
    }
}
