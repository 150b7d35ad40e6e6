package org.headgate.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.headgate.distribution.RunningGateway.Result;

/** A gateway to which somebody brings the driver {@code acme}. Close it in {@code @AfterEach}. */
final class DriverSite implements AutoCloseable {
    final RunningGateway gateway;
    final Path files;
    final Path deploy;

    /** A gateway that is not started yet, with a device of the driver {@code host} and one of the driver {@code acme}. */
    DriverSite(Path folder) throws IOException {
        gateway = new RunningGateway(folder.resolve("home"));
        files = Files.createDirectories(gateway.home().resolve("files"));
        deploy = gateway.home().resolve("deploy");
        device("host", "host");
        device("acme", "acme");
    }

    @Override
    public void close() throws InterruptedException {
        gateway.close();
    }

    void start() throws Exception {
        gateway.start();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> gateway.exec("driver:list", "--json")
                        .out()
                        .contains("\"name\":\"host\",\"version\":\"0.1.0\",\"state\":\"RUNNING\""));
        await().until(() -> !state("acme").isEmpty());
        gateway.awaitBundles();
    }

    private void device(String name, String driver) throws IOException {
        Files.writeString(
                gateway.home().resolve("etc/headgate.device-" + name + ".cfg"),
                "driver = " + driver + "\npoll = 100ms\n");
    }

    String state(String device) throws Exception {
        Result result = gateway.exec("device:list", "--json");
        if (result.status() == 0) {
            for (JsonNode each : Message.json(result.out())) {
                if (each.get("name").asText().equals(device)) {
                    return each.get("state").asText();
                }
            }
        }
        return "";
    }

    /** Waits until the device is read by that build of its driver. */
    void awaitBuild(int build) {
        await("build " + build)
                .atMost(Duration.ofSeconds(20))
                .until(() -> state("acme").equals("ONLINE")
                        && Message.json(gateway.exec("device:read", "acme", "--json")
                                                .out())
                                        .path("data")
                                        .path("build")
                                        .asInt()
                                == build);
    }

    String driver(String name) throws Exception {
        return run("driver:list")
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> line.replaceAll(" +", " "))
                .findFirst()
                .orElse("");
    }

    List<Path> kept() throws Exception {
        try (Stream<Path> kept = Files.list(gateway.home().resolve("var/drivers"))) {
            return kept.toList();
        }
    }

    String wish() throws Exception {
        return Files.readString(gateway.home().resolve("etc/headgate.gateway.cfg"))
                .lines()
                .filter(line -> line.startsWith("drivers"))
                .findFirst()
                .orElse("");
    }

    String warning(String file) throws Exception {
        return gateway.log()
                .lines()
                .filter(line -> line.contains(" WARN ") && line.contains("deploy/" + file + " "))
                .findFirst()
                .orElse("");
    }

    long warned(String file) throws Exception {
        return gateway.log()
                .lines()
                .filter(line -> line.contains(" WARN ") && line.contains("deploy/" + file + " "))
                .count();
    }

    String run(String... words) throws Exception {
        Result result = gateway.exec(words);
        assertThat(result.status()).as(result.toString()).isZero();
        return result.out();
    }

    /** Identity, state, level, version and name of every bundle. */
    List<String> bundles() throws Exception {
        return run("bundle:list", "-t", "0", "-s", "--no-format")
                .lines()
                .skip(1)
                .toList();
    }

    /** The same without the identity, which is a new one when a bundle was put back. */
    static List<String> names(List<String> bundles) {
        return bundles.stream()
                .map(line -> line.replaceFirst("^\\d+\\s", ""))
                .sorted()
                .toList();
    }
}
