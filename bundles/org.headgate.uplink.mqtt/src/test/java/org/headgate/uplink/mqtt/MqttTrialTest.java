package org.headgate.uplink.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headgate.mqtt.client.kit.Mosquitto;
import org.headgate.mqtt.client.kit.TestProxy;
import org.headgate.tls.kit.Certificates;
import org.headgate.uplink.api.Incoming;
import org.headgate.uplink.api.Link;
import org.headgate.uplink.api.LinkListener;
import org.headgate.uplink.api.LinkSettings;
import org.headgate.uplink.api.LinkTrial;
import org.headgate.uplink.api.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a real broker: each way in which a site fails is told apart. */
class MqttTrialTest {
    private static final String TOPIC = "headgate/gw-1/uplink-test";

    @TempDir
    private Path folder;

    private final MqttTransport transport = new MqttTransport();
    private final List<String> steps = new ArrayList<>();
    private final List<String> lost = new ArrayList<>();
    private Mosquitto broker;

    @AfterEach
    void stop() throws InterruptedException {
        if (broker != null) {
            broker.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.1.1", "5"})
    void aMessageGoesThereAndBackAndTheOpenLinkGoesOn(String version) throws Exception {
        start();
        LinkSettings settings = settings(broker.address(), "", "", version);
        try (Link open = transport.open(settings, new Losses())) {
            test(settings);
            open.send(1, Message.of(TOPIC, new byte[] {1}, ""));
        }
        assertThat(steps)
                .containsExactly(
                        "find 127.0.0.1",
                        "reach 127.0.0.1:" + broker.port(),
                        "log in",
                        "subscribe " + TOPIC,
                        "publish " + TOPIC,
                        "read it back");
        assertThat(lost).isEmpty();
    }

    @Test
    void aPortWhereNothingListensIsTold() throws Exception {
        start();
        broker.kill();
        assertThatThrownBy(() -> test(settings(broker.address(), "", "", "3.1.1")))
                .hasMessage("connection refused at 127.0.0.1:" + broker.port()
                        + ": does the broker run, and listen on this port?");
        assertThat(steps).last().isEqualTo("reach 127.0.0.1:" + broker.port());
    }

    @Test
    void aNameThatNobodyKnowsIsTold() {
        assertThatThrownBy(() -> test(settings("mqtt://no-such-host.invalid", "", "", "3.1.1")))
                .hasMessageStartingWith("unknown host no-such-host.invalid: is the name right");
        assertThat(steps).containsExactly("find no-such-host.invalid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.1.1", "5"})
    void aWrongPasswordIsTold(String version) throws Exception {
        Path passwords = Passwords.file(folder);
        start("allow_anonymous false", "password_file " + passwords);
        assertThatThrownBy(() -> test(settings(broker.address(), "gw", "wrong", version)))
                .hasMessageEndingWith(": check user and password (uplink:set, secret:set)");
        assertThat(steps).last().isEqualTo("log in as gw");
        test(settings(broker.address(), "gw", "right", version));
        assertThat(steps).last().isEqualTo("read it back");
    }

    /** MQTT 3.1.1 has no way to refuse a message: only the way back shows it. */
    @ParameterizedTest
    @ValueSource(strings = {"3.1.1", "5"})
    void aMessageThatTheAccessListDeniesIsTold(String version) throws Exception {
        Path acl = Files.writeString(folder.resolve("acl"), "topic read headgate/#\n");
        start("acl_file " + acl);
        assertThatThrownBy(() -> test(settings(broker.address(), "", "", version)))
                .hasMessageContaining("access list (ACL)")
                .hasMessageContaining(TOPIC);
        assertThat(steps).last().asString().isEqualTo(version.equals("5") ? "publish " + TOPIC : "read it back");
    }

    @Test
    void whereNothingMayBeSentItOnlyListens() throws Exception {
        // Writing anything would fail.
        Path acl = Files.writeString(folder.resolve("acl"), "topic read spBv1.0/#\n");
        start("acl_file " + acl);
        LinkSettings settings = settings(broker.address(), "", "", "5");
        transport.test(settings, List.of("spBv1.0/plant/NCMD/gw-1", "spBv1.0/plant/DCMD/gw-1/+"), new Steps());
        assertThat(steps).endsWith("log in", "subscribe spBv1.0/plant/NCMD/gw-1, spBv1.0/plant/DCMD/gw-1/+");
    }

    @Test
    void tlsIsAStepOfItsOwnThatShowsTheCertificate() throws Exception {
        int port = startTls("good", "DNS:localhost,IP:127.0.0.1", 400);
        test(settings("mqtts://localhost:" + port, "5", Map.of("tls.ca", "ca.pem")));
        assertThat(steps.subList(2, 5))
                .containsExactly(
                        "TLS", "note: TLSv1.3, certificate of localhost, 127.0.0.1 by ca, 400 days left", "log in");
        assertThat(steps).last().isEqualTo("read it back");
    }

    @Test
    void aCertificateThatEndsSoonIsNotedAndABadOneEndsTheStep() throws Exception {
        int port = startTls("good", "DNS:localhost", 9);
        test(settings("mqtts://localhost:" + port, "5", Map.of("tls.ca", "ca.pem")));
        assertThat(steps).contains("note: TLSv1.3, certificate of localhost by ca, 9 days left: renew it soon");
        assertThatThrownBy(() -> test(settings("mqtts://127.0.0.1:" + port, "5", Map.of("tls.ca", "ca.pem"))))
                .hasMessageStartingWith("the server's certificate is for localhost, not for 127.0.0.1");
        assertThat(steps).last().isEqualTo("TLS");
        assertThatThrownBy(() -> test(settings("mqtts://localhost:" + broker.port(), "5", Map.of("tls.ca", "ca.pem"))))
                .hasMessageEndingWith("is this a port for TLS?");
        assertThatThrownBy(() -> test(settings("mqtt://localhost:" + port, "5", Map.of())))
                .hasMessageEndingWith("does this port want TLS (mqtts://)?");
    }

    @Test
    void aProxyIsPartOfTheWay() throws Exception {
        int port = startTls("good", "DNS:localhost", 400);
        try (TestProxy proxy = TestProxy.start("", "")) {
            String address = "http://127.0.0.1:" + proxy.port();
            test(settings("mqtts://localhost:" + port, "5", Map.of("tls.ca", "ca.pem", "proxy", address)));
            assertThat(steps.subList(0, 3))
                    .containsExactly(
                            "find 127.0.0.1",
                            "reach 127.0.0.1:" + proxy.port(),
                            "proxy to localhost:" + port + ", TLS");
            assertThat(steps).last().isEqualTo("read it back");
            proxy.close();
            assertThatThrownBy(() -> test(settings("mqtt://localhost:" + port, "5", Map.of("proxy", address))))
                    .hasMessageContaining(": does the proxy run");
        }
    }

    private int startTls(String name, String names, int days) throws Exception {
        assumeTrue(Mosquitto.isInstalled(), "mosquitto is not installed");
        assumeTrue(Certificates.isInstalled(), "openssl is not installed");
        Instant now = Instant.now();
        new Certificates(folder)
                .authority("ca")
                .signed("ca", name, names, now.minusSeconds(60), now.plusSeconds(days * 86_400L + 43_200));
        broker = new Mosquitto(folder, "user " + System.getProperty("user.name"));
        int port = broker.tlsListener(folder, name);
        broker.start();
        return port;
    }

    private LinkSettings settings(String address, String version, Map<String, String> options) {
        Map<String, String> all = new HashMap<>(options);
        all.put("version", version);
        return new LinkSettings(
                "cloud",
                "gw-1",
                address,
                Duration.ofSeconds(5),
                20,
                "",
                new char[0],
                all,
                Optional.empty(),
                new Certificates(folder)::read);
    }

    private void start(String... lines) throws IOException, InterruptedException {
        assumeTrue(Mosquitto.isInstalled(), "mosquitto is not installed");
        List<String> all = new ArrayList<>(List.of(lines));
        // As root mosquitto would change to a user that cannot read here.
        all.add("user " + System.getProperty("user.name"));
        broker = new Mosquitto(folder, all.toArray(String[]::new)).start();
    }

    private void test(LinkSettings settings) throws IOException {
        steps.clear();
        transport.test(settings, TOPIC, "{\"test\":1}".getBytes(StandardCharsets.UTF_8), new Steps());
    }

    private LinkSettings settings(String address, String user, String password, String version) {
        LinkSettings anyone = settings(address, version, Map.of());
        return new LinkSettings(
                anyone.uplink(),
                anyone.gateway(),
                address,
                anyone.timeout(),
                anyone.inFlight(),
                user,
                password.toCharArray(),
                anyone.options(),
                anyone.will(),
                anyone.files());
    }

    private final class Steps implements LinkTrial {
        @Override
        public void begins(String step) {
            steps.add(step);
        }

        @Override
        public void note(String line) {
            steps.add("note: " + line);
        }
    }

    private class Losses implements LinkListener {
        @Override
        public void acknowledged(long token) {}

        @Override
        public void refused(long token, String why) {
            lost.add(why);
        }

        @Override
        public void received(Incoming message) {}

        @Override
        public void lost(String why) {
            lost.add(why);
        }
    }
}
