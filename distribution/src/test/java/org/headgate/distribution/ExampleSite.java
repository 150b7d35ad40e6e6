package org.headgate.distribution;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.headgate.device.api.kit.PeerProcess;
import org.headgate.distribution.RunningGateway.Result;

/**
 * The set-up of the commands' examples: the demo's, with a profile, a device that is switched off, a secret, a user and files. Its files
 * are put back after an example that has changed them. Close it in {@code @AfterAll}.
 */
final class ExampleSite implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    /** What an engineer sets up, brings along and lets in. */
    private static final List<String> PARTS = List.of("etc", "files", "secrets");
    /** What tells whether the gateway is as it was at the beginning. */
    private static final List<String> LISTS =
            List.of("device:list", "rule:list", "uplink:list", "profile:list", "driver:list", "user:list");

    final RunningGateway gateway;
    private final Path home;
    private final PeerProcess meter;
    private final int meterPort;
    private Map<String, String> files = Map.of();
    private String state = "";

    ExampleSite(Path folder) throws IOException {
        home = folder.resolve("home");
        gateway = new RunningGateway(home);
        Path main = home.resolve("etc/headgate.gateway.cfg");
        String port = Files.readString(main);
        int broker = RunningGateway.freePort();
        try (Stream<Path> demo = Files.list(RunningGateway.DISTRIBUTION.resolve("demo/etc"))) {
            for (Path file :
                    demo.filter(each -> each.toString().endsWith(".cfg")).toList()) {
                etc(file.getFileName().toString(), Files.readString(file).replace("18830", Integer.toString(broker)));
            }
        }
        // Some drivers bring commands of their own.
        Files.writeString(
                main,
                Files.readString(main)
                                .replaceAll("(?m)^console.port.*\n", "")
                                .replaceAll("(?m)^(drivers .*)$", "$1, modbus, opcua")
                        + port);
        etc("headgate.profile-meter.cfg", "poll = 1s\nchannel.power = wave unit=kW\n");
        etc(
                "headgate.device-spare.cfg",
                "# For later.\ndriver = simulator\nenabled = false\nchannel.extra = temperature unit=Cel\n");
        etc(
                "headgate.device-press.cfg",
                "driver = opcua\naddress = opc.tcp://127.0.0.1:4840\nenabled = false\ntrust = " + "AB".repeat(32)
                        + "\nchannel.temperature = nsu=urn:example:press;s=Temperature double\n");
        meterPort = RunningGateway.freePort();
        meter = PeerProcess.node(Path.of("src/test/peers/meter.js"), folder.resolve("meter.log"), meterPort);
        Path secret = home.resolve("secrets/mqtt-password");
        Files.createDirectories(secret.getParent());
        Files.createFile(secret, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(secret, "not-shown\n");
        etc("headgate.history.cfg", "streams = boiler\ninterval = 1s\n");
        file(
                "boiler.jsonl",
                "{\"stream\":\"boiler\",\"time\":1541152486013,\"data\":{\"temperature\":81.5}}\n"
                        + "{\"stream\":\"boiler\",\"time\":1541152487013,\"data\":{\"temperature\":71.2}}\n");
        file("meter.csv", "name;source;unit\nenergy;wave;kWh\n");
    }

    /** The same call, with what it names on the network where it is here. */
    String here(String call) {
        return call.replace("127.0.0.1:502", "127.0.0.1:" + meterPort);
    }

    private void etc(String name, String text) throws IOException {
        Files.writeString(home.resolve("etc").resolve(name), text);
    }

    private void file(String name, String text) throws IOException {
        Path file = home.resolve("files").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** Starts the gateway, and makes what can only be made by one that runs. */
    void start() throws Exception {
        meter.start();
        gateway.start();
        await("everything runs").atMost(PATIENCE).until(() -> {
            String devices = gateway.exec("device:list", "--json").out();
            return devices.contains("\"boiler\"") && !devices.contains("CONNECTING") && !devices.contains("WAITING");
        });
        await("the link is up")
                .atMost(PATIENCE)
                .until(() -> gateway.exec("uplink:list", "--json").out().contains("ONLINE"));
        Files.writeString(home.resolve("files/gw1.key"), "-----BEGIN PRIVATE KEY-----\n");
        Path key = home.resolve("files/anna");
        RunningGateway.run(
                new ProcessBuilder("ssh-keygen", "-q", "-t", "ecdsa", "-N", "", "-C", "anna", "-f", key.toString()));
        Files.delete(key);
        await("the first start is over")
                .atMost(PATIENCE)
                .until(() ->
                        gateway.exec("user:add", "anna", "viewer", "anna.pub").status() == 0);
        try (Stream<Path> etc = Files.list(home.resolve("etc"))) {
            for (Path file : etc.toList()) {
                String text = Files.readString(file);
                file(
                        "new-setup/" + file.getFileName(),
                        text.replace("deadband(temperature, 2)", "deadband(temperature, 3)"));
            }
        }
        if (gateway.exec("gateway:help", "gateway:export").status() == 0) {
            gateway.exec("gateway:export", "backup.zip");
        }
        // A revision to look at and to go back to.
        gateway.exec("device:set", "host", "poll=2s");
        gateway.exec("device:set", "host", "poll=1s");
        await("every state lasts").atMost(PATIENCE).until(() -> {
            String now = state();
            return Stream.of("CONNECTING", "WAITING", "OFFLINE").noneMatch(now::contains);
        });
        files = snapshot();
        state = state();
    }

    /** Puts the files back where the last example has changed any, and waits until the gateway is as it was. */
    void restore() throws Exception {
        // A set-up that waits to be confirmed would go back by itself in the middle of the next example.
        gateway.exec("gateway:confirm");
        Map<String, String> now = snapshot();
        if (now.equals(files) && state().equals(state)) {
            return;
        }
        for (String gone : now.keySet()) {
            if (!files.containsKey(gone)) {
                Files.delete(home.resolve(gone));
            }
        }
        for (Map.Entry<String, String> file : files.entrySet()) {
            if (!file.getValue().equals(now.get(file.getKey()))) {
                put(home.resolve(file.getKey()), file.getValue());
            }
        }
        await("the gateway is as it was:\n" + state)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> state().equals(state));
    }

    /** As an editor does: a new file, renamed; its permissions stay. */
    private static void put(Path file, String text) throws IOException {
        Path temporary = file.resolveSibling("." + file.getFileName() + ".tmp");
        Files.createDirectories(file.getParent());
        Files.write(temporary, text.getBytes(StandardCharsets.ISO_8859_1));
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rw-------"));
        Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private Map<String, String> snapshot() throws IOException {
        Map<String, String> all = new TreeMap<>();
        for (String part : PARTS) {
            try (Stream<Path> found = Files.walk(home.resolve(part))) {
                for (Path file : found.filter(Files::isRegularFile).toList()) {
                    byte[] content = Files.readAllBytes(file);
                    all.put(home.relativize(file).toString(), new String(content, StandardCharsets.ISO_8859_1));
                }
            }
        }
        return all;
    }

    /** Names and states, without what counts up. */
    private String state() throws Exception {
        StringBuilder text = new StringBuilder();
        for (String list : LISTS) {
            Result result = gateway.exec(list, "--json");
            List<String> lines = new ArrayList<>();
            if (result.status() == 0) {
                Message.json(result.out())
                        .forEach(each -> lines.add(
                                each.path("name").asText(each.path("profile").asText()) + " "
                                        + each.path("state").asText() + " "
                                        + each.path("version").asText()));
            }
            text.append(list).append(' ').append(lines).append('\n');
        }
        return text.toString();
    }

    @Override
    public void close() throws InterruptedException {
        try (meter) {
            gateway.close();
        }
    }
}
