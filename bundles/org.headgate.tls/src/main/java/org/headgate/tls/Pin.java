package org.headgate.tls;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The SHA-256 of a certificate's SubjectPublicKeyInfo, as in RFC 7469, 2.4: it stays the same when a certificate is renewed with the
 * same key.
 */
record Pin(String base64) {
    private static final String PREFIX = "sha256:";
    private static final int BYTES = 32;

    static Pin of(X509Certificate certificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(certificate.getPublicKey().getEncoded());
            return new Pin(Base64.getEncoder().encodeToString(digest));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    /**
     * Reads {@code sha256:} and 32 bytes in base64 or in hexadecimal digits, with or without colons.
     *
     * @throws IllegalArgumentException when it is something else
     */
    static Pin parse(String text) {
        if (!text.startsWith(PREFIX)) {
            throw new IllegalArgumentException(text);
        }
        String value = text.substring(PREFIX.length()).strip();
        String digits = value.replace(":", "");
        byte[] digest = digits.matches("[0-9a-fA-F]{64}")
                ? HexFormat.of().parseHex(digits)
                : Base64.getDecoder().decode(value);
        if (digest.length != BYTES) {
            throw new IllegalArgumentException(text);
        }
        return new Pin(Base64.getEncoder().encodeToString(digest));
    }

    @Override
    public String toString() {
        return PREFIX + base64;
    }
}
