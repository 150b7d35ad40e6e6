package org.headgate.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The drivers that belong to a set-up: they come back with it, and go with it to another gateway. */
class SetUpDriversIT {
    @TempDir
    Path folder;

    private DriverSite site;
    private DriverSite other;

    @BeforeEach
    void prepare() throws Exception {
        site = new DriverSite(folder.resolve("one"));
        other = new DriverSite(folder.resolve("other"));
        for (int build = 1; build <= 4; build++) {
            new DriverBundle("acme", "1.0." + build).jar(site.files);
        }
    }

    @AfterEach
    void end() throws Exception {
        try {
            other.close();
        } finally {
            site.close();
        }
    }

    @Test
    void goingBackToARevisionBringsItsDriversVersion() throws Exception {
        site.start();
        site.run("driver:install", "acme-1.0.1.jar");
        long first = newest();
        for (int build = 2; build <= 4; build++) {
            site.run("driver:update", "acme-1.0." + build + ".jar");
        }
        site.awaitBuild(4);
        // Two more than a rollback of the driver alone could bring.
        assertThat(site.run("gateway:rollback", String.valueOf(first)))
                .contains("~ headgate.gateway.cfg (+1 -1 lines)");
        assertThat(site.driver("acme")).as("when the command has returned").contains("1.0.1 RUNNING");
        site.awaitBuild(1);
        site.gateway.kill();
        site.start();
        site.awaitBuild(1);
        assertThat(site.gateway.log()).doesNotContain(" ERROR ");
    }

    @Test
    void anArchiveBringsTheDriversAlong() throws Exception {
        site.start();
        site.run("driver:install", "acme-1.0.2.jar");
        Files.writeString(
                site.gateway.home().resolve("etc/headgate.uplink-cloud.cfg"),
                "address = mqtt://127.0.0.1:1\nstreams = *\nuser = gw\npassword = @mqtt-password\nenabled = false\n");
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(site.run("gateway:export", "site" + System.nanoTime() + ".zip"))
                        .contains("needs the secret mqtt-password"));
        site.run("gateway:export", "site.zip");
        String id = site.run("gateway:status", "--json");
        site.gateway.stop();

        Files.copy(site.files.resolve("site.zip"), other.files.resolve("site.zip"));
        other.start();
        String own =
                Message.json(other.run("gateway:status", "--json")).get("id").asText();
        assertThat(other.run("gateway:import", "site.zip"))
                .contains("+ headgate.uplink-cloud.cfg", "note: the secret mqtt-password is not set");
        other.awaitBuild(2);
        assertThat(other.wish()).isEqualTo("drivers = host, simulator, acme@1.0.2");
        assertThat(Message.json(id).get("id").asText()).isNotEqualTo(own);
        assertThat(Files.readString(other.gateway.home().resolve("etc/headgate.gateway.cfg")))
                .contains("id = " + own, "console.port = " + other.gateway.consolePort());
        Files.writeString(other.files.resolve("password"), "s3cret\n");
        other.run("secret:set", "mqtt-password", "--from", "password");
        assertThat(other.files.resolve("password")).doesNotExist();
        assertThat(other.run("secret:list")).contains("mqtt-password  SET").doesNotContain("s3cret");
        assertThat(other.gateway.log()).doesNotContain("s3cret", " ERROR ");
    }

    private long newest() throws Exception {
        JsonNode revisions = Message.json(site.run("gateway:revisions", "--json"));
        return revisions.get(0).get("revision").asLong();
    }
}
