package org.headgate.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.headgate.distribution.RunningGateway.Result;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may have what done, what is written down of it, and what the gateway tells of itself. One gateway for all tests. */
class CommandIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int BURST = 6;

    @TempDir
    static Path folder;

    private static RunningGateway gateway;

    @BeforeAll
    static void boot() throws Exception {
        gateway = new RunningGateway(folder.resolve("home"));
        Path main = gateway.home().resolve("etc/headgate.gateway.cfg");
        Files.writeString(main, Files.readString(main) + "command.rate = 1/h\ncommand.burst = " + BURST + "\n");
        for (String device : List.of("boiler", "flooded", "other")) {
            configure("device-" + device, "driver = simulator", "poll = 100ms");
        }
        configure("rule-link-changes", "sql = SELECT * FROM `gateway-events` WHERE kind = 'UPLINK'");
        gateway.start();
        await().atMost(PATIENCE)
                .until(() -> gateway.exec("device:list", "--json").out().split("\"ONLINE\"").length == 4);
    }

    @AfterAll
    static void end() throws Exception {
        gateway.close();
    }

    private static void configure(String name, String... lines) throws IOException {
        Files.writeString(gateway.home().resolve("etc/headgate." + name + ".cfg"), String.join("\n", lines) + "\n");
    }

    @Test
    void eachWriteHasOneLineInTheAuditLogWithWhoFromWhereWhatAndWhatBecameOfIt() throws Exception {
        int before = audit().size();
        Instant began = Instant.now().minusSeconds(1);
        Result done = gateway.exec("device:write", "boiler", "pump", "on", "--json");
        assertThat(done.status()).as(done.toString()).isZero();
        assertThat(gateway.execAs("operator", "device:write", "boiler", "temperature", "1")
                        .status())
                .isEqualTo(1);
        // A value that would like to be a line of its own.
        String forged = "on\n{\"result\":\"DONE\"}\u001b[2K";
        assertThat(gateway.exec("device:write", "boiler", "pump", forged).status())
                .isEqualTo(1);
        assertThat(gateway.exec("device:write", "nosuch", "pump", "on").status())
                .isEqualTo(1);

        List<JsonNode> lines = audit().subList(before, audit().size());
        assertThat(lines).hasSize(4).allSatisfy(line -> {
            assertThat(line.fieldNames())
                    .toIterable()
                    .containsExactly("time", "id", "from", "who", "command", "arguments", "result", "message");
            assertThat(Instant.parse(line.get("time").asText())).isBetween(began, Instant.now());
            assertThat(line.get("id").asText()).matches("[0-9a-f]{32}");
            assertThat(line.get("from").asText()).isEqualTo("console");
            assertThat(line.get("command").asText()).isEqualTo("device.write");
        });
        assertThat(lines)
                .extracting(line -> line.get("who").asText())
                .containsExactly("admin", "operator", "admin", "admin");
        assertThat(lines)
                .extracting(line -> line.get("result").asText())
                .containsExactly("DONE", "REFUSED", "REFUSED", "REFUSED");
        assertThat(lines.get(0).get("id")).isEqualTo(Message.json(done.out()).get("id"));
        assertThat(lines.get(0).get("arguments").toString())
                .isEqualTo("{\"channel\":\"pump\",\"device\":\"boiler\",\"value\":\"on\"}");
        assertThat(lines.get(1).get("message").asText()).contains("temperature is read-only");
        assertThat(lines.get(2).get("arguments").get("value").asText()).isEqualTo(forged);
        assertThat(lines.get(3).get("message").asText()).contains("nosuch");

        Path log = gateway.home().resolve("var/log/audit.log");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log)))
                .isEqualTo("rw-------");
        assertThat(gateway.log()).doesNotContain("device.write");
    }

    @Test
    void aFloodForOneDeviceIsRefusedWrittenDownAndStarvesNoOther() throws Exception {
        int before = audit().size();
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < BURST + 3; i++) {
            statuses.add(gateway.exec("device:write", "flooded", "setpoint", Integer.toString(40 + i))
                    .status());
        }
        assertThat(statuses.subList(0, BURST)).containsOnly(0);
        assertThat(statuses.subList(BURST, BURST + 3)).containsOnly(1);
        Result refused = gateway.exec("device:write", "flooded", "pump", "on");
        assertThat(refused.err()).startsWith("error: too many commands: at most 1/h after a burst of " + BURST);
        assertThat(gateway.exec("device:write", "other", "pump", "on").status()).isZero();

        List<JsonNode> lines = audit().subList(before, audit().size());
        assertThat(lines).hasSize(BURST + 5);
        assertThat(lines.stream().filter(line -> line.get("result").asText().equals("REFUSED")))
                .hasSize(4);
        // Nobody takes the limits for keys that he does not know.
        assertThat(gateway.log()).doesNotContain("command.rate", "command.burst");
    }

    @Test
    void anUplinkOrADeviceThatChangesItsStateIsAnEventThatIsWatchedAndSelected() throws Exception {
        try (Watch watch = new Watch("gateway-events", "link-changes")) {
            String nobody = "address = mqtt://127.0.0.1:" + RunningGateway.freePort();
            configure("uplink-cloud", nobody, "streams = nothing", "timeout = 1s");
            watch.await(row -> is(row, "UPLINK", "cloud", "OFFLINE"));
            configure("uplink-cloud", nobody, "streams = nothing", "timeout = 1s", "enabled = false");
            watch.await(row -> is(row, "UPLINK", "cloud", "DISABLED"));
            configure("device-other", "driver = simulator", "enabled = false");
            watch.await(row -> is(row, "DEVICE", "other", "DISABLED"));
            configure("device-other", "driver = simulator", "faults = 0s refuse 1h");
            watch.await(row -> is(row, "DEVICE", "other", "OFFLINE"));
            configure("device-other", "driver = simulator", "poll = 100ms");
            watch.await(row -> is(row, "DEVICE", "other", "ONLINE"));
            watch.await(
                    row -> row.get("stream").asText().equals("link-changes") && is(row, "UPLINK", "cloud", "DISABLED"));
            JsonNode offline = watch.await(row -> is(row, "UPLINK", "cloud", "OFFLINE"));
            assertThat(offline.get("data").fieldNames())
                    .toIterable()
                    .containsExactly("kind", "source", "state", "detail", "count");
            assertThat(offline.get("data").get("detail").asText()).isNotBlank();
            assertThat(offline.get("data").get("count").asInt()).isEqualTo(1);
        }
        FlowTable table = new FlowTable(
                Message.json(gateway.exec("gateway:flow", "--json").out()));
        assertThat(table.imbalances()).isEmpty();
        assertThat(table.count("gateway", "gateway-events", "emitted"))
                .isEqualTo(table.count("gateway", "gateway-events", "in"))
                .isPositive();
        assertThat(table.count("gateway-events", "rules", "passed")).isPositive();
    }

    @Test
    void whoeverIsRefusedIsAnEvent() throws Exception {
        try (Watch watch = new Watch("gateway-events")) {
            int port = Integer.parseInt(Files.readString(gateway.home().resolve("var/run/exec-viewer"))
                    .split(" ")[0]);
            try (Socket liar = new Socket(InetAddress.getLoopbackAddress(), port)) {
                liar.getOutputStream().write("wrong\0001\000gateway:version\0".getBytes(StandardCharsets.UTF_8));
                liar.getInputStream().readAllBytes();
            }
            assertThat(detail(watch.await(row -> is(row, "SECURITY", "unknown", "refused"))))
                    .isEqualTo("exec from 127.0.0.1: wrong token");

            assertThat(gateway.execAs("viewer", "device:write", "boiler", "pump", "on")
                            .status())
                    .isIn(77, 127);
            assertThat(detail(watch.await(row -> is(row, "SECURITY", "viewer", "refused")
                            && detail(row).contains("write"))))
                    .isEqualTo("exec from 127.0.0.1: device:write: not allowed with this role");

            // A typing error is none.
            assertThat(gateway.execAs("operator", "device:wirte").status()).isEqualTo(127);
            assertThat(gateway.execAs("operator", "bundle:list").status()).isIn(77, 127);
            assertThat(detail(watch.await(row -> is(row, "SECURITY", "operator", "refused"))))
                    .isEqualTo("exec from 127.0.0.1: bundle:list: not allowed with this role");
        }
    }

    @Test
    void aKeyThatDoesNotFitIsAnEvent() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/ssh-keygen")), "ssh-keygen is missing");
        Path key = folder.resolve("stranger");
        RunningGateway.run(new ProcessBuilder(
                "/usr/bin/ssh-keygen", "-q", "-t", "rsa", "-b", "2048", "-N", "", "-f", key.toString()));
        try (Watch watch = new Watch("gateway-events")) {
            Result refused = RunningGateway.run(new ProcessBuilder(
                    "/usr/bin/ssh",
                    "-F",
                    "/dev/null",
                    "-p",
                    Integer.toString(gateway.consolePort()),
                    "-i",
                    key.toString(),
                    "-o",
                    "IdentitiesOnly=yes",
                    "-o",
                    "StrictHostKeyChecking=no",
                    "-o",
                    "UserKnownHostsFile=/dev/null",
                    "-o",
                    "BatchMode=yes",
                    "-o",
                    "ConnectionAttempts=20",
                    "admin@127.0.0.1",
                    "gateway:version"));
            assertThat(refused.status()).as(refused.toString()).isEqualTo(255);
            assertThat(detail(watch.await(row -> is(row, "SECURITY", "admin", "refused"))))
                    .startsWith("ssh from 127.0.0.1:")
                    .endsWith(": no such user, or not this key");
        }
    }

    private static boolean is(JsonNode row, String kind, String source, String state) {
        JsonNode data = row.get("data");
        return data.get("kind").asText().equals(kind)
                && data.get("source").asText().equals(source)
                && data.get("state").asText().equals(state);
    }

    private static String detail(JsonNode row) {
        return row.get("data").get("detail").asText();
    }

    /** The lines of commands; events, of whatever else happens meanwhile, have other ones. */
    private static List<JsonNode> audit() throws IOException {
        Path log = gateway.home().resolve("var/log/audit.log");
        return Files.exists(log)
                ? Files.readAllLines(log).stream()
                        .map(Message::json)
                        .filter(line -> line.has("command"))
                        .toList()
                : List.of();
    }

    /** {@code stream:watch --json} beside the test. */
    private static final class Watch implements AutoCloseable {
        private final Path seen;
        private final Process process;

        Watch(String... streams) throws IOException {
            seen = Files.createTempFile(folder, "watch", ".jsonl");
            List<String> words = new ArrayList<>(List.of("exec", "stream:watch"));
            words.addAll(List.of(streams));
            words.add("--json");
            process = gateway.background(seen, words.toArray(String[]::new));
            // Subscribed, once an event is seen that this causes: a viewer may not list features.
            Awaitility.await().atMost(PATIENCE).until(() -> {
                gateway.execAs("viewer", "feature:list");
                return Files.size(seen) > 0;
            });
        }

        JsonNode await(Predicate<JsonNode> wanted) {
            return Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> rows().stream().filter(wanted).findFirst().orElse(null), row -> row != null);
        }

        private List<JsonNode> rows() throws IOException {
            String text = Files.readString(seen);
            // The last line may be half written.
            return text.substring(0, text.lastIndexOf('\n') + 1)
                    .lines()
                    .map(Message::json)
                    .toList();
        }

        @Override
        public void close() throws InterruptedException {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
    }
}
