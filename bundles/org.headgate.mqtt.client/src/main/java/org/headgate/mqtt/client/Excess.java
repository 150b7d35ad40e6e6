package org.headgate.mqtt.client;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.function.IntSupplier;

/**
 * Notes of messages that were longer than their reader takes: such a message goes its way through Paho with a note in place of its payload.
 * Nobody else can write one: each session has a secret of its own.
 */
final class Excess {
    private static final int SECRET = 16;

    private final IntSupplier longest;
    private final byte[] secret = new byte[SECRET];

    /**
     * For one session.
     *
     * @param longest the longest payload that is taken, in bytes; it may change
     */
    Excess(IntSupplier longest) {
        this.longest = longest;
        new SecureRandom().nextBytes(secret);
    }

    int longest() {
        return longest.getAsInt();
    }

    byte[] note(long bytes) {
        return ByteBuffer.allocate(SECRET + Long.BYTES)
                .put(secret)
                .putLong(bytes)
                .array();
    }

    /** How many bytes the payload had; empty for a payload that is one. */
    OptionalLong bytes(byte[] payload) {
        boolean note = payload.length == SECRET + Long.BYTES && Arrays.equals(payload, 0, SECRET, secret, 0, SECRET);
        return note ? OptionalLong.of(ByteBuffer.wrap(payload).getLong(SECRET)) : OptionalLong.empty();
    }
}
