package org.headgate.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.headgate.distribution.RunningGateway.Result;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A device that posts to a gateway of which HTTP is no part until somebody installs it. */
class HttpIT {
    private static final Path CURL = Path.of("/usr/bin/curl");
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private RunningGateway gateway;
    private int port;

    @BeforeEach
    void prepare() throws IOException {
        Assumptions.assumeTrue(Files.isExecutable(CURL), "curl is not installed: sudo apt-get install curl");
        gateway = new RunningGateway(folder.resolve("home"));
        port = RunningGateway.freePort();
        etc("http", "listen = 127.0.0.1:" + port);
        Path secrets = Files.createDirectories(gateway.home().resolve("secrets"));
        Files.setPosixFilePermissions(secrets, PosixFilePermissions.fromString("rwx------"));
        Path token = Files.writeString(secrets.resolve("meter-token"), "s3cret");
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
    }

    @AfterEach
    void end() throws InterruptedException {
        gateway.close();
    }

    @Test
    void whatADevicePostsIsARowAndARemovedDriverLeavesNoPort() throws Exception {
        start();
        List<String> core = bundles();
        TreeSet<String> ports = listening();
        long memory = pss();
        run("driver:install", "http");
        assertThat(listening()).as("before anything listens").isEqualTo(ports);
        etc(
                "device-meter",
                "driver = http",
                "listen = in",
                "token = @meter-token",
                "channel.power = /power double unit=kW",
                "channel.state = /state string");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(post("s3cret", "{\"power\":1.5,\"state\":\"on\"}"))
                        .isEqualTo("204"));
        assertThat(listening())
                .containsAll(ports)
                .hasSize(ports.size() + 1)
                .allMatch(place -> place.startsWith("0100007F:"));
        assertThat(listening()).contains("0100007F:" + hex(port));
        assertThat(post("wrong", "{\"power\":99}")).isEqualTo("401");
        assertThat(post("s3cret", "{\"power\":")).isEqualTo("400");
        for (int i = 1; i <= 20; i++) {
            assertThat(post("s3cret", "{\"power\":" + i + ",\"state\":\"on\"}")).isEqualTo("204");
        }
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(Message.json(run("device:read", "meter", "--json"))
                                .path("data")
                                .path("power")
                                .asDouble())
                        .isEqualTo(20));
        FlowTable flow = new FlowTable(Message.json(run("gateway:flow", "--json")));
        assertThat(flow.imbalances()).isEmpty();
        assertThat(flow.count("driver:http", "meter", "emitted")).isGreaterThanOrEqualTo(21);
        System.out.println("PSS in KiB without and with HTTP listening: " + memory + ", " + pss());

        run("driver:remove", "http");
        await().atMost(SOON).untilAsserted(() -> assertThat(listening()).isEqualTo(ports));
        assertThat(bundles()).isEqualTo(core);
        assertThat(gateway.log()).doesNotContain(" ERROR ");
    }

    @Test
    void aGatewayThatStartsWithItListensWhereItIsToldOnly() throws Exception {
        start();
        TreeSet<String> ports = listening();
        etc("device-meter", "driver = http", "listen = in", "token = @meter-token", "channel.power = /power double");
        run("driver:install", "http");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(post("s3cret", "{\"power\":1}")).isEqualTo("204"));
        gateway.kill();
        start();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(post("s3cret", "{\"power\":2}")).isEqualTo("204"));
        assertThat(listening()).hasSize(ports.size() + 1).contains("0100007F:" + hex(port));
        int before = port;
        port = RunningGateway.freePort();
        etc("http", "listen = 127.0.0.1:" + port);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(post("s3cret", "{\"power\":3}")).isEqualTo("204"));
        assertThat(listening()).contains("0100007F:" + hex(port)).doesNotContain("0100007F:" + hex(before));
        assertThat(gateway.log()).doesNotContain(" ERROR ");
    }

    /** SSH comes last, after the first command is taken. */
    private void start() throws Exception {
        gateway.start();
        gateway.awaitBundles();
        await().atMost(SOON).until(() -> listening().contains("0100007F:" + hex(gateway.consolePort())));
    }

    private void etc(String name, String... lines) throws IOException {
        Files.writeString(gateway.home().resolve("etc/headgate." + name + ".cfg"), String.join("\n", lines) + "\n");
    }

    private String run(String... words) throws Exception {
        Result result = gateway.exec(words);
        assertThat(result.status()).as(result.toString()).isZero();
        return result.out();
    }

    private List<String> bundles() throws Exception {
        return run("bundle:list", "-t", "0", "-s", "--no-format")
                .lines()
                .skip(1)
                .toList();
    }

    /** The status that curl shows; 000 where nobody listens. */
    private String post(String token, String body) throws Exception {
        Process curl = new ProcessBuilder(
                        CURL.toString(),
                        "-s",
                        "-o",
                        "/dev/null",
                        "-w",
                        "%{http_code}",
                        "--max-time",
                        "10",
                        "-H",
                        "Authorization: Bearer " + token,
                        "-d",
                        body,
                        "http://127.0.0.1:" + port + "/in/meter")
                .redirectErrorStream(true)
                .start();
        String said = new String(curl.getInputStream().readAllBytes());
        assertThat(curl.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return said;
    }

    /** Where the gateway's process listens, as the kernel writes it: of any address, not of the loopback interface alone. */
    private TreeSet<String> listening() throws IOException {
        TreeSet<String> own = new TreeSet<>();
        TreeSet<String> places = new TreeSet<>();
        try (var files = Files.list(Path.of("/proc/" + gateway.pid() + "/fd"))) {
            for (Path file : files.toList()) {
                try {
                    own.add(Files.readSymbolicLink(file).toString());
                } catch (IOException closedMeanwhile) {
                    continue;
                }
            }
        }
        for (String table : List.of("tcp", "tcp6")) {
            for (String line : Files.readAllLines(Path.of("/proc/net/" + table))) {
                String[] words = line.strip().split("\\s+");
                if (words.length > 9 && words[3].equals("0A") && own.contains("socket:[" + words[9] + "]")) {
                    // Java's sockets are of version 6; addresses of version 4 stand in their last word.
                    places.add(words[1].replaceFirst("^0{16}FFFF0000", ""));
                }
            }
        }
        return places;
    }

    private static String hex(int number) {
        return HexFormat.of().withUpperCase().toHexDigits((short) number);
    }

    private long pss() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + gateway.pid() + "/smaps_rollup")).stream()
                .filter(line -> line.startsWith("Pss:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }
}
