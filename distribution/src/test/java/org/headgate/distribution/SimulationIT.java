package org.headgate.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.headgate.distribution.RunningGateway.Result;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A site without its devices: mirrored ones, a recording, and faults by a script. */
class SimulationIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private RunningGateway gateway;

    @BeforeEach
    void prepare() throws IOException {
        gateway = new RunningGateway(folder.resolve("home"));
    }

    @AfterEach
    void end() throws Exception {
        gateway.close();
    }

    private void device(String name, String... lines) throws IOException {
        Path file = gateway.home().resolve("etc/headgate.device-" + name + ".cfg");
        Files.writeString(file, "driver = simulator\npoll = 100ms\n" + String.join("\n", lines) + "\n");
    }

    private JsonNode json(String... words) throws Exception {
        Result result = gateway.exec(words);
        assertThat(result.status()).as(result.toString()).isZero();
        return Message.json(result.out());
    }

    private String state(String device) throws Exception {
        for (JsonNode each : json("device:list", "--json")) {
            if (each.get("name").asText().equals(device)) {
                return each.get("state").asText();
            }
        }
        return "";
    }

    private void awaitState(String device, String state) {
        await(device + " " + state).atMost(PATIENCE).until(() -> state(device).equals(state));
    }

    @Test
    void playsARecordingMirrorsADeviceAndFailsByAScript() throws Exception {
        Files.createDirectories(gateway.home().resolve("files"));
        Files.writeString(gateway.home().resolve("files/day.jsonl"), """
                {"stream":"day","time":1000,"data":{"t":20.5,"valve":true}}
                {"stream":"day","time":"1970-01-01T00:00:01.500Z","data":{"t":21.5}}
                """);
        device("day", "address = recording:day.jsonl", "channel.t = holding/1 double", "channel.valve = coil/1 bool");
        device("torn", "address = recording:torn.jsonl", "channel.t = holding/1 double");
        Files.writeString(gateway.home().resolve("files/torn.jsonl"), "{\"stream\":\"torn\",\"time\":1,\n");
        device(
                "plc",
                "address = mirror",
                "channel.power = holding/100 double unit=kW",
                "channel.state = holding/101 string",
                "channel.valve = coil/3 bool access=rw");
        device("shaky", "timeout = 300ms", "faults = 0s bad level 2s; 2s timeout 1s; 3s refuse 1s; repeat 6s");
        gateway.start();
        awaitState("day", "ONLINE");
        awaitState("plc", "ONLINE");
        awaitState("torn", "INVALID");
        assertThat(gateway.exec("device:list").out()).contains("line 1: column ");

        Set<Double> seen = new HashSet<>();
        await("both rows").atMost(PATIENCE).until(() -> {
            seen.add(json("device:read", "day", "--json").at("/data/t").asDouble());
            return seen.size() == 2;
        });
        assertThat(seen).containsExactlyInAnyOrder(20.5, 21.5);

        assertThat(gateway.exec("device:write", "plc", "valve", "true").status())
                .isZero();
        JsonNode plc = json("device:read", "plc", "--json").get("data");
        assertThat(plc.get("valve").asBoolean()).isTrue();
        assertThat(plc.get("power").asDouble()).isBetween(0.0, 50.0);
        assertThat(plc.get("state").isTextual()).isTrue();

        for (String state : new String[] {"DEGRADED", "OFFLINE", "ONLINE", "DEGRADED", "OFFLINE"}) {
            awaitState("shaky", state);
            assertThat(state("plc")).as("a neighbour").isEqualTo("ONLINE");
        }
        assertThat(gateway.log()).doesNotContain(" ERROR ");
    }

    @Test
    void replacesDevicesThatAreNotThereUntilItIsSwitchedOff() throws Exception {
        Path etc = gateway.home().resolve("etc");
        Files.writeString(etc.resolve("headgate.device-meter.cfg"), """
                driver  = modbus
                address = tcp:192.0.2.1:502,unit=3
                poll    = 100ms
                channel.power = holding/100 int16 scale=0.1 unit=kW min=-5 max=40
                channel.valve = coil/3 bool access=rw
                """);
        Files.createDirectories(gateway.home().resolve("files"));
        Files.writeString(
                gateway.home().resolve("files/day.jsonl"),
                "{\"stream\":\"meter\",\"time\":1000,\"data\":{\"power\":12.5,\"valve\":false}}\n");
        gateway.start();
        awaitState("meter", "WAITING_FOR_DRIVER");

        assertThat(gateway.exec("gateway:simulate", "on", "meter").out())
                .isEqualTo("replaced by the simulator: meter\n");
        awaitState("meter", "ONLINE");
        assertThat(gateway.exec("device:list").out()).contains("modbus", "SIMULATED");
        assertThat(gateway.exec("gateway:status").out()).contains("1 SIMULATED");
        assertThat(gateway.exec("device:write", "meter", "valve", "true").status())
                .isZero();
        JsonNode made = json("device:read", "meter", "--json").get("data");
        assertThat(made.get("power").asDouble()).isBetween(-5.0, 40.0);
        assertThat(made.get("valve").asBoolean()).isTrue();

        assertThat(gateway.exec("gateway:simulate", "on", "recording=day.jsonl").status())
                .isZero();
        await("the recording").atMost(PATIENCE).until(() -> {
            JsonNode row =
                    json("device:list", "--json").size() == 1 && state("meter").equals("ONLINE")
                            ? Message.json(gateway.exec("device:read", "meter", "--json")
                                    .out())
                            : null;
            return row != null && row.at("/data/power").asDouble() == 12.5;
        });

        assertThat(gateway.exec("gateway:simulate", "off").status()).isZero();
        awaitState("meter", "WAITING_FOR_DRIVER");
        assertThat(gateway.exec("device:list").out()).doesNotContain("SIMULATED");
        assertThat(gateway.log()).doesNotContain(" ERROR ");
    }

    @Test
    void theWishToSimulateStandsInTheGatewaysFile() throws Exception {
        device("boiler");
        gateway.start();
        awaitState("boiler", "ONLINE");
        assertThat(gateway.exec("gateway:simulate", "on", "boiler").out())
                .isEqualTo("replaced by the simulator: boiler\n");
        Path file = gateway.home().resolve("etc/headgate.gateway.cfg");
        assertThat(file).content().contains("simulate = boiler\n");
        assertThat(json("gateway:simulate", "--json").at("/devices/0").asText()).isEqualTo("boiler");
        assertThat(gateway.execAs("operator", "gateway:simulate", "off").status())
                .as("an operator may not")
                .isNotZero();
        assertThat(gateway.exec("gateway:simulate", "off").status()).isZero();
        assertThat(file).content().doesNotContain("simulate");
        assertThat(gateway.log()).doesNotContain("a known key", " ERROR ");
    }
}
