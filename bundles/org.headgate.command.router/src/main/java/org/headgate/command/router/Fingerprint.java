package org.headgate.command.router;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;
import org.headgate.codec.ByteOutput;
import org.headgate.command.api.Command;

/**
 * What is kept of a command beside who has asked and the id.
 *
 * @param digest the same for the same command from whomever, and for no other: id, name, arguments and expiry together; empty for one that
 *     changes nothing
 * @param expiresNanos until when it must not be forgotten, in nanoseconds since the epoch; 0 where it may be at any time
 */
record Fingerprint(String digest, long expiresNanos) {
    /** Of a command that changes nothing: it may be done again. */
    static final Fingerprint HARMLESS = new Fingerprint("", 0);

    private static final int BYTES = 16;

    /** Of a command that may change something. */
    static Fingerprint of(Command command) {
        ByteOutput out = new ByteOutput(256);
        long expires = Math.max(0, command.expiresNanos().orElse(0));
        out.putText(command.id());
        out.putText(command.name());
        out.putVarint(expires);
        new TreeMap<>(command.arguments()).forEach((key, value) -> {
            out.putText(key);
            out.putText(value);
        });
        return new Fingerprint(HexFormat.of().formatHex(sha256(out.bytes()), 0, BYTES), expires);
    }

    private static byte[] sha256(byte[] text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    boolean changes() {
        return !digest.isEmpty();
    }
}
