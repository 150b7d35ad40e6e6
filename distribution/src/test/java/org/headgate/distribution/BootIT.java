package org.headgate.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.Reader;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.headgate.distribution.RunningGateway.Result;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One gateway, as it comes out of the box. */
class BootIT {
    @TempDir
    static Path home;

    private static RunningGateway gateway;

    @BeforeAll
    static void boot() throws Exception {
        gateway = new RunningGateway(home);
        gateway.start();
    }

    @AfterAll
    static void end() throws Exception {
        gateway.close();
    }

    @Test
    void execPassesWordsUnparsed() throws Exception {
        String[] words = {
            "gateway:echo",
            "a",
            "b?x&y;z",
            "\"q\"",
            "-5",
            "it's",
            "$HOME ${x} $(y)",
            "[degF]",
            "v>90",
            "%",
            "*",
            "",
            "°C",
            "--",
            "--json"
        };
        Result result = gateway.exec(words);
        assertThat(result.out().lines())
                .containsExactly(
                        "[a]",
                        "[b?x&y;z]",
                        "[\"q\"]",
                        "[-5]",
                        "[it's]",
                        "[$HOME ${x} $(y)]",
                        "[[degF]]",
                        "[v>90]",
                        "[%]",
                        "[*]",
                        "[]",
                        "[°C]",
                        "[--json]");
        assertThat(result.status()).isZero();
    }

    @Test
    void execGivesTheStatusAndErrorsApartFromTheOutput() throws Exception {
        Result wrong = gateway.exec("gateway:version", "extra");
        assertThat(wrong.status()).isEqualTo(2);
        assertThat(wrong.out()).isEmpty();
        assertThat(wrong.err()).isEqualTo("error: unexpected word extra (usage: gateway:version [--json])\n");
        assertThat(gateway.exec("no:such").status()).isEqualTo(127);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bundle:list", "system:property", "feature:list", "shell:exec", "log:set", "ssh:sshd"})
    void stockCommandsAreTheAdminsAlone(String command) throws Exception {
        for (String role : List.of("viewer", "operator")) {
            Result refused = gateway.execAs(role, command);
            assertThat(refused.status()).as(role + " " + command + refused).isIn(77, 127);
            assertThat(refused.out()).isEmpty();
        }
    }

    @Test
    void aViewerMayReadAndAnAdminMayRunStockCommands() throws Exception {
        assertThat(gateway.execAs("viewer", "gateway:version").status()).isZero();
        assertThat(gateway.execAs("admin", "bundle:list").out()).contains("org.headgate.console");
    }

    @Test
    void aProfileGoesToATableAndBackAndOnlyAnAdminMayImportIt() throws Exception {
        Files.writeString(home.resolve("files/meter.csv"), "name;source;scale\npower;holding/1;0.5\n");
        assertThat(gateway.execAs("viewer", "profile:import", "meter", "meter.csv")
                        .status())
                .isIn(77, 127);
        assertThat(gateway.exec("profile:import", "meter", "meter.csv").out()).contains("1 new");
        assertThat(home.resolve("etc/headgate.profile-meter.cfg")).hasContent("channel.power = holding/1 scale=0.5");
        assertThat(gateway.execAs("viewer", "profile:show", "meter").out()).contains("scale=0.5");
        assertThat(gateway.execAs("viewer", "profile:export", "meter", "out.csv")
                        .status())
                .isIn(77, 127);
        assertThat(gateway.execAs("viewer", "gateway:diagnostics", "--for", "1m")
                        .status())
                .isZero();
        assertThat(gateway.execAs("viewer", "gateway:diagnostics", "--csv", "month.csv")
                        .status())
                .isIn(77, 127);
        assertThat(gateway.execAs("operator", "profile:export", "meter", "out.csv")
                        .status())
                .isZero();
        assertThat(home.resolve("files/out.csv")).content().contains("power,holding/1,");
        Files.delete(home.resolve("etc/headgate.profile-meter.cfg"));
    }

    @Test
    void everyBundleIsActive() throws Exception {
        gateway.awaitBundles();
        assertThat(gateway.exec("bundle:list", "-t", "0", "--no-format")
                        .out()
                        .lines()
                        .skip(1))
                .isNotEmpty()
                .allMatch(line -> line.contains("Active") || line.contains(", Hosts: "));
    }

    @Test
    void aSecondStartOnTheSameHomeSaysSo() throws Exception {
        for (String verb : List.of("run", "start")) {
            Result second = gateway.launcher(verb);
            assertThat(second.status()).isEqualTo(4);
            assertThat(second.err()).contains("already runs on " + home.toRealPath() + " (pid " + gateway.pid() + ")");
        }
    }

    @Test
    void statusKnowsThePid() throws Exception {
        Result status = gateway.launcher("status");
        assertThat(status.status()).isZero();
        assertThat(status.out()).contains("pid " + gateway.pid());
    }

    @Test
    void onlyLoopbackSocketsListen() {
        // The console, which comes last, and exec. In /proc the bytes of 127.0.0.1 stand in the machine's order.
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(listening()).hasSize(2).allMatch(address -> address.endsWith("0100007F")));
    }

