package org.headgate.tls;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/** Speaks TLS 1.2 or 1.3 on a connection that is there already. */
public final class TlsClient {
    private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

    private TlsClient() {}

    /**
     * Reads the files of the settings and does the handshake; blocks as long as the socket's time-out for reading allows between two
     * answers. The caller closes the plain socket, whatever comes of it; closing it ends a handshake that hangs.
     *
     * @param plain a connected socket
     * @param host the server's name as the user wrote it, which its certificate must have
     * @throws TlsException when it fails, with one line for the user
     */
    public static TlsConnection connect(
            TlsSettings settings, CertificateClock clock, Socket plain, String host, int port) throws TlsException {
        ClientKeys keys = new ClientKeys(Identity.read(settings));
        if (!settings.ca().isEmpty()) {
            // A file that is missing is told as such, not as a certificate that is refused.
            Trust.authorities(settings);
        }
        Explanation explanation = new Explanation(settings, clock, keys, host);
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {keys}, new TrustManager[] {new Trust(settings, clock, explanation)}, null);
            SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, false);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setProtocols(VERSIONS);
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return new TlsConnection(socket, explanation, clock);
        } catch (IOException failure) {
            throw new TlsException(explanation.line(failure), failure);
        } catch (GeneralSecurityException withoutTls) {
            throw new TlsException("this Java cannot speak TLS: " + withoutTls.getMessage(), withoutTls);
        }
    }
}
