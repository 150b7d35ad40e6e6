package org.headgate.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.headgate.distribution.RunningGateway.Result;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drivers that somebody brings: by command and by the folder {@code deploy/}. */
class DriverIT {
    @TempDir
    Path folder;

    private RunningGateway gateway;
    private Path files;
    private Path deploy;

    @BeforeEach
    void prepare() throws Exception {
        gateway = new RunningGateway(folder.resolve("home"));
        files = gateway.home().resolve("files");
        deploy = gateway.home().resolve("deploy");
        device("host", "host");
        device("acme", "acme");
    }

    @AfterEach
    void end() throws Exception {
        gateway.close();
    }

    @Test
    void installsUpdatesRollsBackAndRemovesOneVersionAtATime() throws Exception {
        new DriverBundle("acme", "1.0.1").jar(files);
        new DriverBundle("acme", "1.0.2").jar(files);
        start();
        List<String> core = bundles();
        assertThat(state("acme")).isEqualTo("WAITING_FOR_DRIVER");

        assertThat(run("driver:install", "acme-1.0.1.jar")).isEqualTo("touches: nothing that runs\nacme 1.0.1 runs\n");
        awaitBuild(1);
        assertThat(gateway.exec("driver:install", "acme-1.0.2.jar").err()).contains("driver:update");
        assertThat(run("driver:install", "acme-1.0.1.jar")).isEqualTo("acme 1.0.1 runs already\n");
        assertThat(run("driver:update", "acme-1.0.2.jar"))
                .isEqualTo("touches: org.acme.driver.acme (1 device waits meanwhile)\n"
                        + "acme 1.0.2 runs; driver:rollback acme brings 1.0.1 back\n");
        awaitBuild(2);
        assertThat(driver("acme")).contains("1.0.2 RUNNING 1 1.0.1 file");
        assertThat(bundles()).hasSize(core.size() + 1).containsAll(core);

        assertThat(run("driver:rollback", "acme")).contains("note: 1.0.1 is older than 1.0.2\nacme 1.0.1 runs;");
        awaitBuild(1);
        assertThat(run("driver:rollback", "acme")).contains("acme 1.0.2 runs;");
        awaitBuild(2);
        assertThat(wish()).isEqualTo("drivers = host, simulator, acme@1.0.2");

        assertThat(run("driver:remove", "acme")).contains("acme 1.0.2 is removed");
        await().until(() -> state("acme").equals("WAITING_FOR_DRIVER"));
        assertThat(bundles()).isEqualTo(core);
        assertThat(wish()).isEqualTo("drivers = host, simulator");
        assertThat(gateway.exec("driver:remove", "acme").err()).contains("acme: not installed");
        run("driver:rollback", "acme");
        awaitBuild(2);

        // The same with one of the distribution's.
        run("driver:remove", "host");
        await().until(() -> state("host").equals("WAITING_FOR_DRIVER"));
        run("driver:install", "host");
        await().until(() -> state("host").equals("ONLINE") || state("host").equals("DEGRADED"));
        assertThat(gateway.exec("driver:install", "modbuss").err())
                .contains("modbuss: no such driver; there are: host, simulator");
        assertThat(gateway.execAs("viewer", "driver:list").status()).isZero();
        assertThat(gateway.execAs("operator", "driver:remove", "host").status()).isNotZero();
        assertThat(gateway.log()).doesNotContain(" ERROR ");
    }

    @Test
    void anArchiveOfKarafIsADriverLikeAJar() throws Exception {
        new DriverBundle("acme", "1.0.3").kar(files);
        start();
        assertThat(run("driver:install", "acme-1.0.3.kar")).contains("acme 1.0.3 runs");
        awaitBuild(3);
    }

    @Test
    void aLostCacheAndAKillLoseNoDriver() throws Exception {
        new DriverBundle("acme", "1.0.1").jar(files);
        start();
        run("driver:install", "acme-1.0.1.jar");
        Files.delete(files.resolve("acme-1.0.1.jar"));
        gateway.kill();
        start();
        awaitBuild(1);
        gateway.stop();
        Files.delete(gateway.home().resolve("cache/ready"));
        start();
        awaitBuild(1);
        run("driver:remove", "acme");
        gateway.stop();
        start();
        assertThat(driver("acme")).contains("AVAILABLE");
        assertThat(state("acme")).isEqualTo("WAITING_FOR_DRIVER");
    }

