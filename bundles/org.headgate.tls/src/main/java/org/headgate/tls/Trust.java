package org.headgate.tls;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Decides whether a server is the right one, by the JDK's own rules (RFC 5280, and RFC 2818 for the name), and keeps what it saw for
 * the explanation. With a pin and no authority of the user's, the pinned certificate is its own authority: what remains is
 * that it is valid now and made for this host.
 */
final class Trust extends X509ExtendedTrustManager {
    private final TlsSettings settings;
    private final CertificateClock clock;
    private final Explanation explanation;

    Trust(TlsSettings settings, CertificateClock clock, Explanation explanation) {
        this.settings = settings;
        this.clock = clock;
        this.explanation = explanation;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        explanation.seen(List.of(chain));
        try {
            rules(chain[0]).checkServerTrusted(chain, type, socket);
            chain[0].checkValidity(Date.from(clock.instant()));
        } catch (CertificateException refused) {
            explanation.refused(refused);
            throw refused;
        } catch (TlsException | GeneralSecurityException noRules) {
            throw new CertificateException(noRules.getMessage(), noRules);
        }
    }

    /** The JDK's rules with our anchors, at our time. */
    private X509ExtendedTrustManager rules(X509Certificate server) throws GeneralSecurityException, TlsException {
        if (!settings.pins().isEmpty()
                && !settings.pins().contains(Pin.of(server).toString())) {
            throw new PinMismatch();
        }
        PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors(server), new X509CertSelector());
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(clock.instant()));
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(new CertPathTrustManagerParameters(parameters));
        return (X509ExtendedTrustManager) first(factory);
    }

    private Set<TrustAnchor> anchors(X509Certificate server) throws GeneralSecurityException, TlsException {
        Stream<X509Certificate> authorities;
        if (!settings.ca().isEmpty()) {
            authorities = authorities(settings).stream();
        } else if (!settings.pins().isEmpty()) {
            authorities = Stream.of(server);
        } else {
            TrustManagerFactory system = TrustManagerFactory.getInstance("PKIX");
            system.init((KeyStore) null);
            authorities = Stream.of(first(system).getAcceptedIssuers());
        }
        return authorities.map(one -> new TrustAnchor(one, null)).collect(Collectors.toSet());
    }

    /** The certificates of {@code tls.ca}. */
    static List<X509Certificate> authorities(TlsSettings settings) throws TlsException {
        byte[] file = settings.read("tls.ca", settings.ca());
        try {
            List<X509Certificate> all = Certificates.read(file);
            if (!all.isEmpty()) {
                return all;
            }
        } catch (CertificateException unreadable) {
            // The same message as for a file without any.
        }
        throw new TlsException(
                "tls.ca: " + settings.ca() + " (expected: a file with certificates, -----BEGIN CERTIFICATE-----)");
    }

    private static X509TrustManager first(TrustManagerFactory factory) {
        for (TrustManager one : factory.getTrustManagers()) {
            if (one instanceof X509TrustManager rules) {
                return rules;
            }
        }
        throw new IllegalStateException("this Java has no rules for certificates");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        throw new CertificateException("only sockets can be checked");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw new CertificateException("only sockets can be checked");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw new CertificateException("this is no server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        throw new CertificateException("this is no server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        throw new CertificateException("this is no server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }

    /** The server has another key than the pinned one. */
    static final class PinMismatch extends CertificateException {
        private static final long serialVersionUID = 1;
    }
}
