package org.headgate.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.headgate.config.api.Gateway;
import org.headgate.config.api.kit.MemoryConfigurations;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Signature;
import org.headgate.console.api.kit.Console;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentServiceObjects;

class SupportCommandTest {
    private static final List<String> SECRETS = List.of(
            "s3cr3t-of-the-broker", "two words", "ü8#k/+", "0123456789abcdef0123456789abcdef", "KEYKEYKEYKEYKEYKEY");

    @TempDir
    Path home;

    private final Answers answers = new Answers(new Inline());
    private final MemoryConfigurations configurations = new MemoryConfigurations();
    private final Console console = new Console();
    private int taken;

    @BeforeEach
    void make() throws IOException {
        Files.createDirectories(home.resolve("files"));
        put("secrets/mqtt-password", SECRETS.get(0) + "\n");
        put("secrets/other", SECRETS.get(1) + "\n" + SECRETS.get(2));
        put("secrets/console.key", "-----BEGIN PRIVATE KEY-----\n" + SECRETS.get(4) + "\n-----END PRIVATE KEY-----\n");
        put("var/run/exec-admin", "40123 " + SECRETS.get(3) + "\n");
    }

    private void put(String file, String text) throws IOException {
        Path path = home.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private SupportCommand command() {
        Gateway gateway = new Gateway() {
            @Override
            public String id() {
                return "gw-1";
            }

            @Override
            public String version() {
                return "1.2.3";
            }

            @Override
            public Path home() {
                return home;
            }
        };
        BundleContext context = (BundleContext) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {BundleContext.class},
                (proxy, method, arguments) -> method.getName().equals("getBundles") ? new Bundle[0] : null);
        return new SupportCommand(context, answers, configurations, gateway, new SimulatedSystem(1));
    }

    /** Offers a command as the service registry does. */
    private void offer(String id, Consumer<Invocation> work) {
        ConsoleCommand command = new ConsoleCommand() {
            @Override
            public Signature signature() {
                return Signature.of(id, "Answers.").json();
            }

            @Override
            public int run(Invocation invocation) {
                work.accept(invocation);
                return 0;
            }
        };
        answers.bind(new ComponentServiceObjects<>() {
            @Override
            public ConsoleCommand getService() {
                taken++;
                return command;
            }

            @Override
            public void ungetService(ConsoleCommand service) {
                taken--;
            }

            @Override
            public ServiceReference<ConsoleCommand> getServiceReference() {
                return null;
            }
        });
    }

    private Map<String, String> entries(String file) throws IOException {
        Map<String, String> entries = new LinkedHashMap<>();
        byte[] bytes = Files.readAllBytes(home.resolve("files").resolve(file));
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return entries;
    }

    @Test
    void noByteOfASecretIsInIt() throws Exception {
        String all = String.join(" | ", SECRETS);
        configurations.with(
                "headgate.uplink-cloud.cfg",
                Map.of("user", SECRETS.get(1), "password", SECRETS.get(0), "MQTT_TOKEN", "never-seen-before"));
        configurations.warn("etc/x: " + all);
        put("var/log/headgate.log", "12:00 WARN connect failed: " + all + "\n12:01 password=never-seen-before\n");
        put("var/log/audit.log", "{\"value\":\"" + SECRETS.get(0) + "\"}\n");
        offer("device:list", invocation -> invocation.out().println("[{\"detail\":\"" + all + "\"}]"));
        offer("uplink:list", invocation -> {
            throw new IllegalStateException(all);
        });
        assertThat(console.run(command(), "trouble.zip"))
                .startsWith("files/trouble.zip (")
                .contains("no secrets");
        Map<String, String> entries = entries("trouble.zip");
        assertThat(entries)
                .containsKeys(
                        "machine.json",
                        "devices.json",
                        "uplinks.json",
                        "etc/headgate.uplink-cloud.cfg",
                        "log/headgate.log",
                        "log/audit.log",
                        CONTENTS);
        entries.forEach((name, text) -> {
            SECRETS.forEach(secret -> assertThat(text).as(name).doesNotContain(secret));
            assertThat(text).as(name).doesNotContain("never-seen-before");
        });
        assertThat(entries.get("uplinks.json")).startsWith("no answer: ");
        assertThat(entries.get(CONTENTS)).contains("flow: no such command here", "devices.json");
        assertThat(taken).isZero();
    }

    private static final String CONTENTS = "CONTENTS.txt";

    @Test
    void itIsBoundedHoweverMuchThereIs() throws Exception {
        String line = "{\"filler\":\"" + "x".repeat(1000) + "\"}\n";
        for (String id :
                List.of("device:list", "rule:list", "uplink:list", "stream:list", "gateway:flow", "driver:list")) {
            offer(id, invocation -> {
                for (int i = 0; i < 10_000; i++) {
                    invocation.out().print(line);
                }
            });
        }
        put("var/log/headgate.log", line.repeat(5000));
        assertThat(console.run(command(), "big.zip", "--json")).contains("\"file\":\"big.zip\"");
        Map<String, String> entries = entries("big.zip");
        assertThat(entries.values().stream().mapToLong(String::length).sum()).isLessThanOrEqualTo(8 << 20);
        assertThat(entries.values()).allMatch(text -> text.length() <= 2 << 20);
        assertThat(entries.get(CONTENTS)).contains("cut from");
    }

    @Test
    void itOpensWithUnzip() throws Exception {
        command();
        console.run(command());
        assertThat(home.resolve("files/support-gw-1-20241121-070000.zip")).exists();
        Path unzip = Path.of("/usr/bin/unzip");
        Assumptions.assumeTrue(Files.isExecutable(unzip), "unzip is missing");
        Process process = new ProcessBuilder(
                        unzip.toString(),
                        "-t",
                        home.resolve("files/support-gw-1-20241121-070000.zip").toString())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("unzip.out").toFile())
                .start();
        try {
            assertThat(process.waitFor())
                    .as(Files.readString(home.resolve("unzip.out")))
                    .isZero();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void aFileThatExistsOrLiesElsewhereIsRefused() throws Exception {
        put("files/mine.zip", "mine");
        assertThat(console.run(command(), "mine.zip")).contains("error: mine.zip: exists already");
        assertThat(console.status()).isEqualTo(1);
        assertThat(home.resolve("files/mine.zip")).hasContent("mine");
        assertThat(console.run(command(), "../../x.zip")).contains("outside");
    }
}
