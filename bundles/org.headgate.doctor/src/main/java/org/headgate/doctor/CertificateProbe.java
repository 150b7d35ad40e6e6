package org.headgate.doctor;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.headgate.data.api.ClockState;
import org.headgate.doctor.api.Finding;
import org.headgate.system.api.Clock;

/**
 * Looks at the certificate of a server: the handshake goes on whatever it shows, so that all of it can be judged; nothing is sent through
 * the connection. Names are checked as for HTTPS (RFC 2818), chains as Java does it (RFC 5280).
 */
final class CertificateProbe {
    private static final int SOON_DAYS = 30;

    private final KeyStore trusted;
    private final Clock clock;

    /**
     * A probe.
     *
     * @param trusted the authorities that are trusted; null for those that Java trusts
     */
    CertificateProbe(KeyStore trusted, Clock clock) {
        this.trusted = trusted;
        this.clock = clock;
    }

    Finding probe(String subject, String correct, Endpoint server, Socket connected) throws IOException {
        Witness witness = null;
        try {
            witness = new Witness(authorities());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {witness}, new SecureRandom());
            try (SSLSocket socket = (SSLSocket)
                    context.getSocketFactory().createSocket(connected, server.host(), server.port(), true)) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                socket.setSSLParameters(parameters);
                socket.startHandshake();
            }
        } catch (SocketTimeoutException silent) {
            throw silent;
        } catch (IOException | GeneralSecurityException failure) {
            // A server that wants a certificate of ours ends the handshake after it has shown its own.
            if ((witness == null || witness.chain == null) && isOfTls(failure)) {
                return Finding.fail(
                        subject,
                        server + " ends the handshake before it shows a certificate: " + failure.getMessage(),
                        "its log says why; openssl s_client -connect " + server
                                + " shows which versions of TLS and which name it takes: " + correct);
            }
            if (witness == null || witness.chain == null) {
                return Finding.fail(
                        subject,
                        server + " does not speak TLS: " + failure.getMessage(),
                        "the port of TLS is another one, often 8883: " + correct);
            }
        }
        if (witness.chain == null) {
            return Finding.fail(subject, server + " shows no certificate", "let its administrator install one");
        }
        return judge(subject, correct, server, witness);
    }

    /** An alert of the server, or what it says in TLS and we do not take; neither what is no TLS nor the end of the connection. */
    private static boolean isOfTls(Exception failure) {
        return failure instanceof SSLHandshakeException && !(failure.getCause() instanceof EOFException);
    }

    private Finding judge(String subject, String correct, Endpoint server, Witness witness) {
        Instant now = Instant.ofEpochSecond(0, clock.epochNanos());
        boolean unset = clock.state() == ClockState.UNSET;
        for (X509Certificate each : witness.chain) {
            String owner = each == witness.chain[0] ? "its certificate" : "the certificate of its authority";
            if (now.isAfter(each.getNotAfter().toInstant())) {
                return Finding.fail(
                        subject,
                        server + ": " + owner + " has expired on "
                                + day(each.getNotAfter().toInstant()),
                        unset ? setClock() : "let the server's administrator renew it");
            }
            if (now.isBefore(each.getNotBefore().toInstant())) {
                String from = day(each.getNotBefore().toInstant());
                return Finding.fail(
                        subject,
                        server + ": " + owner + " is valid only from " + from + " on"
                                + (unset ? ", but our clock is not set: it shows " + day(now) : ""),
                        unset
                                ? setClock()
                                : "gateway:doctor clock tells whether our clock is right; else wait for " + from);
            }
        }
        X509Certificate leaf = witness.chain[0];
        if (!witness.isTrusted) {
            return leaf.getIssuerX500Principal().equals(leaf.getSubjectX500Principal())
                    ? Finding.fail(
                            subject,
                            server + ": its certificate is signed by itself, and nobody vouches for it",
                            "let the server show one of an authority, or trust this one after you have compared it: "
                                    + trust(server))
                    : Finding.fail(
                            subject,
                            server + ": an unknown authority has signed its certificate: "
                                    + witness.chain[witness.chain.length - 1].getIssuerX500Principal(),
                            "trust the authority: " + trust(server));
        }
        if (!witness.isNamed) {
            return Finding.fail(
                    subject,
                    server + ": its certificate is for another name than " + server.host() + " (" + names(leaf) + ")",
                    "write the name that stands in it: " + correct);
        }
        long days = Duration.between(now, leaf.getNotAfter().toInstant()).toDays();
        String left = server + ": its certificate is good for " + days + " days, until "
                + day(leaf.getNotAfter().toInstant());
        return days < SOON_DAYS
                ? Finding.warn(subject, left, "let the server's administrator renew it")
                : Finding.ok(subject, left);
    }

    private X509ExtendedTrustManager authorities() throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return (X509ExtendedTrustManager) Arrays.stream(factory.getTrustManagers())
                .filter(X509ExtendedTrustManager.class::isInstance)
                .findFirst()
                .orElseThrow(() -> new GeneralSecurityException("Java trusts nobody"));
    }

    private static String setClock() {
        return "set the clock: sudo timedatectl set-ntp true";
    }

    private static String trust(Endpoint server) {
        return "openssl s_client -showcerts -connect " + server + " shows it; sudo cp ca.crt"
                + " /usr/local/share/ca-certificates/ && sudo update-ca-certificates; headgate stop; headgate start";
    }

    private static String names(X509Certificate leaf) {
        try {
            if (leaf.getSubjectAlternativeNames() != null) {
                return String.join(
                        ", ",
                        leaf.getSubjectAlternativeNames().stream()
                                .map(name -> String.valueOf(name.get(1)))
                                .toList());
            }
        } catch (GeneralSecurityException unreadable) {
            return "its names cannot be read";
        }
        return leaf.getSubjectX500Principal().toString();
    }

    private static String day(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC).toString();
    }
}