    private static List<String> listening() throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + gateway.pid() + "/fd"))) {
            Set<String> inodes = descriptors
                    .map(BootIT::target)
                    .filter(target -> target.startsWith("socket:["))
                    .map(target -> target.substring(8, target.length() - 1))
                    .collect(Collectors.toSet());
            return Stream.of("tcp", "tcp6")
                    .flatMap(table -> lines(Path.of("/proc/" + gateway.pid() + "/net/" + table)))
                    .map(line -> line.strip().split("\\s+"))
                    .filter(fields -> fields[3].equals("0A") && inodes.contains(fields[9]))
                    .map(fields -> fields[1].substring(0, fields[1].indexOf(':')))
                    .toList();
        }
    }

    /** Else an uplink that looked its broker's name up before the network was there waits for ten seconds when it is. */
    @Test
    void aNameThatWasNotFoundIsLookedUpAgainAfterASecond() throws Exception {
        String option = "-Djava.security.properties=";
        String file = Stream.of(Files.readString(Path.of("/proc/" + gateway.pid() + "/cmdline"))
                        .split("\0"))
                .filter(word -> word.startsWith(option))
                .map(word -> word.substring(option.length()))
                .findFirst()
                .orElseThrow();
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(file))) {
            properties.load(reader);
        }
        assertThat(properties).containsEntry("networkaddress.cache.negative.ttl", "1");
    }

    @Test
    void nothingOfManagementIsThere() throws Exception {
        assertThat(gateway.exec("bundle:list", "-t", "0", "-s").out())
                .doesNotContain("management")
                .doesNotContain("instance")
                .doesNotContain("webconsole");
    }

    @Test
    void theConsoleOpensWithTheKeyAndNotWithAPassword() throws Exception {
        Result withKey = gateway.launcher("console", "gateway:version");
        assertThat(withKey.out()).as(withKey.err()).startsWith("Headgate ");
        Result without = RunningGateway.run(new ProcessBuilder(
                "ssh",
                "-F",
                "/dev/null",
                "-p",
                Integer.toString(gateway.consolePort()),
                "-o",
                "BatchMode=yes",
                "-o",
                "PubkeyAuthentication=no",
                "-o",
                "UserKnownHostsFile=" + home.resolve("secrets/known_hosts"),
                "-o",
                "HostKeyAlias=headgate",
                "admin@127.0.0.1",
                "gateway:version"));
        // The server offers no way but keys.
        assertThat(without.err()).contains("Permission denied (publickey)");
        assertThat(without.status()).isEqualTo(255);
    }

    @Test
    void secretsAreTheOwnersAlone() throws IOException {
        for (String folder : List.of("secrets", "var/run")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve(folder))))
                    .isEqualTo("rwx------");
        }
        for (String file :
                List.of("secrets/console.key", "secrets/host.key", "secrets/keys.properties", "var/run/exec-admin")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve(file))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void execSurvivesClientsThatAreSilentOrSendGarbage() throws Exception {
        int port = Integer.parseInt(
                Files.readString(home.resolve("var/run/exec-viewer")).split(" ")[0]);
        try (var silent = new java.net.Socket(InetAddress.getLoopbackAddress(), port);
                var garbage = new java.net.Socket(InetAddress.getLoopbackAddress(), port);
                var liar = new java.net.Socket(InetAddress.getLoopbackAddress(), port)) {
            garbage.getOutputStream().write(new byte[] {1, 2, 3, 0, 'x', 0});
            liar.getOutputStream().write("wrong\0001\000gateway:version\0".getBytes(StandardCharsets.UTF_8));
            assertThat(liar.getInputStream().readAllBytes())
                    .asString(StandardCharsets.UTF_8)
                    .endsWith("\00477\n");
            assertThat(gateway.exec("gateway:version").status()).isZero();
            assertThat(garbage.getInputStream().readAllBytes()).isEmpty();
            assertThat(silent.getInputStream().readAllBytes()).isEmpty();
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }

    private static Stream<String> lines(Path table) {
        try {
            return Files.readAllLines(table).stream().skip(1);
        } catch (IOException noSuchTable) {
            return Stream.empty();
        }
    }
}
