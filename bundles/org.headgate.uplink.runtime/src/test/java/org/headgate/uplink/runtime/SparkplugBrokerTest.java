package org.headgate.uplink.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.tahu.protobuf.SparkplugBProto;
import org.headgate.command.api.Commands;
import org.headgate.config.api.Instance;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Column;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.device.api.Devices;
import org.headgate.mqtt.client.kit.Mosquitto;
import org.headgate.outbox.log.SegmentOutbox;
import org.headgate.payload.sparkplug.SparkplugFormat;
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
import org.junit.jupiter.params.provider.CsvSource;

/** An edge node from the bus to a real broker, heard by a client that is not ours and read by the reference implementation of Sparkplug. */
class SparkplugBrokerTest {
    private static final Schema SCHEMA = Schema.of(new Column("n", Type.LONG, ""));
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String SUB = "/usr/bin/mosquitto_sub";
    private static final String PUB = "/usr/bin/mosquitto_pub";

    @TempDir
    private Path folder;

    private Mosquitto broker;
    private Optional<Process> host = Optional.empty();
    private Path heard;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        assumeTrue(Mosquitto.isInstalled(), "mosquitto is not installed");
        assumeTrue(Files.isExecutable(Path.of(SUB)), "mosquitto-clients is not installed");
        broker = new Mosquitto(folder, "user " + System.getProperty("user.name")).start();
        heard = folder.resolve("heard.txt");
        host = Optional.of(
                new ProcessBuilder(SUB, "-p", "" + broker.port(), "-q", "1", "-t", "spBv1.0/+/+/#", "-F", "%q %r %t %x")
                        .redirectOutput(heard.toFile())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start());
        // The retained message shows that the subscription is there.
        publish("spBv1.0/plant/READY", "-r", "-m", "x");
        await().atMost(SOON).until(() -> Files.readString(heard).contains("READY"));
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (host.isPresent()) {
            host.get().destroyForcibly();
            host.get().waitFor(5, TimeUnit.SECONDS);
        }
        if (broker != null) {
            broker.close();
        }
    }

    private void publish(String topic, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(PUB, "-p", "" + broker.port(), "-q", "1", "-t", topic));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command).start();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    private void state(boolean online, long timestamp) throws IOException, InterruptedException {
        publish("spBv1.0/STATE/scada", "-r", "-m", "{\"online\":" + online + ",\"timestamp\":" + timestamp + "}");
    }

    /** What the node has said: {@code NBIRTH}, {@code DDATA s-one}, in order. */
    private record Heard(String what, int qos, boolean retained, SparkplugBProto.Payload payload) {}

    private List<Heard> heard() throws IOException {
        List<Heard> all = new ArrayList<>();
        String text = Files.readString(heard);
        for (String line : text.substring(0, text.lastIndexOf('\n') + 1).split("\n")) {
            String[] parts = line.split(" ");
            if (parts.length < 3 || !parts[2].contains("/gw") || parts[2].contains("CMD")) {
                continue;
            }
            String[] levels = parts[2].split("/");
            try {
                all.add(new Heard(
                        levels.length == 5 ? levels[2] + " " + levels[4] : levels[2],
                        Integer.parseInt(parts[0]),
                        parts[1].equals("1"),
                        SparkplugBProto.Payload.parseFrom(HexFormat.of().parseHex(parts[3]))));
            } catch (InvalidProtocolBufferException malformed) {
                throw new AssertionError(line, malformed);
            }
        }
        return all;
    }

    private long count(String what) throws IOException {
        return heard().stream().filter(one -> one.what().equals(what)).count();
    }

    private static long bdSeq(SparkplugBProto.Payload payload) {
        return payload.getMetricsList().stream()
                .filter(metric -> metric.getName().equals("bdSeq"))
                .findFirst()
                .orElseThrow()
                .getLongValue();
    }

    @ParameterizedTest
    @CsvSource({"3.1.1, 0", "5, 1"})
    void aNodeWaitsForItsHostIsBornAgainWhenAskedAndDiesWithTheHost(String version, int qos) throws Exception {
        SharedLoops loops = new SharedLoops();
        ThreadCalls calls = new ThreadCalls(loops);
        SystemClock clock = new SystemClock(loops, calls);
        MemoryStreamBus bus = new MemoryStreamBus(loops);
        FolderStorage var = new FolderStorage(new HomeFolder(folder).context());
        SegmentOutbox outbox = new SegmentOutbox(var, calls, loops, clock, new SecureRandomness());
        UplinkRegistry registry = new UplinkRegistry();
        registry.bindFormat(
                new SparkplugFormat(clock, loops, calls, var, bus, nothing(Devices.class), nothing(Commands.class)));
        registry.bindTransport(new MqttTransport());
        ConfiguredUplink uplink = new ConfiguredUplink(
                properties(version, qos),
                registry,
                new HomeFolder(folder),
                new NoSecrets(),
                bus,
                outbox,
                loops,
                calls,
                clock,
                new SecureRandomness(),
                event -> {},
                var);
        try (Publisher one = bus.publisher("s-one")) {
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(registry.list().get(0).connects())
                            .as("%s", registry.list())
                            .isEqualTo(1));
            publish(one, clock, 0, 100);
            state(false, 1);
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(outbox.flows().get(0).queued())
                            .as("%s", outbox.flows())
                            .isEqualTo(100));
            assertThat(heard()).isEmpty();

            state(true, 2);
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(outbox.flows().get(0).passed())
                            .as("%s %s", outbox.flows(), registry.list() + Files.readString(heard))
                            .isEqualTo(100));
            publish(one, clock, 100, 200);
            await().atMost(SOON).until(() -> values().size() == 200);
            assertThat(heard().get(0).what()).isEqualTo("NBIRTH");
            assertThat(heard().get(1).what()).isEqualTo("DBIRTH s-one");

            Files.write(folder.resolve("rebirth"), rebirth());
            publish("spBv1.0/plant/NCMD/gw", "-f", folder.resolve("rebirth").toString());
            await().atMost(SOON).until(() -> count("NBIRTH") == 2 && count("DBIRTH s-one") == 2);

            state(false, 3);
            await().atMost(SOON).until(() -> deaths() == 1);
            await().atMost(SOON).until(() -> registry.list().get(0).connects() == 2);
            publish(one, clock, 200, 300);
            state(true, 4);
            await().atMost(SOON).until(() -> values().size() == 300);
        }
        uplink.close();
        await().atMost(SOON).until(() -> deaths() == 2);
        verify(qos);
    }

    /** The numbers of each session follow, births and deaths have the same bdSeq, every row is there and in order. */
    private void verify(int qos) throws IOException {
        List<Heard> all = heard();
        long bdSeq = 0;
        long seq = -1;
        int repeated = 0;
        for (Heard one : all) {
            assertThat(one.retained()).isFalse();
            if (one.what().equals("NDEATH")) {
                if (bdSeq(one.payload()) == bdSeq - 1) {
                    assertThat(++repeated).as("deaths told twice").isEqualTo(1);
                    continue;
                }
                assertThat(bdSeq(one.payload())).isEqualTo(bdSeq);
                bdSeq++;
                continue;
            }
            assertThat(one.qos()).as(one.what()).isEqualTo(qos);
            if (one.what().equals("NBIRTH")) {
                assertThat(bdSeq(one.payload())).isEqualTo(bdSeq);
                seq = -1;
            }
            seq = (seq + 1) % 256;
            assertThat(one.payload().getSeq()).as(one.what()).isEqualTo(seq);
        }
        assertThat(bdSeq).isEqualTo(2);
        List<Long> expected = new ArrayList<>();
        for (long n = 0; n < 300; n++) {
            expected.add(n);
        }
        assertThat(values()).containsExactlyElementsOf(expected);
    }

    /** A farewell that is not answered at once is followed by the will: the same death. */
    private long deaths() throws IOException {
        return heard().stream()
                .filter(one -> one.what().equals("NDEATH"))
                .map(one -> bdSeq(one.payload()))
                .distinct()
                .count();
    }

    private List<Long> values() throws IOException {
        List<Long> values = new ArrayList<>();
        for (Heard one : heard()) {
            if (one.what().equals("DDATA s-one")) {
                one.payload().getMetricsList().forEach(metric -> values.add(metric.getLongValue()));
            }
        }
        return values;
    }

    private static byte[] rebirth() {
        return SparkplugBProto.Payload.newBuilder()
                .setTimestamp(1)
                .addMetrics(SparkplugBProto.Payload.Metric.newBuilder()
                        .setName("Node Control/Rebirth")
                        .setDatatype(11)
                        .setBooleanValue(true))
                .build()
                .toByteArray();
    }

    private static void publish(Publisher to, SystemClock clock, int from, int until) {
        for (int i = from; i < until; i++) {
            to.publish(Row.builder(SCHEMA).set(0, i).build(clock.epochNanos(), ClockState.SYNCED));
        }
    }

    private Map<String, Object> properties(String version, int qos) {
        Map<String, Object> properties = new LinkedHashMap<>(Map.of(
                "address", broker.address(),
                "format", "sparkplug",
                "sparkplug.group", "plant",
                "sparkplug.host", "scada",
                "sparkplug.qos", "" + qos,
                "streams", "s-*",
                "version", version,
                "commit", "10ms",
                "timeout", "30s"));
        properties.put(Instance.KEYS, properties.keySet().toArray(String[]::new));
        properties.put(Instance.NAME, "scada");
        properties.put(Instance.FILE, "headgate.uplink-scada.cfg");
        return properties;
    }

    /** A service that knows of nothing. */
    private static <T> T nothing(Class<T> service) {
        return service.cast(Proxy.newProxyInstance(
                service.getClassLoader(), new Class<?>[] {service}, (proxy, method, arguments) -> Optional.empty()));
    }
}
