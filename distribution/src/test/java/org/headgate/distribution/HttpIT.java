package org.headgate.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import org.headgate.distribution.RunningGateway.Result;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A device that posts to a gateway of which HTTP is no part until somebody installs it. */
class HttpIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private RunningGateway gateway;
    private int port;

    @BeforeEach
    void prepare() throws IOException {
        Curl.assumeInstalled();
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
        nothingElseIsThereAndNobodySaysWhatServerThisIs();
        idleConnectionsKeepNoDeviceOut();

        run("driver:remove", "http");
        await().atMost(SOON).untilAsserted(() -> assertThat(listening()).isEqualTo(ports));
        assertThat(bundles()).isEqualTo(core);
        assertThat(gateway.log()).doesNotContain(" ERROR ");
    }

    private void nothingElseIsThereAndNobodySaysWhatServerThisIs() throws Exception {
        for (String[] request : new String[][] {
            {"GET", "/", "404"},
            {"POST", "/other", "404"},
            {"TRACE", "/x", "404"},
            {"PUT", "/in/meter", "401"},
            {"GET", "/in/%2e%2e%2fx", "400"}
        }) {
            String answer = Curl.run("-i", "--path-as-is", "-X", request[0], "http://127.0.0.1:" + port + request[1]);
            assertThat(answer).as(String.join(" ", request)).startsWith("HTTP/1.1 " + request[2] + " ");
            assertThat(answer).doesNotContainIgnoringCase("jetty").doesNotContain("<", "Server:", "Set-Cookie");
        }
    }

    /** What a stranger on this port can take of the process: connections, and so descriptors, and no threads. */
    private void idleConnectionsKeepNoDeviceOut() throws Exception {
        int descriptors = descriptors();
        int threads = threads();
        List<Socket> flood = new ArrayList<>();
        try {
            for (int i = 0; i < 300; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                flood.add(socket);
                if (i % 2 == 0) {
                    socket.getOutputStream().write("POST /in/meter HTTP/1.1\r\nX-Slow: ".getBytes());
                }
            }
            for (int i = 1; i <= 20; i++) {
                assertThat(post("s3cret", "{\"power\":" + i + "}")).isEqualTo("204");
            }
            await().atMost(SOON).untilAsserted(() -> assertThat(descriptors()).isLessThan(descriptors + 120));
            assertThat(threads()).isLessThan(threads + 10);
            assertThat(run("gateway:version")).isNotBlank();
        } finally {
            for (Socket socket : flood) {
                socket.close();
            }
        }
        await().atMost(SOON).untilAsserted(() -> assertThat(descriptors()).isLessThan(descriptors + 20));
        assertThat(gateway.log()).contains("more than 100 were open").doesNotContain(" ERROR ");
    }

    @Test
    void overTlsADevicePostsToWhomItTrustsAndWithoutAKeyNothingListens() throws Exception {
        Path openssl = Path.of("/usr/bin/openssl");
        Assumptions.assumeTrue(Files.isExecutable(openssl), "openssl is not installed: sudo apt-get install openssl");
        Path files = Files.createDirectories(gateway.home().resolve("files"));
        Path certificate = files.resolve("server.pem");
        Path key = files.resolve("server.key");
        String request = openssl + " req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=gateway"
                + " -addext subjectAltName=IP:127.0.0.1 -days 30 -out " + certificate + " -keyout " + key;
        assertThat(Curl.output(request.split(" "))).doesNotContain("rror");
        String good = Files.readString(key);
        Files.writeString(key, good.replace("\nM", "\nN"));
        etc("http", "listen = 127.0.0.1:" + port, "tls.certificate = server.pem", "tls.key = server.key");
        start();
        TreeSet<String> ports = listening();
        run("driver:install", "http");
        etc("device-meter", "driver = http", "listen = in", "token = @meter-token", "channel.power = /power double");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(run("device:info", "meter")).contains("tls.key"));
        assertThat(listening()).isEqualTo(ports);

        Files.writeString(key, good);
        String url = "https://127.0.0.1:" + port + "/in/meter";
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(right("--cacert", certificate.toString(), url))
                        .isEqualTo("204"));
        assertThat(listening()).hasSize(ports.size() + 1).contains("0100007F:" + hex(port));
        assertThat(right(url)).as("nobody has signed it").isEqualTo("000");
        // A device that pins the certificate may call the gateway by any name.
        assertThat(right("-k", "-H", "Host: gateway.local", url)).isEqualTo("204");
        assertThat(Curl.post("wrong", "{}", "--cacert", certificate.toString(), url))
                .isEqualTo("401");
        assertThat(post("s3cret", "{\"power\":99}")).as("not encrypted").isEqualTo("000");
        assertThat(gateway.log())
                .doesNotContain(
                        " ERROR ", "BEGIN", good.lines().skip(1).findFirst().orElseThrow());
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

    private String post(String token, String body) throws Exception {
        return Curl.post(token, body, "http://127.0.0.1:" + port + "/in/meter");
    }

    private static String right(String... words) throws Exception {
        return Curl.post("s3cret", "{\"power\":7}", words);
    }

    private int descriptors() throws IOException {
        return count("fd");
    }

    private int threads() throws IOException {
        return count("task");
    }

    private int count(String folder) throws IOException {
        try (var entries = Files.list(Path.of("/proc/" + gateway.pid() + "/" + folder))) {
            return (int) entries.count();
        }
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
