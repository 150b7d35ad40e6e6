package org.headgate.driver.opcua;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * What a certificate is known by: SHA-256 over all of it (DER). OPC UA's own thumbprint is SHA-1 (Part 6, 6.2.2), which nobody should trust
 * by; tools of servers show both.
 *
 * @param hex 64 digits in upper case
 */
record Fingerprint(String hex) {
    static final String EXPECTED = "SHA-256 of a certificate, 64 hexadecimal digits, with or without colons";
    private static final int DIGITS = 64;
    private static final int SHOWN = 4;
    private static final HexFormat PLAIN = HexFormat.of().withUpperCase();
    private static final HexFormat COLONS = HexFormat.ofDelimiter(":").withUpperCase();

    static Fingerprint of(X509Certificate certificate) {
        try {
            return new Fingerprint(
                    PLAIN.formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded())));
        } catch (NoSuchAlgorithmException | CertificateEncodingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** As people write it; empty when it is none. */
    static Optional<Fingerprint> parse(String text) {
        String hex = text.strip().replaceFirst("(?i)^sha-?256:", "").replaceAll("[: ]", "");
        return hex.length() == DIGITS && hex.chars().allMatch(HexFormat::isHexDigit)
                ? Optional.of(new Fingerprint(hex.toUpperCase(Locale.ROOT)))
                : Optional.empty();
    }

    /** Its beginning, which tells one from another at a glance; nobody should trust by it. */
    String brief() {
        return COLONS.formatHex(PLAIN.parseHex(hex), 0, SHOWN) + "...";
    }

    @Override
    public String toString() {
        return COLONS.formatHex(PLAIN.parseHex(hex));
    }
}
