package org.headgate.console.access;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/**
 * A public key that the console's server understands: RSA of 2048 bits and more (RFC 4253 6.6), or ECDSA on a NIST curve (RFC 5656
 * 3.1). Karaf 4.4 knows no Ed25519, and DSA is broken.
 *
 * @param type {@code ssh-rsa} or {@code ecdsa-sha2-nistp256}, for example
 * @param blob the key as SSH writes it, base64
 */
record PublicKey(String type, String blob) {
    private static final int LEAST_BITS = 2048;
    private static final int LONGEST_PART = 4096;
    private static final String RSA = "ssh-rsa";
    private static final String ECDSA = "ecdsa-sha2-";
    private static final Set<String> CURVES = Set.of("nistp256", "nistp384", "nistp521");
    private static final String EXPECTED = "(expected: KEY.pub of ssh-keygen -t ecdsa -f KEY)";

    /**
     * Reads a file as {@code ssh-keygen} writes it: type, key, comment, on one line.
     *
     * @throws IOException with one line for the user, which says what to do
     */
    static PublicKey of(String text) throws IOException {
        if (text.contains("PRIVATE KEY-----")) {
            throw new IOException("that is a private key " + EXPECTED);
        }
        List<String> lines = text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
        if (lines.size() != 1) {
            throw new IOException(lines.size() + " keys " + EXPECTED);
        }
        String[] parts = lines.get(0).split("\\s+", 3);
        if (parts.length < 2) {
            throw new IOException("no key in it " + EXPECTED);
        }
        if (!parts[0].equals(RSA) && !(parts[0].startsWith(ECDSA) && CURVES.contains(curve(parts[0])))) {
            throw new IOException(type(parts[0]) + " does not work here " + EXPECTED);
        }
        PublicKey key = new PublicKey(parts[0], parts[1]);
        key.check();
        return key;
    }

    /** The key of an entry in the file of users, which holds no type; whatever cannot be read has the type {@code ?}. */
    static PublicKey ofBlob(String blob) {
        try {
            return new PublicKey(part(stream(blob)), blob);
        } catch (IOException unreadable) {
            return new PublicKey("?", blob);
        }
    }

    /** As {@code ssh-keygen -l} prints it. */
    String fingerprint() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(blob.getBytes(StandardCharsets.US_ASCII));
            if (!type.equals("?")) {
                hash = MessageDigest.getInstance("SHA-256")
                        .digest(Base64.getDecoder().decode(blob));
            }
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void check() throws IOException {
        try (DataInputStream in = stream(blob)) {
            if (!part(in).equals(type)) {
                throw new IOException("damaged " + EXPECTED);
            }
            if (type.equals(RSA)) {
                bytes(in);
                int bits = new BigInteger(bytes(in)).bitLength();
                if (bits < LEAST_BITS) {
                    throw new IOException("an RSA key of " + bits + " bits (expected: " + LEAST_BITS + " or more)");
                }
            } else if (!part(in).equals(curve(type)) || bytes(in).length < 2 || in.read() >= 0) {
                throw new IOException("damaged " + EXPECTED);
            }
        }
    }

    private static DataInputStream stream(String blob) throws IOException {
        try {
            return new DataInputStream(
                    new ByteArrayInputStream(Base64.getDecoder().decode(blob)));
        } catch (IllegalArgumentException noBase64) {
            throw new IOException("damaged " + EXPECTED, noBase64);
        }
    }

    private static String part(DataInputStream in) throws IOException {
        return new String(bytes(in), StandardCharsets.US_ASCII);
    }

    /** A length and as many bytes (RFC 4251 5). */
    private static byte[] bytes(DataInputStream in) throws IOException {
        int length = in.available() < Integer.BYTES ? -1 : in.readInt();
        if (length < 1 || length > LONGEST_PART || length > in.available()) {
            throw new IOException("damaged " + EXPECTED);
        }
        return in.readNBytes(length);
    }

    private static String curve(String type) {
        return type.substring(ECDSA.length());
    }

    /** What a stranger's file says, short enough for a line. */
    private static String type(String text) {
        return text.length() > 40 ? "?" : text.replaceAll("[^ -~]", "?");
    }
}
