package org.headgate.tls;

import java.security.cert.X509Certificate;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/** A connection after the handshake. */
public final class TlsConnection {
    private final SSLSocket socket;
    private final Explanation explanation;
    private final CertificateClock clock;

    TlsConnection(SSLSocket socket, Explanation explanation, CertificateClock clock) {
        this.socket = socket;
        this.explanation = explanation;
        this.clock = clock;
    }

    /** To read and write; closing it does not close the socket below. */
    public SSLSocket socket() {
        return socket;
    }

    /** What the server has shown. */
    public ServerCertificate server() {
        try {
            SSLSession session = socket.getSession();
            return ServerCertificate.of(
                    (X509Certificate) session.getPeerCertificates()[0], clock.instant(), session.getProtocol());
        } catch (SSLPeerUnverifiedException impossible) {
            throw new IllegalStateException("a handshake without a certificate of the server", impossible);
        }
    }

    /**
     * Why a connection has failed after the handshake. In TLS 1.3 a server refuses our certificate only then (RFC 8446, 4.4.2.4).
     *
     * @return one line for the user; empty where TLS has no part in it
     */
    public String explain(Throwable failure) {
        return explanation.later(failure);
    }
}
