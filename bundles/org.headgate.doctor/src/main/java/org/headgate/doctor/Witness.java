package org.headgate.doctor;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Asks the real trust manager and remembers what it says, but lets the handshake go on. For one handshake that carries no data; never
 * for a connection that is used.
 */
final class Witness extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager judge;
    /** What the server showed, its own first; null before. */
    X509Certificate[] chain;

    boolean isTrusted;
    boolean isNamed;

    Witness(X509ExtendedTrustManager judge) {
        this.judge = judge;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] shown, String type, Socket socket) {
        chain = shown.clone();
        try {
            judge.checkServerTrusted(shown, type);
            isTrusted = true;
            // With the socket the name is checked too.
            judge.checkServerTrusted(shown, type, socket);
            isNamed = true;
        } catch (CertificateException refused) {
            return;
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] shown, String type, SSLEngine engine) throws CertificateException {
        throw new CertificateException("only sockets");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] shown, String type) throws CertificateException {
        throw new CertificateException("only sockets");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] shown, String type, Socket socket) throws CertificateException {
        throw new CertificateException("we are the client");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] shown, String type, SSLEngine engine) throws CertificateException {
        throw new CertificateException("we are the client");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] shown, String type) throws CertificateException {
        throw new CertificateException("we are the client");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return judge.getAcceptedIssuers();
    }
}
