package org.headgate.doctor;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.headgate.doctor.api.Finding;

/** Whether a server can be reached, and whether its certificate is good. Sends nothing but the handshake of TLS. */
final class ServerProbe {
    private static final int PATIENCE_MILLIS = 3000;

    private final CertificateProbe certificates;

    ServerProbe(CertificateProbe certificates) {
        this.certificates = certificates;
    }

    /**
     * Tries.
     *
     * @param subject what it is for: {@code uplink cloud}
     * @param correct the command that corrects the address
     */
    Finding probe(String subject, String correct, Endpoint server) {
        InetSocketAddress address = new InetSocketAddress(server.host(), server.port());
        if (address.isUnresolved()) {
            return Finding.fail(
                    subject,
                    "unknown host " + server.host(),
                    "getent hosts " + server.host() + " asks the name server (resolvectl status shows which); a typing"
                            + " error: " + correct);
        }
        try (Socket socket = new Socket()) {
            socket.connect(address, PATIENCE_MILLIS);
            if (!server.tls()) {
                return Finding.ok(subject, server + " can be reached (without TLS)");
            }
            socket.setSoTimeout(PATIENCE_MILLIS);
            return certificates.probe(subject, correct, server, socket);
        } catch (SocketTimeoutException silent) {
            return Finding.fail(
                    subject,
                    server + " does not answer within " + PATIENCE_MILLIS / 1000 + " s",
                    "ping -c 3 " + server.host() + " tells whether the way is there; else a firewall drops port "
                            + server.port());
        } catch (ConnectException refused) {
            return Finding.fail(
                    subject,
                    server + " refuses: nothing listens there",
                    "start the broker there, or correct the address: " + correct);
        } catch (IOException failure) {
            return Finding.fail(
                    subject,
                    server + " cannot be reached: " + failure.getMessage(),
                    "ip route get " + address.getAddress().getHostAddress() + " shows the way; the address: "
                            + correct);
        }
    }
}
