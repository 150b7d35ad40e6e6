package org.headgate.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.tahu.message.SparkplugBPayloadDecoder;
import org.eclipse.tahu.message.SparkplugBPayloadEncoder;
import org.eclipse.tahu.message.model.Metric;
import org.eclipse.tahu.message.model.MetricDataType;
import org.eclipse.tahu.message.model.SparkplugBPayload;
import org.headgate.device.api.kit.PeerProcess;
import org.headgate.distribution.RunningGateway.Result;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The worked example of {@code docs/recipes/bridge.md}, with its own files: OPC UA, Modbus and MQTT in, SenML and Sparkplug B out, and a write
 * from the cloud to the coil. Nothing but the gateway is ours.
 */
class BridgeIT {
    private static final Path RECIPE = Path.of(System.getProperty("headgate.documents"), "recipes/bridge");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final Map<String, String> places = new TreeMap<>();
    private Mosquitto broker;
    private PeerProcess press;
    private PeerProcess meter;
    private RunningGateway gateway;
    private Hearer hearer;

    @BeforeEach
    void hall() throws Exception {
        Mosquitto.require();
        int pressPort = RunningGateway.freePort();
        press = PeerProcess.node(
                Path.of("src/test/peers/press.js"), folder.resolve("press.log"), pressPort, folder.resolve("pki"));
        int meterPort = RunningGateway.freePort();
        meter = PeerProcess.node(Path.of("src/test/peers/meter.js"), folder.resolve("meter.log"), meterPort);
        press.start();
        meter.start();
        broker = new Mosquitto(folder.resolve("broker"));
        broker.start();
        hearer = new Hearer(folder.resolve("heard"), broker.port(), "channels/#", "spBv1.0/#");
        places.put("127.0.0.1:4840", "127.0.0.1:" + pressPort);
        places.put("127.0.0.1:502", "127.0.0.1:" + meterPort);
        places.put("127.0.0.1:1883", "127.0.0.1:" + broker.port());
        gateway = new RunningGateway(folder.resolve("home"));
        Path main = gateway.home().resolve("etc/headgate.gateway.cfg");
        Files.writeString(main, Files.readString(main) + "id = hall-3\n");
        gateway.start();
    }

    @AfterEach
    void end() throws Exception {
        for (AutoCloseable each : new AutoCloseable[] {gateway, hearer, broker, press, meter}) {
            if (each != null) {
                each.close();
            }
        }
    }

    @Test
    void threeProtocolsInTwoOutAndAWriteFromTheCloudToTheCoil() throws Exception {
        takeTheRecipe();
        for (String device : List.of("press", "meter", "climate")) {
            await(device)
                    .atMost(PATIENCE)
                    .until(() -> states().getOrDefault(device, "").equals("ONLINE"));
        }
        await("the sensor's message").atMost(PATIENCE).until(() -> {
            publish("hall/climate", "{\"temperature\":21.5,\"humidity\":40}".getBytes());
            return !hearer.heard("spBv1.0/hall/DDATA/hall-3/climate").isEmpty()
                    || births("climate").stream().anyMatch(birth -> value(birth, "humidity") != null);
        });
        theCloudGetsSenml();
        theControlRoomGetsSparkplug();
        theCloudOpensTheValve();
        theControlRoomClosesTheValve();
        everythingBalances();
    }

    /** What the page says to type, in its order. */
    private void takeTheRecipe() throws Exception {
        Path files = Files.createDirectories(gateway.home().resolve("files/bridge"));
        try (Stream<Path> recipe = Files.list(RECIPE)) {
            for (Path each : recipe.toList()) {
                String text = Files.readString(each);
                for (Map.Entry<String, String> place : places.entrySet()) {
                    text = text.replace(place.getKey(), place.getValue());
                }
                Files.writeString(files.resolve(each.getFileName()), text);
            }
        }
        for (String driver : List.of("opcua", "modbus", "mqtt")) {
            Result installed = gateway.exec("driver:install", driver);
            assertThat(installed.status()).as(installed.toString()).isZero();
        }
        Result applied = gateway.exec("gateway:apply", "bridge", "confirm=5m");
        assertThat(applied.status()).as(applied.toString()).isZero();
        assertThat(gateway.exec("gateway:confirm").status()).isZero();
    }

    private void theCloudGetsSenml() {
        await("both streams as SenML").atMost(PATIENCE).untilAsserted(() -> {
            Map<String, Double> last = new TreeMap<>();
            for (Hearer.Heard each : hearer.heard("channels/hall-3/messages/")) {
                String base = "";
                for (JsonNode record : Message.json(each.text())) {
                    base = record.path("bn").asText(base);
                    if (record.has("v")) {
                        last.put(
                                base + record.path("n").asText(),
                                record.get("v").asDouble());
                    }
                }
            }
            assertThat(last).containsKeys("hall-3:hall-avg:press", "hall-3:press:temperature");
            assertThat(last.get("hall-3:hall-avg:power")).isEqualTo(12.5);
            assertThat(last.get("hall-3:press:temperature")).isBetween(60.0, 69.5);
        });
    }

