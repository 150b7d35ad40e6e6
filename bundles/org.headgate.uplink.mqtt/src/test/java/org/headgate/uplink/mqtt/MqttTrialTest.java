package org.headgate.uplink.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.headgate.mqtt.client.kit.Mosquitto;
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
        Path passwords = passwords();
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

    private void start(String... lines) throws IOException, InterruptedException {
        assumeTrue(Mosquitto.isInstalled(), "mosquitto is not installed");
        List<String> all = new ArrayList<>(List.of(lines));
        // As root mosquitto would change to a user that cannot read here.
        all.add("user " + System.getProperty("user.name"));
        broker = new Mosquitto(folder, all.toArray(String[]::new)).start();
    }

    private Path passwords() throws IOException, InterruptedException {
        assumeTrue(Mosquitto.isInstalled(), "mosquitto is not installed");
        Path file = folder.resolve("passwords");
        Process made = new ProcessBuilder("mosquitto_passwd", "-b", "-c", file.toString(), "gw", "right")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("passwd.log").toFile())
                .start();
        try {
            assertThat(made.waitFor(20, TimeUnit.SECONDS)).isTrue();
        } finally {
            made.destroyForcibly().waitFor();
        }
        return file;
    }

    private void test(LinkSettings settings) throws IOException {
        steps.clear();
        transport.test(settings, TOPIC, "{\"test\":1}".getBytes(StandardCharsets.UTF_8), new Steps());
    }

    private static LinkSettings settings(String address, String user, String password, String version) {
        return new LinkSettings(
                "cloud",
                "gw-1",
                address,
                Duration.ofSeconds(2),
                20,
                user,
                password.toCharArray(),
                Map.of("version", version),
                Optional.empty(),
                any -> Optional.empty());
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

    private final class Losses implements LinkListener {
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