    /** A driver that others build on is changed only when somebody has agreed to what that restarts. */
    @Test
    void whatUsesADriversPackagesIsNamedAndRestartedOnlyWhenThatIsWanted() throws Exception {
        new DriverBundle("lib", "1.0.1")
                .header("Export-Package", "org.acme.driver.lib")
                .jar(files);
        new DriverBundle("lib", "1.0.2")
                .header("Export-Package", "org.acme.driver.lib")
                .jar(files);
        new DriverBundle("acme", "1.0.1")
                .header(
                        "Import-Package",
                        "org.headgate.data.api,org.headgate.device.api,org.osgi.framework,org.acme.driver.lib")
                .jar(files);
        start();
        assertThat(gateway.exec("driver:install", "acme-1.0.1.jar").err())
                .contains("acme-1.0.1.jar: needs package org.acme.driver.lib, which nothing here provides");
        run("driver:install", "lib-1.0.1.jar");
        run("driver:install", "acme-1.0.1.jar");
        awaitBuild(1);
        List<String> before = bundles();
        Result refused = gateway.exec("driver:update", "lib-1.0.2.jar");
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.out()).contains("restarts: org.acme.driver.acme\n");
        assertThat(refused.err()).contains("org.acme.driver.acme would be restarted, too (expected: --yes)");
        assertThat(bundles()).isEqualTo(before);
        assertThat(run("driver:update", "lib-1.0.2.jar", "--yes")).contains("lib 1.0.2 runs");
        awaitBuild(1);
    }

    @Test
    void aBrokenFileIsReportedAndChangesNothing() throws Exception {
        new DriverBundle("acme", "1.0.1").jar(files);
        Map<String, String> broken = broken();
        start();
        run("driver:install", "acme-1.0.1.jar");
        awaitBuild(1);
        String drivers = run("driver:list");
        List<String> bundles = bundles();
        for (Map.Entry<String, String> each : broken.entrySet()) {
            Result result = gateway.exec("driver:update", each.getKey());
            assertThat(result.status()).as(each.getKey()).isEqualTo(1);
            assertThat(result.err()).startsWith("error: " + each.getKey()).contains(each.getValue());
            assertThat(result.err().lines()).hasSize(1);
            assertThat(run("driver:list")).isEqualTo(drivers);
        }
        assertThat(names(bundles())).isEqualTo(names(bundles));
        awaitBuild(1);
        assertThat(wish()).isEqualTo("drivers = host, simulator, acme@1.0.1");

        // The same by the folder, all at once.
        for (String file : broken.keySet()) {
            Files.copy(files.resolve(file), deploy.resolve(file));
        }
        await().atMost(Duration.ofSeconds(40)).untilAsserted(() -> {
            for (String file : broken.keySet()) {
                assertThat(warned(file)).as(file).isOne();
            }
        });
        for (Map.Entry<String, String> each : broken.entrySet()) {
            assertThat(warning(each.getKey())).contains(each.getValue());
        }
        assertThat(names(bundles())).isEqualTo(names(bundles));
        assertThat(run("driver:list")).startsWith(drivers).contains("warning: deploy/acme-1.0.9.jar");
        assertThat(run("gateway:status")).contains("deploy/torn.jar changed nothing");
        for (String file : broken.keySet()) {
            Files.delete(deploy.resolve(file));
        }
        await().untilAsserted(() -> assertThat(run("driver:list")).isEqualTo(drivers));
        assertThat(names(bundles())).isEqualTo(names(bundles));
    }

    /** Files that are no drivers, and what is said of them. */
    private Map<String, String> broken() throws Exception {
        Map<String, String> broken = new TreeMap<>();
        byte[] good = new DriverBundle("acme", "1.0.5").bytes();
        Files.write(files.resolve("torn.jar"), Arrays.copyOf(good, good.length / 2));
        broken.put("torn.jar", "damaged or not complete");
        Files.write(files.resolve("empty.jar"), new byte[0]);
        broken.put("empty.jar", "damaged or not complete");
        Files.write(
                files.resolve("plain.jar"),
                new DriverBundle("acme", "1.0.5")
                        .header("Bundle-SymbolicName", null)
                        .bytes());
        broken.put("plain.jar", "no Bundle-SymbolicName");
        new DriverBundle("acme", "1.0.7")
                .header("Import-Package", "org.headgate.device.api,com.example.missing;version=\"[2,3)\"")
                .jar(files);
        broken.put("acme-1.0.7.jar", "needs package com.example.missing [2,3), which nothing here provides");
        new DriverBundle("acme", "1.0.8")
                .header("Bundle-SymbolicName", "org.headgate.data.api")
                .header("Headgate-Driver", "acme")
                .jar(files);
        broken.put("acme-1.0.8.jar", "org.headgate.data.api is a bundle of the gateway");
        new DriverBundle("acme", "1.0.9").withoutService().jar(files);
        broken.put("acme-1.0.9.jar", "offers no driver acme within 10 s");
        return broken;
    }

    @Test
    void theFolderInstallsUpdatesAndRemovesAndARestartDoesNothingTwice() throws Exception {
        start();
        List<String> core = bundles();
        // Half-copied at first: not taken before it is whole.
        byte[] jar = new DriverBundle("acme", "1.0.1").bytes();
        Path file = deploy.resolve("acme.jar");
        Files.write(file, Arrays.copyOf(jar, jar.length / 2));
        Files.write(file, jar);
        awaitBuild(1);
        assertThat(warned("acme.jar")).isZero();
        Files.write(file, new DriverBundle("acme", "1.0.2").bytes());
        awaitBuild(2);
        assertThat(driver("acme")).contains("1.0.2 RUNNING 1 1.0.1 file");
        gateway.stop();
        String log = gateway.log();
        start();
        awaitBuild(2);
        assertThat(bundles()).hasSize(core.size() + 1);
        gateway.stop();
        Files.delete(file);
        start();
        await().atMost(Duration.ofSeconds(20)).until(() -> state("acme").equals("WAITING_FOR_DRIVER"));
        await().untilAsserted(() -> assertThat(wish()).isEqualTo("drivers = host, simulator"));
        assertThat(gateway.log().substring(log.length())).doesNotContain("UPDATED", "INSTALLED");
    }

    private void start() throws Exception {
        gateway.start();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> gateway.exec("driver:list", "--json")
                        .out()
                        .contains("\"name\":\"host\",\"version\":\"0.1.0\",\"state\":\"RUNNING\""));
        await().until(() -> !state("acme").isEmpty());
    }

    private void device(String name, String driver) throws Exception {
        Files.createDirectories(files);
        Files.writeString(
                gateway.home().resolve("etc/headgate.device-" + name + ".cfg"),
                "driver = " + driver + "\npoll = 100ms\n");
    }

    private String state(String device) throws Exception {
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
    private void awaitBuild(int build) {
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

    private String driver(String name) throws Exception {
        return run("driver:list")
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> line.replaceAll(" +", " "))
                .findFirst()
                .orElse("");
    }

    private String wish() throws Exception {
        return Files.readString(gateway.home().resolve("etc/headgate.gateway.cfg"))
                .lines()
                .filter(line -> line.startsWith("drivers"))
                .findFirst()
                .orElse("");
    }

    private String warning(String file) throws Exception {
        return gateway.log()
                .lines()
                .filter(line -> line.contains(" WARN ") && line.contains("deploy/" + file + " "))
                .findFirst()
                .orElse("");
    }

    private long warned(String file) throws Exception {
        return gateway.log()
                .lines()
                .filter(line -> line.contains(" WARN ") && line.contains("deploy/" + file + " "))
                .count();
    }

    private String run(String... words) throws Exception {
        Result result = gateway.exec(words);
        assertThat(result.status()).as(result.toString()).isZero();
        return result.out();
    }

    /** Identity, state, level, version and name of every bundle. */
    private List<String> bundles() throws Exception {
        return run("bundle:list", "-t", "0", "-s", "--no-format")
                .lines()
                .skip(1)
                .toList();
    }

    /** The same without the identity, which is a new one when a bundle was put back. */
    private static List<String> names(List<String> bundles) {
        return bundles.stream()
                .map(line -> line.replaceFirst("^\\d+\\s", ""))
                .sorted()
                .toList();
    }
}
