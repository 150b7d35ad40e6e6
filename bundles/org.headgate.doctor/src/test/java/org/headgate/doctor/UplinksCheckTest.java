package org.headgate.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.headgate.doctor.Findings.about;
import static org.headgate.doctor.Findings.assertFinding;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.headgate.config.api.kit.MemoryConfigurations;
import org.headgate.doctor.api.Finding;
import org.headgate.doctor.api.Finding.Level;
import org.headgate.system.api.kit.SimulatedSystem;
import org.headgate.uplink.api.UplinkStatus;
import org.headgate.uplink.api.UplinkStatus.State;
import org.headgate.uplink.api.Uplinks;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Against real servers on the loopback interface. */
class UplinksCheckTest {
    private static Certificates certificates;

    /** Its time is the machine's: Java judges chains by that. */
    private final SimulatedSystem system = new SimulatedSystem(1);

    private final MemoryConfigurations configurations = new MemoryConfigurations();
    /** The first handshake of a Java takes its time. */
    private int patienceMillis = 30_000;

    @BeforeAll
    static void authority() throws Exception {
        certificates = new Certificates();
    }

    private static UplinkStatus uplink(String name, String address, State state, String detail) {
        return new UplinkStatus(
                name, "mqtt", address, state, detail, 0, 0, 0, 0, 0, 0, 0, 0, 0, UplinkStatus.Ignored.NOTHING);
    }

    private List<Finding> check(UplinkStatus... all) throws Exception {
        system.step(Duration.ofNanos(now() - system.epochNanos()));
        Uplinks uplinks = () -> List.of(all);
        return new UplinksCheck(
                        uplinks,
                        configurations,
                        new Inline(),
                        new ServerProbe(system, patienceMillis),
                        name -> name.equals("ca.pem") ? Optional.of(certificates.authority()) : Optional.empty())
                .check();
    }

    private static long now() {
        return Instant.now().toEpochMilli() * 1_000_000;
    }

    /** What is said of a server with this certificate, which is called by this name. */
    private Finding tls(String name, String host) throws Exception {
        return tls(certificates, name, host);
    }

    private Finding tls(Certificates maker, String name, String host) throws Exception {
        configurations.with("headgate.uplink-cloud.cfg", Map.of("tls.ca", "ca.pem"));
        try (SSLServerSocket server = maker.serve(name)) {
            Thread shaking = new Thread(() -> {
                try (SSLSocket client = (SSLSocket) server.accept()) {
                    client.startHandshake();
                    client.getInputStream().read();
                } catch (IOException clientIsGone) {
                    return;
                }
            });
            shaking.start();
            try {
                String address = "mqtts://" + host + ":" + server.getLocalPort();
                return about("uplink cloud", check(uplink("cloud", address, State.ONLINE, "")));
            } finally {
                server.close();
                shaking.join();
            }
        }
    }

    /** A probe that knows no proxy would call a good uplink broken. */
    @Test
    void anUplinkBehindAProxyIsNotProbedButNamesWhatIs() throws Exception {
        configurations.with(
                "headgate.uplink-cloud.cfg", Map.of("address", "mqtts://127.0.0.1:1", "proxy", "http://127.0.0.1:1"));
        Finding finding = about("uplink cloud", check(uplink("cloud", "mqtts://127.0.0.1:1", State.ONLINE, "")));
        assertThat(finding.level()).isEqualTo(Level.UNKNOWN);
        assertThat(finding.text()).contains("uplink:test cloud");
    }

