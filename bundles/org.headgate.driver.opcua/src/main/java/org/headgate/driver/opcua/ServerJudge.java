package org.headgate.driver.opcua;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.util.CertificateUtil;
import org.headgate.device.api.ActionNeededException;
import org.headgate.driver.opcua.SecuritySettings.Flaw;

/**
 * Decides whether a server's certificate is the one that a person has trusted for this device, and still good. Nobody else's signature
 * counts: a certificate is trusted by its fingerprint, for one device, or not at all.
 */
record ServerJudge(SecuritySettings settings, Keyring keyring) {
    /** What is to be typed to trust a server's certificate; the device's name follows. */
    static final String TRUST = "opcua:trust ";

    /**
     * Passes, or says what to do.
     *
     * @param application who the server says it is
     * @throws ActionNeededException when a person must decide
     * @throws IOException when the certificate is not good
     */
    void judge(X509Certificate certificate, String application) throws IOException {
        Fingerprint seen = Fingerprint.of(certificate);
        if (settings.trusted().isEmpty()) {
            throw new UntrustedException("server certificate " + seen.brief(), TRUST + settings.device(), seen);
        }
        if (!settings.trusted().contains(seen)) {
            String before = String.join(
                    ", ", settings.trusted().stream().map(Fingerprint::brief).toList());
            throw new UntrustedException(
                    "server certificate has changed from " + before + " to " + seen.brief(),
                    TRUST + settings.device(),
                    seen);
        }
        for (Map.Entry<Flaw, String> flaw : flaws(certificate, application).entrySet()) {
            if (!settings.tolerated().contains(flaw.getKey())) {
                throw new NotSecureException(
                        flaw.getValue() + "; tolerate = " + flaw.getKey().word() + " takes it all the same");
            }
        }
    }

    /** What is wrong with a certificate beside its being known or not, a line each. */
    Map<Flaw, String> flaws(X509Certificate certificate, String application) {
        Map<Flaw, String> flaws = new LinkedHashMap<>();
        Optional<String> uri = CertificateUtil.getSanUri(certificate);
        if (!uri.equals(Optional.ofNullable(application))) {
            flaws.put(
                    Flaw.URI,
                    "the server's certificate is for the application "
                            + uri.map(Faults::line).orElse("without a name") + ", but the server says that it is "
                            + Faults.line(String.valueOf(application)));
        }
        List<String> hosts = hosts(certificate);
        if (hosts.stream().noneMatch(host -> isSame(host, settings.host()))) {
            flaws.put(
                    Flaw.HOST,
                    "the server's certificate is for "
                            + (hosts.isEmpty() ? "no host" : Faults.line(String.join(", ", hosts))) + ", not for "
                            + settings.host());
        }
        if (keyring.knowsTheTime()) {
            dates(certificate).ifPresent(line -> flaws.put(Flaw.DATES, line));
        }
        return flaws;
    }

    private Optional<String> dates(X509Certificate certificate) {
        Instant now = keyring.now();
        if (now.isAfter(certificate.getNotAfter().toInstant())) {
            return Optional.of("the server's certificate expired on "
                    + day(certificate.getNotAfter().toInstant()) + ": renew it at the server");
        }
        if (now.isBefore(certificate.getNotBefore().toInstant())) {
            return Optional.of("the server's certificate is not valid before "
                    + day(certificate.getNotBefore().toInstant()) + ", and it is " + day(now)
                    + ": are both clocks right?");
        }
        return Optional.empty();
    }

    /** The hosts that a certificate is for, names before addresses. */
    static List<String> hosts(X509Certificate certificate) {
        List<String> hosts = new ArrayList<>(CertificateUtil.getSanDnsNames(certificate));
        hosts.addAll(CertificateUtil.getSanIpAddresses(certificate));
        return hosts;
    }

    /** An address of IPv6 has many spellings, and a certificate another one than a person. */
    static boolean isSame(String one, String other) {
        if (one.equalsIgnoreCase(other)) {
            return true;
        }
        try {
            // With a colon it is an address or nothing: no name is asked for.
            return one.indexOf(':') >= 0
                    && other.indexOf(':') >= 0
                    && InetAddress.getByName(one).equals(InetAddress.getByName(other));
        } catch (UnknownHostException none) {
            return false;
        }
    }

    static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }
}
