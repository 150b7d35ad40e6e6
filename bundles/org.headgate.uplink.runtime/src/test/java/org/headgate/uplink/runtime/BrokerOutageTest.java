package org.headgate.uplink.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.headgate.config.api.Gateway;
import org.headgate.config.api.Instance;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Column;
import org.headgate.data.api.FlowSnapshot;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.mqtt.client.kit.Mosquitto;
import org.headgate.outbox.log.SegmentOutbox;
import org.headgate.payload.json.JsonFormat;
import org.headgate.stream.api.Publisher;
import org.headgate.stream.bus.MemoryStreamBus;
import org.headgate.system.jvm.FolderStorage;
import org.headgate.system.jvm.SecureRandomness;
import org.headgate.system.jvm.SharedLoops;
import org.headgate.system.jvm.SystemClock;
import org.headgate.system.jvm.ThreadCalls;
import org.headgate.uplink.mqtt.MqttTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All the real parts from the bus to a real broker, which is killed under load, and a subscriber that is not ours. */
class BrokerOutageTest {
    private static final Schema SCHEMA = Schema.of(new Column("n", Type.LONG, ""));
    private static final int ROWS = 3000;
    private static final int ROUND = 1000;

    @TempDir
    private Path folder;

    private Mosquitto broker;
    private final List<Process> subscribers = new ArrayList<>();

    @BeforeEach
    void start() throws IOException, InterruptedException {
        assumeTrue(Mosquitto.isInstalled(), "mosquitto is not installed");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/mosquitto_sub")), "mosquitto-clients is not installed");
        broker = new Mosquitto(
                        folder,
                        "user " + System.getProperty("user.name"),
                        "max_queued_messages 0",
                        "persistence true",
                        "persistence_location " + folder + "/",
                        "autosave_interval 1",
                        "autosave_on_changes true")
                .start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        for (Process subscriber : subscribers) {
            subscriber.destroyForcibly();
            subscriber.waitFor(5, TimeUnit.SECONDS);
        }
        if (broker != null) {
            broker.close();
        }
    }

    /** mosquitto_sub, writing each message as a line to a file; it reconnects by itself within a second. */
    private Path subscribe() throws IOException {
        Path file = folder.resolve("received.txt");
        subscribers.add(new ProcessBuilder(
                        "/usr/bin/mosquitto_sub",
                        "-p",
                        "" + broker.port(),
                        "-q",
                        "1",
                        "-t",
                        "headgate/gw/#",
                        "-c",
                        "-i",
                        "judge")
                .redirectOutput(file.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
        return file;
    }

    private void publishReady(String... more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "/usr/bin/mosquitto_pub",
                "-p",
                "" + broker.port(),
                "-q",
                "1",
                "-t",
                "headgate/gw/ready",
                "-m",
                "READY"));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command).start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.1.1", "5"})
    void everythingArrivesInOrderWhenTheBrokerIsKilledUnderLoad(String version) throws Exception {
        Path received = subscribe();
        publishReady("-r");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> Files.readString(received).contains("READY"));
        // The broker saves after each round of work: when it answers whoever comes now, the subscription is on the
        // disk.
        publishReady();
        Gateway gateway = new HomeFolder(folder);
        SharedLoops loops = new SharedLoops();
        ThreadCalls calls = new ThreadCalls(loops);
        SystemClock clock = new SystemClock(loops, calls);
        SecureRandomness chance = new SecureRandomness();
        MemoryStreamBus bus = new MemoryStreamBus(loops);
        FolderStorage var = new FolderStorage(new HomeFolder(folder).context());
        SegmentOutbox outbox = new SegmentOutbox(var, calls, loops, clock, chance);
        UplinkRegistry registry = new UplinkRegistry();
        Map<String, Object> properties = new LinkedHashMap<>(Map.of(
                "address", broker.address(),
                "streams", "s-*",
                "version", version,
                "commit", "10ms",
                "timeout", "2s"));
        properties.put(Instance.KEYS, properties.keySet().toArray(String[]::new));
        properties.put(Instance.NAME, "cloud");
        properties.put(Instance.FILE, "headgate.uplink-cloud.cfg");
        registry.bindFormat(new JsonFormat());
        registry.bindTransport(new MqttTransport());
        ConfiguredUplink uplink = new ConfiguredUplink(
                properties,
                registry,
                gateway,
                new NoSecrets(),
                bus,
                outbox,
                loops,
                calls,
                clock,
                chance,
                event -> {},
                var);
        await().atMost(Duration.ofSeconds(10)).until(() -> !outbox.list().isEmpty());
        try (Publisher one = bus.publisher("s-one");
                Publisher two = bus.publisher("s-two")) {
            for (int i = 0; i < ROWS; i++) {
                Row row = Row.builder(SCHEMA).set(0, i).build(clock.epochNanos(), ClockState.SYNCED);
                one.publish(row);
                two.publish(row);
                if (i % ROUND == ROUND / 2) {
                    broker.kill();
                    broker.start();
                } else if (i % ROUND == ROUND - 1) {
                    String last = "\"n\":" + i + "}";
                    long published = 2L * i + 2;
                    await().atMost(Duration.ofSeconds(30))
                            .until(() -> outbox.flows().get(0).passed() == published);
                    await().atMost(Duration.ofSeconds(30))
                            .until(() -> Files.readAllLines(received).stream()
                                            .filter(line -> line.contains(last))
                                            .map(line -> line.substring(0, 40))
                                            .distinct()
                                            .count()
                                    == 2);
                }
            }
        }
        FlowSnapshot flow = outbox.flows().get(0);
        assertThat(flow.imbalance()).as("%s", flow).isZero();
        assertThat(flow.queued()).isZero();
        assertThat(registry.list().get(0).connects()).isGreaterThan(1);
        assertThat(registry.list().get(0).rows()).isEqualTo(2L * ROWS);
        verify(received, "s-one");
        verify(received, "s-two");
        uplink.close();
    }

    private static final Pattern MESSAGE =
            Pattern.compile("\"stream\":\"(.*?)\",\"log\":\"(\\w+)\",\"seq\":(\\d+),.*?\"rows\":(.*)");
    private static final Pattern NUMBER = Pattern.compile("\"n\":(\\d+)");

    /** Each number always with the same rows; without the repetitions everything is there, once and in order. */
    private static void verify(Path received, String stream) throws IOException {
        Map<Long, String> batches = new LinkedHashMap<>();
        for (String line : Files.readAllLines(received)) {
            Matcher message = MESSAGE.matcher(line);
            if (message.find() && message.group(1).equals(stream)) {
                long seq = Long.parseLong(message.group(3));
                String before = batches.putIfAbsent(seq, message.group(4));
                assertThat(before == null ? message.group(4) : before).isEqualTo(message.group(4));
            }
        }
        List<Long> numbers = new ArrayList<>();
        for (String rows : batches.values()) {
            Matcher number = NUMBER.matcher(rows);
            while (number.find()) {
                numbers.add(Long.parseLong(number.group(1)));
            }
        }
        assertThat(numbers).as(stream).isSorted().doesNotHaveDuplicates().hasSize(ROWS);
    }
}