    @Test
    void aServerThatListensIsReachedAndOneThatDoesNotIsRefused() throws Exception {
        int port;
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            port = server.getLocalPort();
            Finding good = about("uplink cloud", check(uplink("cloud", "mqtt://127.0.0.1:" + port, State.ONLINE, "")));
            assertFinding(good, Level.OK, "127.0.0.1:" + port + " can be reached (without TLS)", "");
        }
        List<Finding> gone = check(uplink("cloud", "mqtt://127.0.0.1:" + port, State.OFFLINE, "connection refused"));
        assertThat(gone).hasSize(2);
        assertFinding(gone.get(0), Level.WARN, "OFFLINE: connection refused; rows wait", "uplink:test cloud");
        assertFinding(gone.get(1), Level.FAIL, "refuses: nothing listens there", "uplink:set cloud address=...");
    }

    @Test
    void anUnknownHostAndAnUplinkThatIsOffOrInvalid() throws Exception {
        Finding unknown =
                about("uplink cloud", check(uplink("cloud", "mqtt://no-such-host.invalid", State.ONLINE, "")));
        assertFinding(unknown, Level.FAIL, "unknown host no-such-host.invalid", "getent hosts no-such-host.invalid");
        Finding off = about("uplink off", check(uplink("off", "mqtt://127.0.0.1:1", State.DISABLED, "")));
        assertFinding(off, Level.OK, "is switched off", "");
        Finding invalid = about(
                "uplink bad",
                check(uplink("bad", "nonsense", State.INVALID, "address: nonsense (expected: mqtt://host)")));
        assertFinding(invalid, Level.FAIL, "INVALID: address: nonsense", "uplink:set bad address=...");
        Finding waiting = about(
                "uplink new",
                check(uplink("new", "x:y", State.WAITING_FOR_TRANSPORT, "format senml is not installed")));
        assertFinding(waiting, Level.FAIL, "senml", "transport=mqtt format=json");
        Finding secret = check(uplink(
                        "x", "x:y", State.OFFLINE, "password: no secret pw (secret:set pw sets it); next try in 1 s"))
                .get(0);
        assertThat(secret.remedy()).isEqualTo("secret:set pw");
        assertThat(check()).allMatch(finding -> finding.level() == Level.UNKNOWN);
    }

    @Test
    void aServerThatSaysNothingOrSpeaksNoTlsIsNamed() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            patienceMillis = 3000;
            String address = "mqtts://127.0.0.1:" + server.getLocalPort();
            Finding silent = about("uplink cloud", check(uplink("cloud", address, State.ONLINE, "")));
            assertFinding(silent, Level.FAIL, "no answer to the TLS handshake in time", "openssl s_client");
            patienceMillis = 30_000;
        }
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread plain = new Thread(() -> {
                try (Socket client = server.accept()) {
                    client.getOutputStream()
                            .write("HTTP/1.0 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    client.getInputStream().read(new byte[1000]);
                } catch (IOException clientIsGone) {
                    return;
                }
            });
            plain.start();
            String address = "mqtts://127.0.0.1:" + server.getLocalPort();
            Finding wrong = about("uplink cloud", check(uplink("cloud", address, State.ONLINE, "")));
            assertFinding(wrong, Level.FAIL, "does not speak TLS", "uplink:set cloud address=...");
            plain.join();
        }
    }

    @Test
    void aGoodCertificateTellsItsDaysAndOneThatEndsSoonWarns() throws Exception {
        Finding good = tls(certificates.signed("good", "localhost", -1, 91), "localhost");
        assertFinding(good, Level.OK, "its certificate is good for ", "");
        assertThat(good.text()).containsPattern("good for (89|90) days, until 20");
        Finding soon = tls(certificates.signed("soon", "localhost", -1, 21), "localhost");
        assertFinding(soon, Level.WARN, "its certificate is good for ", "renew");
        assertThat(soon.text()).containsPattern("good for (19|20) days, until 20");
    }

    @Test
    void aCertificateOutOfItsTimeIsNamedWithItsDate() throws Exception {
        Finding expired = tls(certificates.signed("expired", "localhost", -30, 10), "localhost");
        assertFinding(expired, Level.FAIL, "the server's certificate expired on 20", "openssl s_client -showcerts");
        String early = certificates.signed("early", "localhost", 10, 100);
        assertFinding(tls(early, "localhost"), Level.FAIL, "is not valid before 20", "gateway:doctor clock");
        system.clockSet(false);
        assertFinding(
                tls(early, "localhost"),
                Level.FAIL,
                "this gateway's clock is not set",
                "sudo timedatectl set-ntp true");
    }

    @Test
    void aCertificateThatNobodyVouchesForOrThatIsForAnotherNameIsNamed() throws Exception {
        assertFinding(
                tls(certificates.selfSigned("self", "localhost"), "localhost"),
                Level.FAIL,
                "is self-signed (localhost): name it in tls.ca",
                "uplink:set cloud tls.ca=...");
        assertFinding(
                tls(certificates.signed("other", "broker.example", -1, 91), "localhost"),
                Level.FAIL,
                "is for broker.example, not for localhost",
                "uplink:set cloud address=...");
        Certificates strangers = new Certificates();
        String theirs = strangers.signed("theirs", "localhost", -1, 91);
        assertFinding(
                tls(strangers, theirs, "localhost"),
                Level.FAIL,
                "the authority Test Authority that signed the server's certificate is not trusted: it is not the one in tls.ca",
                "uplink:set cloud tls.ca=...");
    }

    @Test
    void anAlertBeforeTheCertificateIsPassedOn() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread refusing = new Thread(() -> {
                try (Socket client = server.accept()) {
                    client.getInputStream().read(new byte[4096]);
                    // RFC 8446, 5.1 and 6: a record of one alert: fatal, unrecognized_name.
                    client.getOutputStream().write(new byte[] {21, 3, 3, 0, 2, 2, 112});
                    client.getInputStream().read(new byte[4096]);
                } catch (IOException clientIsGone) {
                    return;
                }
            });
            refusing.start();
            String address = "mqtts://127.0.0.1:" + server.getLocalPort();
            Finding refused = about("uplink cloud", check(uplink("cloud", address, State.ONLINE, "")));
            refusing.join();
            assertFinding(refused, Level.FAIL, "unrecognized_name", "openssl s_client -showcerts");
            assertThat(refused.text()).doesNotContain("does not speak TLS");
        }
    }

    @Test
    void addressesAreReadWithTheirPorts() {
        assertThat(Endpoint.of("mqtt://a")).contains(new Endpoint("a", 1883, false));
        assertThat(Endpoint.of("ssl://a")).contains(new Endpoint("a", 8883, true));
        assertThat(Endpoint.of("wss://a/mqtt")).contains(new Endpoint("a", 443, true));
        assertThat(Endpoint.of("https://[::1]:8443")).contains(new Endpoint("::1", 8443, true));
        assertThat(Endpoint.of("nonsense")).isEmpty();
        assertThat(Endpoint.of("mqtt://a b")).isEmpty();
    }
}
