package org.headgate.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.headgate.distribution.RunningGateway.Result;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway whose set-up has the mistakes that people make: each is named with what to do. One gateway for all tests. */
class DoctorIT {
    private static final String SECRET = "a-secret-that-nobody-sees";

    @TempDir
    static Path folder;

    private static RunningGateway gateway;
    private static int closed;

    @BeforeAll
    static void boot() throws Exception {
        gateway = new RunningGateway(folder.resolve("home"));
        closed = RunningGateway.freePort();
        Path main = gateway.home().resolve("etc/headgate.gateway.cfg");
        Files.writeString(main, Files.readString(main) + "id = gw-test\ndrivers = simulator, acme\n");
        configure("device_pump", "driver = simulator");
        configure("device-boiler", "driver = simulator", "poll = 0s");
        configure("device-meter", "driver = modbus", "address = rtu:/dev/ttyNoSuch,unit=1");
        configure("device-mixer", "driver = simulator");
        configure("rule-mixer", "sql = SELECT * FROM boiler");
        configure("uplink-cloud", "address = mqtt://127.0.0.1:" + closed, "streams = *");
        configure(
                "uplink-site", "address = mqtt://127.0.0.1:" + closed, "streams = *", "user = gw", "password = @unset");
        configure(
                "uplink-spare",
                "enabled = false",
                "address = mqtt://127.0.0.1:1",
                "streams = *",
                "user = gw",
                "password = @open");
        Path secrets = Files.createDirectories(gateway.home().resolve("secrets"));
        Files.writeString(secrets.resolve("open"), SECRET + "\n");
        Files.setPosixFilePermissions(secrets.resolve("open"), PosixFilePermissions.fromString("rw-r--r--"));
        gateway.start();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> gateway.exec("uplink:list", "--json").out().contains("\"OFFLINE\"")
                        && gateway.exec("device:list", "--json").out().contains("\"WAITING_FOR_DRIVER\"")
                        // The console comes last.
                        && gateway.exec("gateway:doctor", "ports").out().contains("console: listens on port"));
    }

    @AfterAll
    static void end() throws Exception {
        gateway.close();
    }

    private static void configure(String name, String... lines) throws IOException {
        Files.writeString(gateway.home().resolve("etc/headgate." + name + ".cfg"), String.join("\n", lines) + "\n");
    }

    @Test
    void eachMistakeIsNamedWithWhatToDo() throws Exception {
        Result result = gateway.execAs("viewer", "gateway:doctor", "--json");
        assertThat(result.status()).as(result.toString()).isEqualTo(1);
        JsonNode findings = Message.json(result.out());
        assertNamed(
                findings,
                "WARN",
                "",
                "headgate.device_pump.cfg",
                "mv -n etc/headgate.device_pump.cfg etc/headgate.device-pump.cfg");
        assertNamed(findings, "FAIL", "device boiler", "INVALID: poll: 0s", "device:set boiler poll=...");
        assertNamed(findings, "FAIL", "device meter", "driver modbus is not installed", "driver:install modbus");
        assertNamed(findings, "FAIL", "driver acme", "wanted, but not installed", "driver:install acme");
        assertNamed(findings, "FAIL", "/dev/ttyNoSuch", "is missing, and meter needs it", "/dev/serial/by-id");
        assertNamed(
                findings, "FAIL", "mixer", "a device and a rule have this name", "mv -n etc/headgate.rule-mixer.cfg");
        assertNamed(
                findings, "FAIL", "uplink cloud", "127.0.0.1:" + closed + " refuses", "uplink:set cloud address=...");
        assertNamed(findings, "FAIL", "@unset", "but not set", "secret:set unset");
        assertNamed(findings, "FAIL", "open", "others than its owner may use it", "chmod 600 ");
        List<String> checks = new ArrayList<>();
        findings.forEach(finding -> checks.add(finding.get("check").asText()));
        assertThat(checks).contains("clock", "disk", "process", "ports", "interfaces", "rules");
        assertThat(findings.toString()).doesNotContain("the check itself failed", "no answer within");
    }

    private static void assertNamed(JsonNode findings, String level, String subject, String text, String remedy) {
        assertThat(findings).as(subject + " in " + findings.toPrettyString()).anySatisfy(finding -> {
            assertThat(finding.get("level").asText()).isEqualTo(level);
            assertThat(finding.get("subject").asText()).isEqualTo(subject);
            assertThat(finding.get("text").asText()).contains(text);
            assertThat(finding.get("remedy").asText()).contains(remedy);
        });
    }

    @Test
    void aPersonReadsTheWorstFirstWithinAHundredColumns() throws Exception {
        Result result = gateway.exec("gateway:doctor");
        List<String> lines = result.out().lines().toList();
        assertThat(lines.get(0)).startsWith("FAIL     ");
        assertThat(lines.get(lines.size() - 1)).matches("FAIL \\d+, WARN \\d+, UNKNOWN \\d+, OK \\d+");
        assertThat(lines).allMatch(line -> line.length() <= 100);
        assertThat(gateway.exec("gateway:doctor", "ports").out()).contains("console: listens on port");
        assertThat(gateway.exec("gateway:doctor", "dsk").err()).contains("did you mean disk?");
    }

    @Test
    void theSupportFileOpensAndHoldsNoSecret() throws Exception {
        assertThat(gateway.execAs("operator", "gateway:support", "x.zip").status())
                .isIn(77, 127);
        Files.writeString(
                gateway.home().resolve("etc/headgate.uplink-spare.cfg"),
                "# password=" + SECRET + "\n"
                        + Files.readString(gateway.home().resolve("etc/headgate.uplink-spare.cfg")));
        // Into the log, as a program would that does not take care.
        gateway.exec("log:log", "connect failed: " + SECRET + " MQTT_PASSWORD=never-seen-before");
        Result result = gateway.exec("gateway:support", "trouble.zip");
        assertThat(result.status()).as(result.toString()).isZero();
        assertThat(gateway.exec("gateway:support", "trouble.zip").err()).contains("exists already");
        Path file = gateway.home().resolve("files/trouble.zip");
        assertThat(Files.size(file)).isLessThan(8 << 20);
        List<String> secrets = new ArrayList<>(List.of(SECRET, "never-seen-before"));
        for (String key : List.of("console.key", "host.key")) {
            Files.readString(gateway.home().resolve("secrets").resolve(key), StandardCharsets.ISO_8859_1)
                    .lines()
                    .filter(line -> line.length() > 16 && !line.startsWith("-----"))
                    .forEach(secrets::add);
        }
        secrets.add(Files.readString(gateway.home().resolve("var/run/exec-admin"))
                .strip()
                .split(" ")[1]);
        List<String> names = new ArrayList<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : zip.stream().map(ZipEntry.class::cast).toList()) {
                names.add(entry.getName());
                try (InputStream content = zip.getInputStream(entry)) {
                    String text = new String(content.readAllBytes(), StandardCharsets.UTF_8);
                    assertThat(text).as(entry.getName()).doesNotContain(secrets.toArray(String[]::new));
                }
            }
        }
        assertThat(names)
                .contains(
                        "machine.json",
                        "doctor.json",
                        "status.json",
                        "flow.json",
                        "devices.json",
                        "uplinks.json",
                        "rules.json",
                        "diagnostics.json",
                        "etc/headgate.uplink-spare.cfg",
                        "log/headgate.log",
                        "CONTENTS.txt");
    }

    @Test
    void diagnosticsTellOfNowAtOnceAndGoIntoAFile() throws Exception {
        Result result = gateway.execAs("viewer", "gateway:diagnostics", "--for", "1h", "--json");
        assertThat(result.status()).as(result.toString()).isZero();
        JsonNode samples = Message.json(result.out()).get("samples");
        JsonNode now = samples.get(samples.size() - 1);
        assertThat(now.get("rss").asLong()).isBetween(20L << 20, 2L << 30);
        assertThat(now.get("memoryAvailable").asLong()).isPositive();
        assertThat(now.get("diskFree").asLong()).isPositive();
        assertThat(gateway.exec("gateway:diagnostics").out()).contains("FROM (UTC)", "and one of now");
        assertThat(gateway.exec("gateway:diagnostics", "--csv", "now.csv").out())
                .contains("files/now.csv");
        assertThat(gateway.home().resolve("files/now.csv")).content().startsWith("time,clock_set,boot,");
    }
}