    private void theControlRoomGetsSparkplug() {
        await("births").atMost(PATIENCE).untilAsserted(() -> {
            assertThat(hearer.heard("spBv1.0/hall/NBIRTH/hall-3")).isNotEmpty();
            assertThat(births("press")).isNotEmpty();
            assertThat(births("meter")).isNotEmpty();
            assertThat(hearer.heard("spBv1.0/hall/DDATA/hall-3/press")).isNotEmpty();
        });
        await("the meter's values").atMost(PATIENCE).untilAsserted(() -> {
            SparkplugBPayload birth = births("meter").get(0);
            assertThat(value(birth, "power")).isEqualTo(12.5);
            assertThat((Double) value(birth, "total")).isBetween(9876.49, 9876.51);
            assertThat(value(birth, "valve")).isEqualTo(false);
        });
    }

    private void theCloudOpensTheValve() throws Exception {
        Result written = gateway.launcher(
                "exec",
                "--via",
                "mqtt://127.0.0.1:" + broker.port(),
                "--gateway",
                "hall-3",
                "--timeout",
                "20s",
                "device:write",
                "meter",
                "valve",
                "on");
        assertThat(written.out()).as(written.toString()).isEqualTo("meter/valve = true\n");
        assertThat(meter.lines()).contains("coil 3 true");
        Result refused = gateway.launcher(
                "exec",
                "--via",
                "mqtt://127.0.0.1:" + broker.port(),
                "--gateway",
                "hall-3",
                "--timeout",
                "20s",
                "device:list");
        assertThat(refused.err()).startsWith("error: device:list: not allowed");
    }

    private void theControlRoomClosesTheValve() throws Exception {
        SparkplugBPayload command = new SparkplugBPayload(
                new Date(),
                List.of(new Metric.MetricBuilder("valve", MetricDataType.Boolean, false).createMetric()),
                null,
                null,
                null);
        publish("spBv1.0/hall/DCMD/hall-3/meter", new SparkplugBPayloadEncoder().getBytes(command, false));
        await("the coil").atMost(PATIENCE).until(() -> meter.lines().contains("coil 3 false"));
        // The line is written when the answer is there, a moment after the coil.
        await("the audit").atMost(PATIENCE).untilAsserted(() -> {
            List<JsonNode> audit = Files.readAllLines(gateway.home().resolve("var/log/audit.log")).stream()
                    .map(Message::json)
                    .filter(line -> line.path("command").asText().equals("device.write"))
                    .toList();
            assertThat(audit).extracting(line -> line.path("who").asText()).contains("cloud", "scada");
        });
    }

    private void everythingBalances() throws Exception {
        FlowTable table = new FlowTable(
                Message.json(gateway.exec("gateway:flow", "--json").out()));
        assertThat(table.imbalances()).isEmpty();
    }

    private Map<String, String> states() throws Exception {
        Map<String, String> states = new TreeMap<>();
        Message.json(gateway.exec("device:list", "--json").out())
                .forEach(device -> states.put(
                        device.get("name").asText(), device.get("state").asText()));
        return states;
    }

    private List<SparkplugBPayload> births(String device) throws Exception {
        return hearer.heard("spBv1.0/hall/DBIRTH/hall-3/" + device).stream()
                .map(each -> decoded(each.payload()))
                .toList();
    }

    private static SparkplugBPayload decoded(byte[] payload) {
        try {
            return new SparkplugBPayloadDecoder().buildFromByteArray(payload, null);
        } catch (Exception wrong) {
            throw new AssertionError("the reference implementation cannot read it", wrong);
        }
    }

    private static Object value(SparkplugBPayload payload, String metric) {
        return payload.getMetrics().stream()
                .filter(each -> metric.equals(each.getName()))
                .map(Metric::getValue)
                .findFirst()
                .orElse(null);
    }

    private void publish(String topic, byte[] payload) throws Exception {
        Path file = Files.write(folder.resolve("payload"), payload);
        Result sent = RunningGateway.run(new ProcessBuilder(
                "mosquitto_pub",
                "-h",
                "127.0.0.1",
                "-p",
                Integer.toString(broker.port()),
                "-q",
                "1",
                "-t",
                topic,
                "-f",
                file.toString()));
        assertThat(sent.status()).as(sent.toString()).isZero();
    }
}
