package org.headgate.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.headgate.distribution.RunningGateway.Result;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drivers that somebody brings, by command. */
class DriverIT {
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
    void installsUpdatesRollsBackAndRemovesOneVersionAtATime() throws Exception {
        new DriverBundle("acme", "1.0.1").jar(site.files);
        new DriverBundle("acme", "1.0.2").jar(site.files);
        site.start();
        List<String> core = site.bundles();
        assertThat(site.state("acme")).isEqualTo("WAITING_FOR_DRIVER");

        assertThat(site.run("driver:install", "acme-1.0.1.jar"))
                .isEqualTo("touches: nothing that runs\nacme 1.0.1 runs\n");
        site.awaitBuild(1);
        assertThat(site.gateway.exec("driver:install", "acme-1.0.2.jar").err()).contains("driver:update");
        assertThat(site.run("driver:install", "acme-1.0.1.jar")).isEqualTo("acme 1.0.1 runs already\n");
        assertThat(site.run("driver:update", "acme-1.0.2.jar"))
                .isEqualTo("touches: org.acme.driver.acme (1 device waits meanwhile)\n"
                        + "acme 1.0.2 runs; driver:rollback acme brings 1.0.1 back\n");
        site.awaitBuild(2);
        assertThat(site.driver("acme")).contains("1.0.2 RUNNING 1 1.0.1 file");
        assertThat(site.bundles()).hasSize(core.size() + 1).containsAll(core);

        assertThat(site.run("driver:rollback", "acme")).contains("note: 1.0.1 is older than 1.0.2\nacme 1.0.1 runs;");
        site.awaitBuild(1);
        assertThat(site.run("driver:rollback", "acme")).contains("acme 1.0.2 runs;");
        site.awaitBuild(2);
        assertThat(site.wish()).isEqualTo("drivers = host, simulator, acme@1.0.2");

        assertThat(site.run("driver:remove", "acme")).contains("acme 1.0.2 is removed");
        await().until(() -> site.state("acme").equals("WAITING_FOR_DRIVER"));
        assertThat(site.bundles()).isEqualTo(core);
        assertThat(site.wish()).isEqualTo("drivers = host, simulator");
        assertThat(site.gateway.exec("driver:remove", "acme").err()).contains("acme: not installed");
        site.run("driver:rollback", "acme");
        site.awaitBuild(2);

        // The same with one of the distribution's.
        site.run("driver:remove", "host");
        await().until(() -> site.state("host").equals("WAITING_FOR_DRIVER"));
        site.run("driver:install", "host");
        await().until(() ->
                site.state("host").equals("ONLINE") || site.state("host").equals("DEGRADED"));
        assertThat(site.gateway.exec("driver:install", "modbuss").err())
                .contains("modbuss: no such driver; did you mean modbus? there are: gpio, host, http, i2c, modbus, ");
        assertThat(site.gateway.execAs("viewer", "driver:list").status()).isZero();
        assertThat(site.gateway.execAs("operator", "driver:remove", "host").status())
                .isNotZero();
        assertThat(site.gateway.log()).doesNotContain(" ERROR ");
    }

    @Test
    void anArchiveOfKarafIsADriverLikeAJar() throws Exception {
        new DriverBundle("acme", "1.0.3").kar(site.files);
        site.start();
        assertThat(site.run("driver:install", "acme-1.0.3.kar")).contains("acme 1.0.3 runs");
        site.awaitBuild(3);
    }

