package org.headgate.tls;

import java.io.EOFException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLException;

/** Says why TLS has failed, in one line, with what to do. It judges by what was seen of the handshake, not by the JDK's words alone. */
final class Explanation {
    private static final String ALERT = "Received fatal alert: ";

    private final TlsSettings settings;
    private final CertificateClock clock;
    private final ClientKeys keys;
    private final String host;
    private volatile List<X509Certificate> chain = List.of();
    private volatile CertificateException refusal;

    Explanation(TlsSettings settings, CertificateClock clock, ClientKeys keys, String host) {
        this.settings = settings;
        this.clock = clock;
        this.keys = keys;
        this.host = host;
    }

    void seen(List<X509Certificate> shown) {
        chain = shown;
    }

    void refused(CertificateException why) {
        refusal = why;
    }

    String line(Throwable failure) {
        if (refusal != null) {
            return certificate();
        }
        Throwable cause = failure;
        for (Throwable one = failure; one != null; one = one.getCause()) {
            if (one instanceof TlsException told) {
                return told.getMessage();
            }
            cause = one;
        }
        String alert = alert(failure);
        if (!alert.isEmpty()) {
            return alertLine(alert);
        }
        String text = String.valueOf(cause.getMessage());
        if (cause instanceof SocketTimeoutException) {
            return "no answer to the TLS handshake in time: is this a port for TLS?";
        }
        if (cause instanceof SSLException && text.contains("SSL message")) {
            return "what answers does not speak TLS: is this the port for TLS?";
        }
        boolean hungUp = isHangUp(cause) || text.contains("terminated");
        if (hungUp && keys.asked()) {
            return wantsCertificate("it hung up");
        }
        return hungUp && chain.isEmpty() ? "hung up during the TLS handshake: is this a port for TLS?" : "TLS: " + text;
    }

    /** For what fails after the handshake: nothing where TLS has no part in it. */
    String later(Throwable failure) {
        String alert = alert(failure);
        if (!alert.isEmpty()) {
            return alertLine(alert);
        }
        return keys.asked() && isHangUp(root(failure)) ? wantsCertificate("it hung up") : "";
    }

    private static boolean isHangUp(Throwable cause) {
        return cause instanceof EOFException || cause instanceof SocketException;
    }

    /** The name of the alert that the server has sent; empty for none. */
    private static String alert(Throwable failure) {
        for (Throwable one = failure; one != null; one = one.getCause()) {
            String text = String.valueOf(one.getMessage());
            int at = text.indexOf(ALERT);
            if (one instanceof SSLException && at >= 0) {
                return text.substring(at + ALERT.length()).toLowerCase(Locale.ROOT);
            }
        }
        return "";
    }

    private String alertLine(String alert) {
        return switch (alert) {
            case "protocol_version" -> "the server speaks neither TLS 1.2 nor 1.3 (" + alert + ")";
            case "unrecognized_name" -> "the server knows no host " + host + " (" + alert + "): is the address right?";
            case "internal_error" -> "the server has a problem of its own (" + alert + "): see its log";
            default ->
                keys.asked()
                        ? wantsCertificate("refused (" + alert + ")")
                        : "the server refuses (" + alert + "): no cipher in common, perhaps; see its log";
        };
    }

    /** It has asked for our certificate, and it does not go on. */
    private String wantsCertificate(String what) {
        if (keys.identity().isEmpty()) {
            return "the server wants a client certificate (" + what + "): set tls.certificate and tls.key";
        }
        X509Certificate own = keys.identity().get().chain().get(0);
        String name = "our certificate " + Certificates.subject(own);
        if (clock.instant().isAfter(own.getNotAfter().toInstant())) {
            return name + " expired on " + day(own.getNotAfter().toInstant()) + " (" + what + "): renew tls.certificate"
                    + doubt();
        }
        return "the server does not take " + name + " (" + what
                + "): is it signed by an authority that the server trusts (" + Certificates.issuer(own) + ")?";
    }

    private String certificate() {
        Instant now = clock.instant();
        for (X509Certificate one : chain) {
            String whose = one == chain.get(0)
                    ? "the server's certificate"
                    : "the certificate of " + Certificates.subject(one) + ", above the server's,";
            if (now.isAfter(one.getNotAfter().toInstant())) {
                return whose + " expired on " + day(one.getNotAfter().toInstant()) + ": renew it at the server"
                        + doubt();
            }
            if (now.isBefore(one.getNotBefore().toInstant())) {
                return whose + " is not valid before " + day(one.getNotBefore().toInstant())
                        + (clock.doubtful() ? doubt() : ", and it is " + day(now) + ": is this gateway's clock right?");
            }
        }
        X509Certificate server = chain.get(0);
        if (refusal instanceof Trust.PinMismatch) {
            return "the server's key is " + Pin.of(server)
                    + ", which tls.pin does not name: is it the right server, or has it a new key?";
        }
        if (isAuthority(refusal)) {
            return authority(server);
        }
        // What is about the name comes last, and not from the rules of paths, which have an exception of their own.
        if (refusal.getClass() == CertificateException.class) {
            return "the server's certificate is for " + String.join(", ", Certificates.hosts(server)) + ", not for "
                    + host + ": use its name in the address, or get one for this name";
        }
        return "the server's certificate is refused: " + root(refusal).getMessage();
    }

    private String authority(X509Certificate server) {
        if (chain.size() == 1 && Certificates.isSelfSigned(server)) {
            return "the server's certificate is self-signed (" + Certificates.subject(server)
                    + "): name it in tls.ca, or trust its key with tls.pin = " + Pin.of(server);
        }
        X509Certificate last = chain.get(chain.size() - 1);
        return "the authority " + Certificates.issuer(last) + " that signed the server's certificate is not trusted: "
                + (settings.ca().isEmpty()
                        ? "name its certificate in tls.ca"
                        : "it is not the one in tls.ca = " + settings.ca());
    }

    private static boolean isAuthority(Throwable failure) {
        for (Throwable one = failure; one != null; one = one.getCause()) {
            if (one instanceof CertPathBuilderException
                    || one instanceof CertPathValidatorException invalid
                            && (invalid.getReason() == CertPathValidatorException.BasicReason.INVALID_SIGNATURE
                                    || String.valueOf(invalid.getReason()).equals("NO_TRUST_ANCHOR"))) {
                return true;
            }
        }
        return false;
    }

    /** What is said beside when the clock may be to blame. */
    private String doubt() {
        return clock.doubtful()
                ? "; but this gateway's clock is not set (it says " + day(clock.instant())
                        + "): set it, or let NTP do it"
                : "";
    }

    private static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }

    private static Throwable root(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
