package org.headgate.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.headgate.distribution.RunningGateway.Result;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs as devices: the recipe with a Wi-Fi scan and a position, and what programs do that are not well. */
class ProcessIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

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

    /** A program that says a line again and again, beside whatever it does before the first time. */
    private Path program(String name, String pause, String line, String first) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(folder.resolve(name + ".line"), line + "\n");
        Files.writeString(
                file,
                "#!/bin/bash\necho $$ > '" + file + ".pid'\n" + first + "\nwhile read -r line < '" + file
                        + ".line'; do\n  echo \"$line\"\n  sleep " + pause + "\ndone\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void say(String program, String line) throws IOException {
        Path next = folder.resolve(program + ".next");
        Files.writeString(next, line + "\n");
        Files.move(next, folder.resolve(program + ".line"), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }

    private ProcessHandle running(String program) throws IOException {
        long pid = Long.parseLong(
                Files.readString(folder.resolve(program + ".pid")).strip());
        return ProcessHandle.of(pid).orElseThrow(() -> new IllegalStateException(program + " does not run"));
    }

    private void configure(String name, String... lines) throws IOException {
        Files.writeString(gateway.home().resolve("etc/headgate." + name + ".cfg"), String.join("\n", lines) + "\n");
    }

    private JsonNode json(String... words) throws Exception {
        Result result = gateway.exec(words);
        assertThat(result.status()).as(result.toString()).isZero();
        return Message.json(result.out());
    }

    private JsonNode device(String name) throws Exception {
        for (JsonNode each : json("device:list", "--json")) {
            if (each.get("name").asText().equals(name)) {
                return each;
            }
        }
        throw new AssertionError("no device " + name);
    }

    private void awaitState(String name, String state, String detail) {
        await(name + " " + state).atMost(PATIENCE).untilAsserted(() -> {
            assertThat(device(name).get("state").asText()).isEqualTo(state);
            assertThat(device(name).toString()).contains(detail);
        });
    }

    private void assertFlowBalances() throws Exception {
        assertThat(new FlowTable(json("gateway:flow", "--json")).imbalances()).isEmpty();
    }

    @Test
    void aScanIsJoinedWithAPositionWhateverProgramsDo() throws Exception {
        Path main = gateway.home().resolve("etc/headgate.gateway.cfg");
        Files.writeString(main, Files.readString(main) + "drivers = process\n");
        Path wifi = program(
                "wifi",
                "0.5",
                "[{\"bssid\":\"02-00\",\"ssid\":\"hall\",\"signal\":61},{\"bssid\":\"02-01\",\"ssid\":\"yard\",\"signal\":40}]",
                "echo 'scan begins' >&2");
        Path gps = program("gps", "0.1", "{\"lat\":50.0,\"lon\":8.5}", "");
        configure(
                "device-wifi",
                "driver = process",
                "command = " + wifi,
                "silence = 20s",
                "memory = 256MiB",
                "channel.bssid = /bssid string",
                "channel.ssid = /ssid string",
                "channel.signal = /signal double unit=%",
                "channel.refused = count/refused long");
        configure(
                "device-gps",
                "driver = process",
                "command = " + gps,
                "channel.latitude = /lat double unit=deg",
                "channel.longitude = /lon double unit=deg");
        configure("device-flood", "driver = process", "command = /usr/bin/yes '{\"v\":1}'", "channel.v = /v long");
        configure(
                "device-hog",
                "driver = process",
                "command = /usr/bin/tail /dev/zero",
                "memory = 64MiB",
                "channel.v = text");
        configure(
                "rule-wifi-position",
                "sql = SELECT wifi.bssid AS bssid, max(wifi.signal) AS signal, avg(gps.latitude) AS latitude, avg(gps.longitude) AS"
                        + " longitude FROM wifi CROSS JOIN gps WHERE wifi.signal > 0 GROUP BY wifi.bssid, TUMBLINGWINDOW(ss, 1)");
        gateway.start();
        awaitState("wifi", "ONLINE", "");
        awaitState("gps", "ONLINE", "");

        assertNetworksHavePositions();
        assertThat(gateway.log()).contains("wifi: scan begins");

        // Somebody kills it: it is started again.
        ProcessHandle first = running("wifi");
        first.destroyForcibly();
        await("another one")
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> running("wifi").pid() != first.pid());
        awaitState("wifi", "ONLINE", "");
        assertThat(gateway.exec("device:info", "wifi").out())
                .contains("the program was ended by signal 9: scan begins");

        // Nonsense: counted, and neither the program nor the others notice.
        ProcessHandle second = running("wifi");
        say("wifi", "[{\"bssid\":");
        awaitState("wifi", "DEGRADED", "refused");
        assertThat(json("device:read", "wifi", "--json").at("/data/refused").asLong())
                .isPositive();
        say("wifi", "[{\"bssid\":\"02-00\",\"signal\":61},{\"bssid\":\"02-01\",\"signal\":40}]");
        awaitState("wifi", "ONLINE", "");
        assertThat(running("wifi").pid()).isEqualTo(second.pid());

        // A flood is held back, and one that takes all memory gets no more than it may.
        awaitState("flood", "ONLINE", "");
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(gateway.exec("device:info", "hog").out())
                                .containsPattern("memory exhausted|signal 9"));
        assertNetworksHavePositions();
        assertFlowBalances();

        // What the gateway has started ends with it, also when it has no time to say so.
        List<ProcessHandle> programs = List.of(running("wifi"), running("gps"));
        gateway.kill();
        await().atMost(PATIENCE).until(() -> programs.stream().noneMatch(ProcessHandle::isAlive));
    }

    private void assertNetworksHavePositions() throws Exception {
        Result rows = gateway.exec("stream:watch", "wifi-position", "--count", "4", "--for", "20s", "--json");
        assertThat(rows.out().lines()).as(rows.toString()).hasSize(4).allSatisfy(line -> {
            JsonNode row = Message.json(line).get("data");
            assertThat(row.get("bssid").asText()).matches("02-0[01]");
            assertThat(row.get("signal").asDouble())
                    .isEqualTo(row.get("bssid").asText().equals("02-00") ? 61 : 40);
            assertThat(row.get("latitude").asDouble()).isEqualTo(50.0);
            assertThat(row.get("longitude").asDouble()).isEqualTo(8.5);
        });
    }
}
