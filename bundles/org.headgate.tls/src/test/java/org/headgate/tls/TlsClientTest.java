package org.headgate.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.headgate.tls.kit.Certificates;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a server of the JDK's, with certificates by openssl: each way in which TLS fails is told apart. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsClientTest {
    private static final String LOCAL = "DNS:localhost,IP:127.0.0.1";
    private static final long DAY = 86_400;

    @TempDir
    private static Path folder;

    private Certificates made;

    @BeforeAll
    void make() throws IOException, InterruptedException {
        if (!Certificates.isInstalled()) {
            return;
        }
        Instant now = Instant.now();
        made = new Certificates(folder)
                .authority("ca")
                .authority("other-ca")
                .signed("ca", "good", LOCAL)
                .signed("ca", "elsewhere", "DNS:broker.example,DNS:*.example.org")
                .signed("ca", "expired", LOCAL, now.minusSeconds(20 * DAY), now.minusSeconds(3 * DAY))
                .signed("ca", "early", LOCAL, now.plusSeconds(3 * DAY), now.plusSeconds(20 * DAY))
                .signed("other-ca", "foreign", LOCAL)
                .selfSigned("alone", "subjectAltName=" + LOCAL)
                .signed("ca", "client", "")
                .signed("ca", "client-expired", "", now.minusSeconds(20 * DAY), now.minusSeconds(3 * DAY))
                .signed("other-ca", "client-foreign", "");
    }

    @BeforeEach
    void needsOpenssl() {
        assumeTrue(Certificates.isInstalled(), "openssl is not installed");
    }

    @AfterAll
    void end() {
        made = null;
    }

    private TlsSettings settings(String... keysAndValues) {
        Map<String, String> options = new java.util.HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            options.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return TlsSettings.of(options, made::read);
    }

    private String pin(String name) throws Exception {
        X509Certificate certificate = org.headgate.tls.Certificates.read(Files.readAllBytes(made.file(name + ".pem")))
                .get(0);
        return Pin.of(certificate).toString();
    }

    private ServerCertificate connect(String server, TlsSettings settings) throws Exception {
        return connect(server, settings, "localhost", CertificateClock.MACHINE);
    }

    private ServerCertificate connect(String server, TlsSettings settings, String host, CertificateClock clock)
            throws Exception {
        try (EchoServer one = EchoServer.of(made, server)) {
            return one.visit(settings, clock, host);
        }
    }

    @Test
    void aServerOfOurAuthorityIsTrustedByNameAndByAddress() throws Exception {
        ServerCertificate server = connect("good", settings("tls.ca", "ca.pem"));
        assertThat(server.names()).containsExactly("localhost", "127.0.0.1");
        assertThat(server.issuer()).isEqualTo("ca");
        assertThat(server.daysLeft()).isBetween(3648L, 3650L);
        assertThat(server.protocol()).isEqualTo("TLSv1.3");
        assertThat(server.pin()).isEqualTo(pin("good"));
        connect("good", settings("tls.ca", "ca.pem"), "127.0.0.1", CertificateClock.MACHINE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    expired   | the server's certificate expired on 20
                    early     | the server's certificate is not valid before 20
                    elsewhere | the server's certificate is for broker.example, *.example.org, not for localhost: use its name
                    foreign   | the authority other-ca that signed the server's certificate is not trusted: it is not the one in tls.ca
                    alone     | the server's certificate is self-signed (alone): name it in tls.ca, or trust its key with tls.pin = sha256:
                    """)
    void aBadCertificateIsRefusedWithTheReason(String server, String why) {
        assertThatThrownBy(() -> connect(server, settings("tls.ca", "ca.pem")))
                .isInstanceOf(TlsException.class)
                .hasMessageStartingWith(why);
    }

    @Test
    void withoutAnAuthorityOfOursTheSystemsAreAsked() {
        assertThatThrownBy(() -> connect("good", TlsSettings.SYSTEM))
                .hasMessage(
                        "the authority ca that signed the server's certificate is not trusted: name its certificate in tls.ca");
    }

    @Test
    void severalAuthoritiesMayStandInAFile() throws Exception {
        Files.writeString(
                folder.resolve("both.pem"),
                Files.readString(folder.resolve("ca.pem")) + "\n\nsome words\n"
                        + Files.readString(folder.resolve("other-ca.pem")));
        connect("foreign", settings("tls.ca", "both.pem"));
        connect("good", settings("tls.ca", "both.pem"));
    }

    @Test
    void aPinReplacesTheAuthorityButNeitherNameNorDates() throws Exception {
        connect("alone", settings("tls.pin", pin("alone")));
        connect("foreign", settings("tls.pin", "sha256:" + "00".repeat(32) + ", " + pin("foreign")));
        assertThatThrownBy(() -> connect("good", settings("tls.pin", pin("alone"))))
                .hasMessageStartingWith("the server's key is " + pin("good") + ", which tls.pin does not name");
        assertThatThrownBy(() -> connect("elsewhere", settings("tls.pin", pin("elsewhere"))))
                .hasMessageStartingWith("the server's certificate is for broker.example");
        assertThatThrownBy(() -> connect("expired", settings("tls.pin", pin("expired"))))
                .hasMessageStartingWith("the server's certificate expired on ");
        assertThatThrownBy(() -> connect("early", settings("tls.pin", pin("early"))))
                .hasMessageStartingWith("the server's certificate is not valid before ");
    }

    @Test
    void withAPinAndAnAuthorityBothMustHold() throws Exception {
        connect("good", settings("tls.pin", pin("good"), "tls.ca", "ca.pem"));
        assertThatThrownBy(() -> connect("good", settings("tls.pin", pin("good"), "tls.ca", "other-ca.pem")))
                .hasMessageContaining("is not the one in tls.ca");
        assertThatThrownBy(() -> connect("good", settings("tls.pin", pin("alone"), "tls.ca", "ca.pem")))
                .hasMessageContaining("tls.pin does not name");
    }

    /** The gateway's clock decides, not that of the JVM below it: they differ where time is simulated. */
    @Test
    void datesAreJudgedByTheClockThatIsGiven() throws Exception {
        Instant before = Instant.now().minusSeconds(10 * DAY);
        connect("expired", settings("tls.ca", "ca.pem"), "localhost", new CertificateClock(() -> before, () -> true));
    }

    /** A board without a battery wakes up in the past: then the certificate is not to blame. */
    @Test
    void aClockThatIsNotSetIsTold() {
        Instant past = Instant.parse("1970-01-01T00:01:00Z");
        assertThatThrownBy(() -> connect(
                        "good",
                        settings("tls.ca", "ca.pem"),
                        "localhost",
                        new CertificateClock(() -> past, () -> true)))
                .hasMessageContaining("is not valid before 20")
                .hasMessageEndingWith(
                        "; but this gateway's clock is not set (it says 1970-01-01): set it, or let NTP do it");
        assertThatThrownBy(() -> connect(
                        "expired",
                        settings("tls.ca", "ca.pem"),
                        "localhost",
                        new CertificateClock(InstantSource.system(), () -> false)))
                .hasMessageContaining("expired on ")
                .hasMessageContaining("; but this gateway's clock is not set (it says ");
        assertThatThrownBy(() -> connect("early", settings("tls.ca", "ca.pem")))
                .hasMessageEndingWith(": is this gateway's clock right?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aServerThatWantsACertificateGetsOursOrSaysWhyNot(String version) throws Exception {
        try (EchoServer server = EchoServer.of(made, "good").wanting("ca", version)) {
            server.visit(settings("tls.ca", "ca.pem", "tls.certificate", "client.pem", "tls.key", "client.key"));
            assertThatThrownBy(() -> server.visit(settings("tls.ca", "ca.pem")))
                    .hasMessageStartingWith("the server wants a client certificate (")
                    .hasMessageEndingWith("): set tls.certificate and tls.key");
            assertThatThrownBy(() -> server.visit(settings(
                            "tls.ca",
                            "ca.pem",
                            "tls.certificate",
                            "client-foreign.pem",
                            "tls.key",
                            "client-foreign.key")))
                    .hasMessageStartingWith("the server does not take our certificate client-foreign (")
                    .hasMessageEndingWith("(other-ca)?");
            assertThatThrownBy(() -> server.visit(settings(
                            "tls.ca",
                            "ca.pem",
                            "tls.certificate",
                            "client-expired.pem",
                            "tls.key",
                            "client-expired.key")))
                    .hasMessageStartingWith("our certificate client-expired expired on ");
        }
    }

    @Test
    void aRenewedCertificateIsReadAtTheNextConnection() throws Exception {
        Files.copy(folder.resolve("client.pem"), folder.resolve("mine.pem"));
        Files.copy(folder.resolve("client-foreign.key"), folder.resolve("mine.key"));
        TlsSettings settings = settings("tls.ca", "ca.pem", "tls.certificate", "mine.pem", "tls.key", "mine.key");
        try (EchoServer server = EchoServer.of(made, "good").wanting("ca", "TLSv1.3")) {
            assertThatThrownBy(() -> server.visit(settings))
                    .hasMessage("tls.key: mine.key (expected: the key of client; this is another one)");
            Files.write(folder.resolve("mine.key"), Files.readAllBytes(folder.resolve("client.key")));
            server.visit(settings);
        }
    }

    @Test
    void aServerWithoutTlsOrThatHangsUpIsTold() throws Exception {
        try (EchoServer plain = EchoServer.saying("HTTP/1.1 400 Bad Request\r\n\r\n")) {
            assertThatThrownBy(() -> plain.visit(settings("tls.ca", "ca.pem")))
                    .hasMessage("what answers does not speak TLS: is this the port for TLS?");
        }
        try (EchoServer rude = EchoServer.saying("")) {
            assertThatThrownBy(() -> rude.visit(settings("tls.ca", "ca.pem")))
                    .hasMessage("hung up during the TLS handshake: is this a port for TLS?");
        }
    }

    @Test
    void aServerOfAnOldVersionIsTold() throws Exception {
        // A fatal alert, protocol_version (RFC 8446, 6), as no Java of today sends it by itself.
        try (EchoServer old = EchoServer.saying("\u0015\u0003\u0003\u0000\u0002\u0002\u0046")) {
            assertThatThrownBy(() -> old.visit(settings("tls.ca", "ca.pem")))
                    .hasMessage("the server speaks neither TLS 1.2 nor 1.3 (protocol_version)");
        }
    }

    @Test
    void aFileThatIsMissingOrSomethingElseIsNamed() throws Exception {
        Files.writeString(folder.resolve("words.pem"), "words");
        assertThatThrownBy(() -> connect("good", settings("tls.ca", "none.pem")))
                .hasMessage("tls.ca: none.pem (expected: a file in HOME/files, or @name of a secret)");
        assertThatThrownBy(() -> connect("good", settings("tls.ca", "@none")))
                .hasMessage("tls.ca: @none (expected: a secret; secret:set none sets it)");
        assertThatThrownBy(() -> connect("good", settings("tls.ca", "words.pem")))
                .hasMessageStartingWith("tls.ca: words.pem (expected: a file with certificates");
        assertThatThrownBy(() -> connect("good", settings("tls.ca", "client.key")))
                .hasMessageStartingWith("tls.ca: client.key (expected: a file with certificates");
    }
}
