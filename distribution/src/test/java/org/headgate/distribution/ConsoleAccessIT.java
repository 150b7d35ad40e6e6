package org.headgate.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.headgate.distribution.RunningGateway.Result;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may log in, and what a role may not, with keys as OpenSSH makes them. */
class ConsoleAccessIT {
    @TempDir
    static Path folder;

    private static RunningGateway gateway;
    private static Path home;

    @BeforeAll
    static void boot() throws Exception {
        home = folder.resolve("home");
        gateway = new RunningGateway(home);
        gateway.start();
        Files.createDirectories(home.resolve("files"));
        key("ecdsa", "256");
        key("rsa", "3072");
        key("ed25519", "256");
        // The keys of the gateway come while the first start still goes on, and the SSH server last.
        await().atMost(Duration.ofSeconds(20))
                .until(() -> gateway.launcher("console", "gateway:version").status() == 0);
        assertThat(gateway.exec("user:add", "anna", "viewer", "ecdsa.pub").err())
                .isEmpty();
        assertThat(gateway.exec("user:add", "otto", "operator", "rsa.pub").err())
                .isEmpty();
    }

    @AfterAll
    static void end() throws Exception {
        gateway.close();
    }

    private static void key(String type, String bits) throws Exception {
        Path key = folder.resolve(type);
        RunningGateway.run(
                new ProcessBuilder("ssh-keygen", "-q", "-t", type, "-b", bits, "-N", "", "-f", key.toString()));
        Files.copy(folder.resolve(type + ".pub"), home.resolve("files/" + type + ".pub"));
    }

    private static ProcessBuilder ssh(String key, String user, String... command) {
        List<String> words = new ArrayList<>(
                List.of("ssh", "-F", "/dev/null", "-i", folder.resolve(key).toString()));
        words.addAll(List.of("-p", Integer.toString(gateway.consolePort()), "-o", "IdentitiesOnly=yes"));
        words.addAll(List.of("-o", "BatchMode=yes", "-o", "LogLevel=ERROR", "-o", "HostKeyAlias=headgate"));
        words.addAll(List.of("-o", "UserKnownHostsFile=" + home.resolve("secrets/known_hosts"), user + "@127.0.0.1"));
        words.addAll(List.of(command));
        return new ProcessBuilder(words);
    }

    private static Result as(String key, String user, String command) throws Exception {
        return RunningGateway.run(ssh(key, user, command));
    }

    @Test
    void aUserLogsInAtOnceWithTheRoleThatWasGiven() throws Exception {
        assertThat(as("ecdsa", "anna", "gateway:version").out()).startsWith("Headgate ");
        assertThat(as("rsa", "otto", "gateway:version").out()).startsWith("Headgate ");
        assertThat(as("rsa", "anna", "gateway:version").status()).isEqualTo(255);
        assertThat(as("ecdsa", "anna", "user:list").err()).contains("no such command, or not allowed with this role");
        assertThat(gateway.exec("user:list").out()).contains("anna", "otto", "ecdsa-sha2-nistp256", "ssh-rsa");
    }

    @Test
    void whoeverIsRemovedLogsInNoMore() throws Exception {
        gateway.exec("user:add", "carl", "viewer", "rsa.pub");
        assertThat(as("rsa", "carl", "gateway:version").status()).isZero();
        assertThat(gateway.exec("user:remove", "carl").status()).isZero();
        assertThat(as("rsa", "carl", "gateway:version").status()).isEqualTo(255);
        Result last = gateway.exec("user:remove", "admin");
        assertThat(last.status()).isEqualTo(1);
        assertThat(gateway.launcher("console", "gateway:version").status()).isZero();
    }

    @Test
    void aKeyThatTheServerDoesNotUnderstandIsRefusedBeforeItIsTried() throws Exception {
        assertThat(gateway.exec("user:add", "eva", "viewer", "ed25519.pub").err())
                .isEqualTo(
                        "error: ed25519.pub: ssh-ed25519 does not work here (expected: KEY.pub of ssh-keygen -t ecdsa -f KEY)\n");
    }

    /** The keys of the gateway are files, and so are the tokens of exec: who could read them would be the admin. */
    @Test
    void aViewerReadsNoFileThroughTheShell() throws Exception {
        String token = home.resolve("var/run/exec-admin").toString();
        String secret = Files.readString(Path.of(token)).strip().split(" ")[1];
        for (String command : List.of("head", "tail", "sort", "wc", "less", "cat", "tac", "more", "grep .", "nano")) {
            for (String line : List.of("shell:" + command + " " + token, "shell:" + command + " < " + token)) {
                Result result = as("ecdsa", "anna", line);
                assertThat(result.out() + result.err()).as(line).doesNotContain(secret);
            }
            List<String> exec = new ArrayList<>(List.of(("shell:" + command).split(" ")));
            exec.add(token);
            Result result = gateway.execAs("viewer", exec.toArray(String[]::new));
            assertThat(result.out() + result.err()).as(command).doesNotContain(secret);
        }
        // In a pipe they are everybody's.
        assertThat(as("ecdsa", "anna", "gateway:echo a b c | sort -r | head -n 1")
                        .out())
                .isEqualTo("[c]\n");
    }

    @Test
    void whatARoleMayNotIsAnEventHoweverItWasTyped() throws Exception {
        Path seen = folder.resolve("events");
        Process watch = gateway.background(seen, "exec", "stream:watch", "gateway-events");
        try {
            // Whoever is refused again within a second is counted, not told at once: one user each.
            await("an event over SSH")
                    .atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> {
                        as("ecdsa", "anna", "bundle:list");
                        return Files.readString(seen).contains("source=anna state=refused detail=ssh: bundle:list");
                    });
            try (Typist otto = new Typist(ssh("rsa", "otto", "-t"))) {
                otto.question();
                assertThat(otto.line("user:list"))
                        .contains("error: user:list: no such command, or not allowed with this role");
                await("an event in a session")
                        .atMost(Duration.ofSeconds(10))
                        .until(() ->
                                Files.readString(seen).contains("source=otto state=refused detail=ssh: user:list"));
            }
        } finally {
            watch.descendants().forEach(ProcessHandle::destroyForcibly);
            watch.destroyForcibly().waitFor();
        }
    }

    @Test
    void commandsThatBypassTheSetUpAreNotThereAndOursAreNamed() throws Exception {
        try (Typist admin = Typist.at(gateway)) {
            for (String command : List.of(
                    "config:edit x", "config:update", "config:property-set a b", "config:delete x", "cm:list")) {
                assertThat(admin.line(command))
                        .contains("not used here; device:set, rule:set, uplink:set and profile:set change the set-up");
            }
            assertThat(admin.line("devise:list")).contains("did you mean device:list?");
            assertThat(admin.line("log:display -n 1")).doesNotContain("error:");
            assertThat(admin.everything()).doesNotContain("Error in initialization script");
        }
        Result exec = gateway.exec("config:edit", "x");
        assertThat(exec.status()).isEqualTo(127);
        assertThat(exec.err()).contains("device:set");
        assertThat(gateway.exec("help").out() + gateway.exec("shell:help").out())
                .doesNotContain("config:");
    }
}
