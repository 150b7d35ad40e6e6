package org.headgate.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.headgate.distribution.RunningGateway.Result;

/** A gateway with its cloud: a broker and a consumer behind it. Close it in {@code @AfterEach}. */
final class Site implements AutoCloseable {
    /** Longer outages, more kills and a heavier load, on request: {@code -Dheadgate.long=true}. */
    static final boolean LONG = Boolean.getBoolean("headgate.long");

    static final String ID = "gw-test";
    private static final Duration PATIENCE = Duration.ofSeconds(LONG ? 60 : 20);

    final RunningGateway gateway;
    final Mosquitto broker;
    final Subscriber subscriber;

    /** Nothing runs yet; the gateway has an uplink to the broker for all streams, and nothing else. */
    Site(Path folder) throws IOException {
        gateway = new RunningGateway(folder.resolve("home"));
        Path main = gateway.home().resolve("etc/headgate.gateway.cfg");
        Files.writeString(main, Files.readString(main) + "id = " + ID + "\n");
        broker = new Mosquitto(folder.resolve("broker"));
        subscriber = new Subscriber(folder.resolve("messages"), broker.port());
        configure("uplink-cloud", "address = " + address(), "streams = *");
    }

    /** Starts the broker, the subscriber, and when they are there the gateway. */
    void start() throws IOException, InterruptedException {
        Mosquitto.require();
        broker.start();
        subscriber.start();
        startGateway();
    }

    /** Starts the gateway, and returns when its uplink has been configured. */
    void startGateway() throws IOException, InterruptedException {
        gateway.start();
        // The console answers before the last bundle has started.
        await("the uplink")
                .atMost(PATIENCE)
                .until(() -> gateway.exec("uplink:list", "--json").out().contains("\"name\":\"cloud\""));
    }

    String address() {
        return "mqtt://127.0.0.1:" + broker.port();
    }

    /** Writes {@code headgate.NAME.cfg}. */
    void configure(String name, String... lines) throws IOException {
        Files.writeString(file(name), String.join("\n", lines) + "\n");
    }

    Path file(String name) {
        return gateway.home().resolve("etc/headgate." + name + ".cfg");
    }

    /** A load: a hundred rows a second (a thousand in a long run), from which rules make a window a second and the moves of a value. */
    void configureLoad() throws IOException {
        configure("uplink-cloud", "address = " + address(), "streams = *", "time.unit = ns");
        configure("device-boiler", "driver = simulator", "poll = 10ms");
        for (int more = 0; more < (LONG ? 10 : 0); more++) {
            configure("device-boiler-" + more, "driver = simulator", "poll = 10ms");
        }
        configure("device-host", "driver = host", "poll = 200ms");
        configure(
                "rule-average",
                "sql = SELECT avg(temperature) AS t, count(*) AS n FROM boiler GROUP BY TUMBLINGWINDOW(ss, 1)");
        configure("rule-moves", "sql = SELECT temperature FROM boiler WHERE deadband(temperature, 0.5)");
    }

    /** Switches a device on or off in its file; returns how long it took until the gateway had done so. */
    Duration enable(String device, boolean on) throws Exception {
        Path file = file("device-" + device);
        String text = Files.readString(file).replaceAll("enabled = .*\n", "");
        Files.writeString(file, text + "enabled = " + on + "\n");
        long began = System.nanoTime();
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> state("device:list", device).equals("DISABLED") != on);
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /** What a command says with {@code --json}. */
    JsonNode json(String command) throws IOException, InterruptedException {
        Result result = gateway.exec(command, "--json");
        assertThat(result.out()).as(result.toString()).isNotBlank();
        return Message.json(result.out());
    }

    /** One member of an instance in a list of them; an empty text where there is none. */
    String field(String command, String instance, String member) throws IOException, InterruptedException {
        for (JsonNode each : json(command)) {
            if (each.path("name").asText(each.path("uplink").asText()).equals(instance)) {
                return each.get(member).asText();
            }
        }
        return "";
    }

    String state(String command, String instance) throws IOException, InterruptedException {
        return field(command, instance, "state");
    }

    Map<String, String> deviceStates() throws IOException, InterruptedException {
        Map<String, String> states = new TreeMap<>();
        json("device:list")
                .forEach(device -> states.put(
                        device.get("name").asText(), device.get("state").asText()));
        return states;
    }

    void awaitState(String command, String instance, String... states) {
        await(instance + " " + String.join(" or ", states))
                .atMost(PATIENCE)
                .until(() -> Set.of(states).contains(state(command, instance)));
    }

    FlowTable flow() throws IOException, InterruptedException {
        return new FlowTable(json("gateway:flow"));
    }

    /** Waits until that many more rows have arrived upstream. */
    void awaitArrivals(long more) throws IOException {
        long before = subscriber.arrivals().rows();
        await("rows upstream")
                .atMost(PATIENCE)
                .until(() -> subscriber.arrivals().rows() >= before + more);
    }

    /** Switches all devices off and waits until no row is on its way any more; the table at rest. */
    FlowTable rest() throws Exception {
        for (String device : deviceStates().keySet()) {
            enable(device, false);
        }
        await("rest").atMost(PATIENCE).until(() -> {
            FlowTable table = flow();
            return table.queued() == 0 && table.sameAs(flow());
        });
        FlowTable table = flow();
        assertThat(table.imbalances()).isEmpty();
        assertThat(table.mismatches()).isEmpty();
        return table;
    }

    @Override
    public void close() throws Exception {
        try (broker;
                subscriber) {
            gateway.close();
        }
    }
}
