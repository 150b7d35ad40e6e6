package org.headgate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.headgate.config.api.Change;
import org.headgate.config.api.Gateway;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Version;

class FileConfigurationsTest {
    @TempDir
    Path home;

    private final MemoryAdmin admin = new MemoryAdmin();
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
    private final RealWorld world = new RealWorld(executor);

    @AfterEach
    void stop() {
        executor.shutdownNow();
    }

    private FileConfigurations start() throws IOException {
        Home folders = new Home(home);
        folders.prepare();
        LiveImage image = new LiveImage(admin.service());
        return new FileConfigurations(
                new DiskFolder(folders.etc()),
                new DiskFolder(folders.revisions(), 8, true),
                image,
                world,
                world,
                new SimulatedSystem(1),
                world,
                new Validators());
    }

    private Gateway gateway(FileConfigurations configurations) {
        return new HomeGateway(home, Version.parseVersion("1.2.3.x"), configurations);
    }

    private void write(String text) throws IOException {
        Files.writeString(home.resolve("etc/headgate.gateway.cfg"), text);
    }

    @Test
    void theIdentityIsMadeOnceAndKeptAlsoWhenTheFileIsBroken() throws IOException {
        String id = gateway(start()).id();
        assertThat(id).matches("gw-[0-9a-f]{8}");
        assertThat(home.resolve("etc/headgate.gateway.cfg")).content().startsWith("# ");
        assertThat(gateway(start()).id()).isEqualTo(id);
        write("id = " + id + "\nwhat is this\n");
        assertThat(gateway(start()).id()).isEqualTo(id);
        assertThat(gateway(start()).version()).isEqualTo("1.2.3");
    }

    @Test
    void anIdentityIsAddedToAFileWithoutOneAndMadeFitForTopics() throws IOException {
        Files.createDirectories(home.resolve("etc"));
        write("# mine\n");
        assertThat(gateway(start()).id()).startsWith("gw-");
        assertThat(home.resolve("etc/headgate.gateway.cfg")).content().startsWith("# mine\nid = gw-");
        write("id = plant/7+#\n");
        assertThat(gateway(start()).id()).isEqualTo("plant-7--");
    }

    @Test
    void setsReadsAndUnsetsAKey() throws IOException {
        FileConfigurations configurations = start();
        configurations.change(Change.by("test", "a test").set("headgate.rule-r.cfg", "sql", "SELECT a FROM b"));
        assertThat(configurations.files()).containsExactly("headgate.gateway.cfg", "headgate.rule-r.cfg");
        assertThat(configurations.value("headgate.rule-r.cfg", "sql")).contains("SELECT a FROM b");
        assertThat(configurations.warnings()).isEmpty();
        configurations.change(Change.by("test", "a test").unset("headgate.rule-r.cfg", "sql"));
        assertThat(configurations.value("headgate.rule-r.cfg", "sql")).isEmpty();
        configurations.change(Change.by("test", "a test").remove("headgate.rule-r.cfg"));
        assertThat(configurations.files()).containsExactly("headgate.gateway.cfg");
        assertThatThrownBy(
                        () -> configurations.change(Change.by("test", "a test").unset("headgate.rule-r.cfg", "sql")))
                .hasMessage("headgate.rule-r.cfg: there is no such file");
        assertThatThrownBy(
                        () -> configurations.change(Change.by("test", "a test").set("headgate.rule_r.cfg", "sql", "x")))
                .hasMessageContaining("did you mean headgate.rule-r.cfg?");
    }

    /** Whenever it is made between two looks: the promise of the README. */
    @Test
    void anEditIsLiveWithinTwoSeconds() throws IOException {
        Home folders = new Home(home);
        folders.prepare();
        SimulatedSystem system = new SimulatedSystem(1);
        new FileConfigurations(
                new DiskFolder(folders.etc()),
                new DiskFolder(folders.revisions(), 8, true),
                new LiveImage(admin.service()),
                system,
                system,
                system,
                system,
                new Validators());
        Path file = home.resolve("etc/headgate.device-boiler.cfg");
        for (int edit = 0; edit < 20; edit++) {
            system.advance(Duration.ofMillis(1 + 37 * edit));
            Files.writeString(file, "poll = " + edit + "s # " + "x".repeat(edit) + "\n");
            system.advance(Duration.ofSeconds(2));
            assertThat(admin.configurations.get("headgate.device~boiler").get("poll"))
                    .isEqualTo(edit + "s");
            system.advance(Duration.ofMillis(1 + 37 * edit));
            Files.delete(file);
            system.advance(Duration.ofSeconds(2));
            assertThat(admin.configurations).doesNotContainKey("headgate.device~boiler");
        }
    }

    /** Ctrl-C, or a client that goes away, interrupts the thread of the session at any point. */
    @Test
    void anInterruptedThreadFinishesItsChange() throws IOException {
        FileConfigurations configurations = start();
        Thread.currentThread().interrupt();
        try {
            configurations.change(Change.by("test", "a test").set("headgate.rule-r.cfg", "sql", "SELECT a FROM b"));
        } finally {
            assertThat(Thread.interrupted()).as("the session still ends").isTrue();
        }
        assertThat(home.resolve("etc/headgate.rule-r.cfg")).content().isEqualTo("sql = SELECT a FROM b\n");
        assertThat(home.resolve("var/revisions").toFile().list())
                .containsExactlyInAnyOrder("00000001.json.gz", "00000002.json.gz");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(home.resolve("var/revisions/00000002.json.gz"))))
                .isEqualTo("rw-------");
    }

    @Test
    void severalKeysChangeTogetherOrNotAtAll() throws IOException {
        FileConfigurations configurations = start();
        String file = "headgate.profile-p.cfg";
        Map<String, Optional<String>> changes = new LinkedHashMap<>();
        changes.put("poll", Optional.of("1s"));
        changes.put("channel.a", Optional.of("x/1"));
        configurations.change(Change.by("test", "a test").keys(file, changes));
        assertThat(home.resolve("etc").resolve(file)).content().isEqualTo("poll = 1s\nchannel.a = x/1\n");
        changes.put("poll", Optional.empty());
        changes.put("channel.a", Optional.of("two\nlines"));
        assertThatThrownBy(
                        () -> configurations.change(Change.by("test", "a test").keys(file, changes)))
                .hasMessageContaining("channel.a");
        assertThat(configurations.values(file)).isEqualTo(Map.of("poll", "1s", "channel.a", "x/1"));
        changes.put("channel.a", Optional.of("x/2"));
        configurations.change(Change.by("test", "a test").keys(file, changes));
        assertThat(configurations.values(file)).isEqualTo(Map.of("channel.a", "x/2"));
        assertThat(configurations.values("headgate.profile-none.cfg")).isEmpty();
    }
}
