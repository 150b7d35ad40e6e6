package org.headgate.doctor;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.headgate.data.api.ClockState;
import org.headgate.doctor.api.Finding;
import org.headgate.system.api.Clock;
import org.headgate.tls.CertificateClock;
import org.headgate.tls.ServerCertificate;
import org.headgate.tls.TlsClient;
import org.headgate.tls.TlsException;
import org.headgate.tls.TlsSettings;

/**
 * Whether the server of an uplink can be reached, and whether its certificate is good, judged as the uplink itself judges it. Sends
 * nothing but the handshake of TLS.
 */
final class ServerProbe {
    private static final int PATIENCE_MILLIS = 3000;
    private static final int SOON_DAYS = 30;

    private final Clock clock;
    private final int patienceMillis;

    ServerProbe(Clock clock) {
        this(clock, PATIENCE_MILLIS);
    }

    ServerProbe(Clock clock, int patienceMillis) {
        this.clock = clock;
        this.patienceMillis = patienceMillis;
    }

    /**
     * Tries.
     *
     * @param uplink the uplink's name
     * @param tls what its file says about TLS
     */
    Finding probe(String uplink, Endpoint server, TlsSettings tls) {
        String subject = "uplink " + uplink;
        String correct = "uplink:set " + uplink + " address=...";
        InetSocketAddress address = new InetSocketAddress(server.host(), server.port());
        if (address.isUnresolved()) {
            return Finding.fail(
                    subject,
                    "unknown host " + server.host(),
                    "getent hosts " + server.host() + " asks the name server (resolvectl status shows which); a typing"
                            + " error: " + correct);
        }
        try (Socket socket = new Socket()) {
            socket.connect(address, patienceMillis);
            if (!server.tls()) {
                return Finding.ok(subject, server + " can be reached (without TLS)");
            }
            socket.setSoTimeout(patienceMillis);
            return shown(
                    subject,
                    server,
                    TlsClient.connect(tls, certificateClock(), socket, server.host(), server.port())
                            .server());
        } catch (TlsException refused) {
            return Finding.fail(subject, server + ": " + refused.getMessage(), remedy(uplink, server, refused));
        } catch (SocketTimeoutException silent) {
            return Finding.fail(
                    subject,
                    server + " does not answer within " + patienceMillis / 1000 + " s",
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

    private CertificateClock certificateClock() {
        return new CertificateClock(() -> Instant.EPOCH.plusNanos(clock.epochNanos()), () -> !isUnset());
    }

    private boolean isUnset() {
        return clock.state() == ClockState.UNSET;
    }

    private static Finding shown(String subject, Endpoint server, ServerCertificate certificate) {
        String left = server + ": its certificate is good for " + certificate.daysLeft() + " days, until "
                + LocalDate.ofInstant(certificate.notAfter(), ZoneOffset.UTC);
        return certificate.daysLeft() < SOON_DAYS
                ? Finding.warn(subject, left, "let the server's administrator renew it")
                : Finding.ok(subject, left);
    }

    /** The line says what is to be done; this says with what. */
    private String remedy(String uplink, Endpoint server, TlsException refused) {
        String line = refused.getMessage();
        if (isUnset() && line.contains("clock")) {
            return "set the clock: sudo timedatectl set-ntp true";
        }
        if (line.contains("clock")) {
            return "gateway:doctor clock tells whether our clock is right";
        }
        String look = "openssl s_client -showcerts -connect " + server + " shows what the server says";
        return line.contains("tls.")
                ? look + "; uplink:set " + uplink + " tls.ca=... or tls.pin=... says whom to trust"
                : look + "; uplink:set " + uplink + " address=... corrects the address";
    }
}
