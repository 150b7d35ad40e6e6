package org.headgate.uplink.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.headgate.mqtt.client.Mqtt;
import org.headgate.mqtt.client.MqttEvents;
import org.headgate.mqtt.client.MqttSession;
import org.headgate.mqtt.client.MqttSettings;
import org.headgate.mqtt.client.Publication;
import org.headgate.mqtt.client.kit.Mosquitto;
import org.headgate.uplink.api.Incoming;
import org.headgate.uplink.api.Message;
import org.headgate.uplink.api.RemoteCommands.Source;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code headgate exec --via}, a real mosquitto and the gateway's side of it. */
class ViaTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final ExecutorService gateway = Executors.newSingleThreadExecutor();
    private final Hall hall = new Hall();
    private final List<Integer> ignored = new ArrayList<>();
    private Mosquitto broker;
    private MqttSession session;
    private volatile boolean shared;
    private volatile boolean answers = true;

    @BeforeEach
    void start() throws Exception {
        Assumptions.assumeTrue(Mosquitto.isInstalled(), "mosquitto is missing: apt-get install mosquitto");
        broker = new Mosquitto(folder).start();
    }

    @AfterEach
    void end() throws Exception {
        if (session != null) {
            session.close();
        }
        if (broker != null) {
            broker.close();
        }
        gateway.shutdownNow();
    }

    /** All have one topic for answers, and some of what comes there is none. */
    private void others(Publication request) {
        String topic = "answers";
        if (!request.responseTopic().isEmpty()) {
            assertThat(request.responseTopic()).isEqualTo(topic);
            assertThat(request.correlation()).isNotEmpty();
            String mine = new String(request.correlation(), StandardCharsets.UTF_8);
            byte[] forged = ("{\"id\":\"" + mine + "\",\"status\":\"failed\"}").getBytes(StandardCharsets.UTF_8);
            publish(new Message(topic, forged, "", 1, false, new byte[] {1}));
        }
        for (String text : List.of("{\"id\":\"other\",\"status\":\"failed\",\"exit\":9}", "x", "[]", "{}")) {
            publish(Message.of(topic, text.getBytes(StandardCharsets.UTF_8), ""));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.1.1", "5"})
    void answersToOthersAreNotTakenForItsOwn(String version) throws Exception {
        hall.command("device:info", call -> {
            call.out().println("boiler");
            return 0;
        });
        hall.responses = "answers";
        shared = true;
        listen(0);
        assertThat(exec("--version", version, "--response", "answers", "device:info"))
                .as(err())
                .isZero();
        assertThat(out()).isEqualTo("boiler\n");
        answers = false;
        assertThat(exec("--version", version, "--response", "answers", "--timeout", "2s", "device:info"))
                .isEqualTo(124);
        assertThat(err()).containsPattern("[45] messages there were no answers to this request");
    }

    /** A gateway that hears of requests but for the first few. */
    private void listen(int deaf) throws IOException {
        MqttSettings settings = new MqttSettings(
                broker.address(), "5", "gw-7", "", new char[0], Duration.ofSeconds(5), Duration.ofSeconds(30), 20);
        session = Mqtt.connect(settings, new MqttEvents() {
            @Override
            public void received(Publication message) {
                gateway.execute(() -> answer(message, deaf));
            }

            @Override
            public void lost(String why) {}
        });
        session.subscribe(List.of("headgate/gw-7/command"));
    }

    private void answer(Publication message, int deaf) {
        if (ignored.size() < deaf) {
            ignored.add(1);
            return;
        }
        if (shared) {
            others(message);
        }
        if (!answers) {
            return;
        }
        // The caller's clock is the machine's.
        Duration ahead =
                Duration.ofNanos(java.time.InstantSource.system().millis() * 1_000_000 - hall.system.epochNanos());
        hall.system.step(ahead);
        hall.commands.received(
                new Source("cloud", "gw-7", hall.allowed, hall.responses),
                new Incoming(message.topic(), message.payload(), message.responseTopic(), message.correlation()),
                reply -> publish(reply.within(Long.MAX_VALUE)));
        hall.system.run();
    }

    private void publish(Message answer) {
        session.publish(
                1,
                new Publication(
                        answer.topic(), answer.payload(), 1, false, answer.contentType(), "", answer.correlation()));
    }

    private int exec(String... words) {
        out.reset();
        err.reset();
        List<String> all = new ArrayList<>(List.of("--via", broker.address(), "--gateway=gw-7"));
        all.addAll(Arrays.asList(words));
        return Via.run(
                all,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.1.1", "5"})
    void printsWhatTheGatewayPrintsAndEndsAsTheCommandDid(String version) throws Exception {
        FakeCommand info = hall.command("device:info", call -> {
            call.out().println("boiler\nON ä");
            return 0;
        });
        hall.command("device:add", call -> call.fail("no driver"));
        listen(0);
        assertThat(exec("--version", version, "device:info", "-40", "a b \"c\""))
                .as(err())
                .isZero();
        assertThat(out()).isEqualTo("boiler\nON ä\n");
        assertThat(err()).isEmpty();
        assertThat(info.calls).containsExactly("cloud:cloud -40 a b \"c\"");
        assertThat(exec("--version", version, "device:add")).isEqualTo(1);
        assertThat(err()).isEqualTo("error: no driver\n");
        hall.allowed = List.of();
        assertThat(exec("--version", version, "device:info")).isEqualTo(77);
        assertThat(err()).startsWith("error: device:info: not allowed");
        assertThat(info.calls).hasSize(1);
    }

    /** It goes out again after a while; by its id it is done once. */
    @Test
    void aRequestThatGetsLostIsDoneAllTheSame() throws Exception {
        FakeCommand write = hall.command("device:write", call -> 0);
        listen(1);
        assertThat(exec("--timeout", "20s", "device:write", "boiler")).as(err()).isZero();
        assertThat(write.calls).hasSize(1);
        assertThat(ignored).hasSize(1);
    }

    @Test
    void nobodyWhoAnswersIsSaidInTime() {
        assertThat(exec("--timeout", "1s", "device:info")).isEqualTo(124);
        assertThat(err())
                .startsWith("headgate: exec: gw-7 has not answered within 1 s: is it connected")
                .contains("headgate/gw-7/command");
    }

    @Test
    void aBrokerThatIsNotThereIsSaid() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        assertThat(exec("--via", "mqtt://127.0.0.1:" + port, "device:info")).isEqualTo(69);
        assertThat(err()).startsWith("headgate: exec: ").contains("connection refused");
    }

    @Test
    void wrongOptionsAreNamed() throws Exception {
        assertWrong("unknown option --certificate; usage: ", "--certificate", "x", "device:info");
        assertWrong("missing COMMAND; usage: ", "--user", "me");
        assertWrong("--user: missing (expected: a value)", "--user");
        assertWrong("--version: 4 (expected: 3.1.1 or 5)", "--version", "4", "device:info");
        assertWrong("--user: missing (expected: a name beside --password-file", "--password-file", "p", "device:info");
        assertThat(ViaOptions.parse(
                                List.of("--via=mqtts://b", "--gateway=g", "--version=5", "--password-file=p", "a:b"))
                        .text("user"))
                .isEmpty();
        assertWrong("--timeout: soon (expected: a duration", "--timeout", "soon", "device:info");
        assertWrong("--ca: nosuch.pem (expected: a file that can be read)", "--ca", "nosuch.pem", "device:info");
        assertWrong("address: http://x (expected: ", "--via", "http://x", "device:info");
        assertThat(ViaOptions.readable("x: set tls.certificate and tls.key (tls.key-password) or proxy.user"))
                .isEqualTo("x: set --cert and --key (--key-password-file) or proxy.user");
        Path key = Files.writeString(folder.resolve("key.pem"), "x");
        assertThat(ViaOptions.parse(List.of(
                                "--via=mqtts://b", "--gateway", "g", "--key", key + "", "--key-password-file=p", "a:b"))
                        .settings())
                .containsEntry("tls.key", key.toString())
                .containsEntry("tls.key-password", "@p");
    }

    private void assertWrong(String message, String... words) {
        assertThat(exec(words)).as(message).isEqualTo(64);
        assertThat(err()).startsWith("headgate: exec: " + message);
    }
}
