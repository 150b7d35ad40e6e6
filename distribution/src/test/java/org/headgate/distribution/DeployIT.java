package org.headgate.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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

/** Files in {@code deploy/}; and files that are no drivers, by command and by the folder. */
class DeployIT {
    @TempDir
    Path folder;

    private DriverSite site;

    @BeforeEach
    void prepare() throws Exception {
        site = new DriverSite(folder);
    }

    @AfterEach
    void end() throws Exception {
        site.close();
    }

    @Test
    void aBrokenFileIsReportedAndChangesNothing() throws Exception {
        new DriverBundle("acme", "1.0.1").jar(site.files);
        Map<String, String> broken = broken();
        site.start();
        site.run("driver:install", "acme-1.0.1.jar");
        site.awaitBuild(1);
        String drivers = site.run("driver:list");
        List<String> bundles = site.bundles();
        for (Map.Entry<String, String> each : broken.entrySet()) {
            Result result = site.gateway.exec("driver:update", each.getKey());
            assertThat(result.status()).as(each.getKey()).isEqualTo(1);
            assertThat(result.err()).contains("error: " + each.getKey(), each.getValue());
            assertThat(result.err().lines().filter(line -> !line.startsWith("changing the driver ...")))
                    .hasSize(1);
            assertThat(site.run("driver:list")).isEqualTo(drivers);
        }
        assertThat(DriverSite.names(site.bundles())).isEqualTo(DriverSite.names(bundles));
        site.awaitBuild(1);
        assertThat(site.wish()).isEqualTo("drivers = host, simulator, acme@1.0.1");

        // The same by the folder, all at once.
        for (String file : broken.keySet()) {
            Files.copy(site.files.resolve(file), site.deploy.resolve(file));
        }
        await().atMost(Duration.ofSeconds(40)).untilAsserted(() -> {
            for (String file : broken.keySet()) {
                assertThat(site.warned(file)).as(file).isOne();
            }
        });
        for (Map.Entry<String, String> each : broken.entrySet()) {
            assertThat(site.warning(each.getKey())).contains(each.getValue());
        }
        assertThat(DriverSite.names(site.bundles())).isEqualTo(DriverSite.names(bundles));
        assertThat(site.run("driver:list")).startsWith(drivers).contains("warning: deploy/acme-1.0.9.jar");
        assertThat(site.run("gateway:status")).contains("deploy/torn.jar changed nothing");
        for (String file : broken.keySet()) {
            Files.delete(site.deploy.resolve(file));
        }
        await().untilAsserted(() -> assertThat(site.run("driver:list")).isEqualTo(drivers));
        assertThat(DriverSite.names(site.bundles())).isEqualTo(DriverSite.names(bundles));
    }

    /** Files that are no drivers, and what is said of them. */
    private Map<String, String> broken() throws Exception {
        Map<String, String> broken = new TreeMap<>();
        byte[] good = new DriverBundle("acme", "1.0.5").bytes();
        Files.write(site.files.resolve("torn.jar"), Arrays.copyOf(good, good.length / 2));
        broken.put("torn.jar", "damaged or not complete");
        Files.write(site.files.resolve("empty.jar"), new byte[0]);
        broken.put("empty.jar", "damaged or not complete");
        Files.write(
                site.files.resolve("plain.jar"),
                new DriverBundle("acme", "1.0.5")
                        .header("Bundle-SymbolicName", null)
                        .bytes());
        broken.put("plain.jar", "no Bundle-SymbolicName");
        new DriverBundle("acme", "1.0.7")
                .header("Import-Package", "org.headgate.device.api,com.example.missing;version=\"[2,3)\"")
                .jar(site.files);
        broken.put("acme-1.0.7.jar", "needs package com.example.missing [2,3), which nothing here provides");
        new DriverBundle("acme", "1.0.8")
                .header("Bundle-SymbolicName", "org.headgate.data.api")
                .header("Headgate-Driver", "acme")
                .jar(site.files);
        broken.put("acme-1.0.8.jar", "org.headgate.data.api is a bundle of the gateway");
        new DriverBundle("acme", "1.0.9").withoutService().jar(site.files);
        broken.put("acme-1.0.9.jar", "offers no driver acme within 10 s");
        return broken;
    }

    @Test
    void theFolderInstallsUpdatesAndRemovesAndARestartDoesNothingTwice() throws Exception {
        site.start();
        List<String> core = site.bundles();
        // Half-copied at first: not taken before it is whole.
        byte[] jar = new DriverBundle("acme", "1.0.1").bytes();
        Path file = site.deploy.resolve("acme.jar");
        Files.write(file, Arrays.copyOf(jar, jar.length / 2));
        Files.write(file, jar);
        site.awaitBuild(1);
        assertThat(site.warned("acme.jar")).isZero();
        Files.write(file, new DriverBundle("acme", "1.0.2").bytes());
        site.awaitBuild(2);
        assertThat(site.driver("acme")).contains("1.0.2 RUNNING 1 1.0.1 file");
        site.gateway.stop();
        String log = site.gateway.log();
        site.start();
        site.awaitBuild(2);
        assertThat(site.bundles()).hasSize(core.size() + 1);
        site.gateway.stop();
        Files.delete(file);
        site.start();
        await().atMost(Duration.ofSeconds(20)).until(() -> site.state("acme").equals("WAITING_FOR_DRIVER"));
        await().untilAsserted(() -> assertThat(site.wish()).isEqualTo("drivers = host, simulator"));
        assertThat(site.gateway.log().substring(log.length())).doesNotContain("UPDATED", "INSTALLED");
    }
}