    @Test
    void aLostCacheAndAKillLoseNoDriver() throws Exception {
        new DriverBundle("acme", "1.0.1").jar(site.files);
        site.start();
        site.run("driver:install", "acme-1.0.1.jar");
        Files.delete(site.files.resolve("acme-1.0.1.jar"));
        site.gateway.kill();
        site.start();
        site.awaitBuild(1);
        site.gateway.stop();
        Files.delete(site.gateway.home().resolve("cache/ready"));
        site.start();
        site.awaitBuild(1);
        // Even without the files that were kept: its own file brings it back.
        site.gateway.stop();
        for (Path kept : site.kept()) {
            Files.delete(kept);
        }
        site.start();
        await().untilAsserted(() -> assertThat(site.run("gateway:status"))
                .contains("acme@1.0.1 is not in HOME/var/drivers; bring its file again"));
        new DriverBundle("acme", "1.0.1").jar(site.files);
        site.run("driver:install", "acme-1.0.1.jar");
        site.awaitBuild(1);
        site.run("driver:remove", "acme");
        site.gateway.stop();
        site.start();
        assertThat(site.driver("acme")).contains("AVAILABLE");
        assertThat(site.state("acme")).isEqualTo("WAITING_FOR_DRIVER");
    }

    @Test
    void whatWasKeptIsLostAndTheDriverIsRemovedAllTheSame() throws Exception {
        new DriverBundle("acme", "1.0.1").jar(site.files);
        site.start();
        List<String> core = site.bundles();
        site.run("driver:install", "acme-1.0.1.jar");
        site.awaitBuild(1);
        site.gateway.stop();
        for (Path kept : site.kept()) {
            Files.delete(kept);
        }
        site.start();
        assertThat(site.run("driver:remove", "acme"))
                .contains("touches: org.acme.driver.acme", "acme 1.0.1 is removed");
        assertThat(site.bundles()).isEqualTo(core);
        assertThat(site.wish()).isEqualTo("drivers = host, simulator");
        // And the features service can go on.
        site.run("driver:remove", "host");
        site.run("driver:install", "host");
        site.run("driver:install", "acme-1.0.1.jar");
        site.awaitBuild(1);
    }

    /** A driver that others build on is changed only when somebody has agreed to what that restarts. */
    @Test
    void whatUsesADriversPackagesIsNamedAndRestartedOnlyWhenThatIsWanted() throws Exception {
        new DriverBundle("lib", "1.0.1")
                .header("Export-Package", "org.acme.driver.lib")
                .jar(site.files);
        new DriverBundle("lib", "1.0.2")
                .header("Export-Package", "org.acme.driver.lib")
                .jar(site.files);
        new DriverBundle("acme", "1.0.1")
                .header(
                        "Import-Package",
                        "org.headgate.data.api,org.headgate.device.api,org.osgi.framework,org.acme.driver.lib")
                .jar(site.files);
        site.start();
        assertThat(site.gateway.exec("driver:install", "acme-1.0.1.jar").err())
                .contains("acme-1.0.1.jar: needs package org.acme.driver.lib, which nothing here provides");
        site.run("driver:install", "lib-1.0.1.jar");
        site.run("driver:install", "acme-1.0.1.jar");
        site.awaitBuild(1);
        List<String> before = site.bundles();
        Result refused = site.gateway.exec("driver:update", "lib-1.0.2.jar");
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.out()).contains("restarts: org.acme.driver.acme\n");
        assertThat(refused.err()).contains("org.acme.driver.acme would be restarted, too (expected: --yes)");
        assertThat(site.bundles()).isEqualTo(before);
        assertThat(site.run("driver:update", "lib-1.0.2.jar", "--yes")).contains("lib 1.0.2 runs");
        site.awaitBuild(1);

        // By an edit nobody can be asked: the driver changes, its user goes on as it is.
        long connections = connections();
        Path file = site.gateway.home().resolve("etc/headgate.gateway.cfg");
        Files.writeString(file, Files.readString(file).replace("lib@1.0.2", "lib@1.0.1"));
        await().until(() -> site.run("driver:list")
                .contains("warning: lib: what it exported before is used until the gateway is restarted by"
                        + " org.acme.driver.acme"));
        assertThat(site.driver("lib")).contains("1.0.1 RUNNING");
        site.awaitBuild(1);
        assertThat(connections()).isEqualTo(connections);
    }

    private long connections() throws Exception {
        return Message.json(site.run("device:info", "acme", "--json"))
                .path("connections")
                .asLong(-1);
    }
}
