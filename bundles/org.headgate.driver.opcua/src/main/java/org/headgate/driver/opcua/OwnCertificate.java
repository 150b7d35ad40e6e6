package org.headgate.driver.opcua;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.util.CertificateUtil;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateGenerator;
import org.headgate.tls.Identity;

/**
 * The certificate by which servers know this gateway as a program (the application instance certificate, Part 6, 6.2.2), and its key.
 *
 * @param keys the key
 * @param certificate the certificate
 */
record OwnCertificate(KeyPair keys, X509Certificate certificate) {
    /** The most that the oldest policies take (Part 7), and enough for the newest. */
    private static final int BITS = 2048;

    private static final Duration VALID = Duration.ofDays(3650);
    /** A server's clock may be behind. */
    private static final Duration BEFORE = Duration.ofDays(1);
    /** Long enough that somebody sees to it that the servers trust the new one. */
    private static final Duration RENEWED = Duration.ofDays(60);

    /** A new one; takes a second or several. */
    static OwnCertificate make(String gateway, String host, Instant now) throws IOException {
        try {
            KeyPair keys = SelfSignedCertificateGenerator.generateRsaKeyPair(BITS);
            X509Certificate certificate = new SelfSignedCertificateGenerator()
                    .generateSelfSigned(
                            keys,
                            Date.from(now.minus(BEFORE)),
                            Date.from(now.plus(VALID)),
                            "Headgate " + gateway,
                            "Headgate",
                            null,
                            null,
                            null,
                            null,
                            uri(gateway),
                            host.isEmpty() ? List.of() : List.of(host),
                            List.of(),
                            "SHA256withRSA");
            return new OwnCertificate(keys, certificate);
        } catch (Exception failure) {
            // What Milo declares.
            throw new IOException("a certificate cannot be made: " + failure.getMessage(), failure);
        }
    }

    /** The application's name among all applications in the world, as the certificate has it (Part 4, 6.1.3). */
    static String uri(String gateway) {
        return "urn:headgate:" + gateway;
    }

    /** From the file that {@link #pem} makes. */
    static OwnCertificate parse(String name, byte[] file) throws IOException {
        Identity identity = Identity.of(name, "", file, new byte[0]);
        X509Certificate certificate = identity.chain().get(0);
        return new OwnCertificate(new KeyPair(certificate.getPublicKey(), identity.key()), certificate);
    }

    /** Whether it is valid now, and for this gateway. */
    boolean isGood(String gateway, Instant now) {
        return !now.isAfter(end())
                && !now.isBefore(certificate.getNotBefore().toInstant())
                && CertificateUtil.getSanUri(certificate).equals(Optional.of(uri(gateway)));
    }

    /** Whether it is time for the next one. */
    boolean endsSoon(Instant now) {
        return now.plus(RENEWED).isAfter(end());
    }

    Instant end() {
        return certificate.getNotAfter().toInstant();
    }

    /** Key and certificate as text (RFC 7468). */
    byte[] pem() {
        StringBuilder text = new StringBuilder();
        block(text, "PRIVATE KEY", keys.getPrivate().getEncoded());
        block(text, "CERTIFICATE", der());
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** The certificate alone, as servers import it. */
    byte[] der() {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    Fingerprint fingerprint() {
        return Fingerprint.of(certificate);
    }

    private static void block(StringBuilder text, String label, byte[] der) {
        text.append("-----BEGIN ").append(label).append("-----\n");
        text.append(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der));
        text.append("\n-----END ").append(label).append("-----\n");
    }
}
