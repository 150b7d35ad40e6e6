package org.headgate.tls;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * What a server has shown of itself.
 *
 * @param names the hosts that its certificate is for
 * @param issuer who has signed it
 * @param notAfter until when it is valid
 * @param daysLeft whole days until then
 * @param pin its key, as {@code tls.pin} takes it
 * @param protocol the version of TLS, for example {@code TLSv1.3}
 */
public record ServerCertificate(
        List<String> names, String issuer, Instant notAfter, long daysLeft, String pin, String protocol) {
    private static final long SECONDS_A_DAY = 86_400;

    static ServerCertificate of(X509Certificate certificate, Instant now, String protocol) {
        Instant end = certificate.getNotAfter().toInstant();
        return new ServerCertificate(
                Certificates.hosts(certificate),
                Certificates.issuer(certificate),
                end,
                Math.floorDiv(end.getEpochSecond() - now.getEpochSecond(), SECONDS_A_DAY),
                Pin.of(certificate).toString(),
                protocol);
    }
}
