package org.headgate.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.headgate.config.api.kit.MemoryConfigurations;
import org.headgate.config.api.kit.MemoryRevisions;
import org.headgate.device.api.DriverRequest;
import org.headgate.stream.api.Event;
import org.headgate.system.api.kit.MemoryStorage;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeployFolderTest {
    @TempDir
    Path folder;

    private final SimulatedSystem system = new SimulatedSystem(1);
    private final MemoryCatalog catalog = new MemoryCatalog();
    private final MemoryFramework framework = new MemoryFramework();
    private final MemoryConfigurations configurations = Wished.configurations("host");
    private final MemoryStorage disk = new MemoryStorage();
    private final List<Event> events = new ArrayList<>();
    private Path deploy;
    private FeatureDrivers drivers;
    private DeployFolder watch;

    @BeforeEach
    void start() {
        deploy = folder.resolve("deploy");
        drivers = new FeatureDrivers(
                catalog,
                framework,
                new Depot(disk, folder),
                configurations,
                new MemoryRevisions(configurations),
                events::add,
                system,
                system,
                system);
        watch = new DeployFolder(drivers, new DroppedFiles(deploy), new Deployed(disk), system, system);
        seconds(1);
    }

    @Test
    void aFileInstallsAnotherOneInItsPlaceUpdatesAndDeletingItRemoves() throws Exception {
        drop("acme.jar", "1.0");
        assertThat(Wished.drivers(configurations)).isEqualTo("host, acme@1.0.0");
        drop("acme.jar", "1.1.7");
        assertThat(Wished.drivers(configurations)).isEqualTo("host, acme@1.1.7");
        Files.delete(deploy.resolve("acme.jar"));
        seconds(2);
        assertThat(Wished.drivers(configurations)).isEqualTo("host");
        assertThat(events).extracting(Event::state).containsExactly("INSTALLED", "UPDATED", "REMOVED");
    }

    @Test
    void aFileUnderAnotherNameIsAnUpdateAndNoRemoval() throws Exception {
        drop("acme-1.0.jar", "1.0");
        Files.delete(deploy.resolve("acme-1.0.jar"));
        drop("acme-1.1.jar", "1.1");
        assertThat(Wished.drivers(configurations)).isEqualTo("host, acme@1.1.0");
        assertThat(events).extracting(Event::state).containsExactly("INSTALLED", "UPDATED");
    }

    @Test
    void whatIsStillBeingCopiedIsNotTaken() throws Exception {
        byte[] jar = Bundled.driver("acme", "1.0").bytes();
        for (int length = 100; length < jar.length; length += 100) {
            Files.write(deploy.resolve("acme.jar"), Arrays.copyOf(jar, length));
            system.advance(Duration.ofMillis(500));
        }
        assertThat(drivers.warnings()).isEmpty();
        Files.write(deploy.resolve("acme.jar"), jar);
        seconds(2);
        assertThat(Wished.drivers(configurations)).isEqualTo("host, acme@1.0.0");
    }

    @Test
    void aBrokenFileIsReportedOnceChangesNothingAndIsTriedAgainWhenItIsAnother() throws Exception {
        drop("good.jar", "1.0");
        Path bad = Files.write(deploy.resolve("bad.jar"), new byte[100]);
        seconds(10);
        assertThat(drivers.warnings()).hasSize(1).allMatch(line -> line.startsWith("deploy/bad.jar changed nothing: "));
        assertThat(Wished.drivers(configurations)).isEqualTo("host, acme@1.0.0");
        drop("bad.jar", "1.1");
        assertThat(drivers.warnings()).isEmpty();
        assertThat(Wished.drivers(configurations)).isEqualTo("host, acme@1.1.0");
        Files.write(bad, new byte[99]);
        seconds(2);
        assertThat(drivers.warnings()).hasSize(1);
        assertThat(Wished.drivers(configurations)).isEqualTo("host, acme@1.1.0");
    }

    @Test
    void aRestartDoesNothingTwiceButSeesWhatHasHappenedMeanwhile() throws Exception {
        drop("acme.jar", "1.0");
        drop("lamp.jar", Bundled.driver("lamp", "1").bytes());
        restart();
        assertThat(events).hasSize(2);
        watch.close();
        Files.delete(deploy.resolve("acme.jar"));
        restart();
        assertThat(Wished.drivers(configurations)).isEqualTo("host, lamp@1.0.0");
        // Removed by command: the file that is still there does not bring it back.
        drivers.change(new DriverRequest.Remove("lamp"), false, plan -> {});
        seconds(2);
        restart();
        assertThat(Wished.drivers(configurations)).isEqualTo("host");
    }

    @Test
    void deletingTheFileOfAnOlderVersionLeavesTheNewerOne() throws Exception {
        drop("old.jar", "1.0");
        drop("new.jar", "2.0");
        Files.delete(deploy.resolve("old.jar"));
        seconds(2);
        assertThat(Wished.drivers(configurations)).isEqualTo("host, acme@2.0.0");
    }

    @Test
    void aFileThatWasOnlyRenamedIsStillThere() throws Exception {
        drop("acme.jar", "1.0");
        Files.move(deploy.resolve("acme.jar"), deploy.resolve("acme-1.0.jar"));
        seconds(5);
        assertThat(Wished.drivers(configurations)).isEqualTo("host, acme@1.0.0");
        Files.delete(deploy.resolve("acme-1.0.jar"));
        seconds(5);
        assertThat(Wished.drivers(configurations)).isEqualTo("host");
        assertThat(events).extracting(Event::state).containsExactly("INSTALLED", "REMOVED");
    }

    @Test
    void aDriverGoesWithTheLastOfItsEqualCopies() throws Exception {
        drop("a.jar", "1.0");
        drop("b.jar", "1.0");
        drop("c.jar", "1.0");
        Files.delete(deploy.resolve("a.jar"));
        seconds(5);
        assertThat(Wished.drivers(configurations)).isEqualTo("host, acme@1.0.0");
        restart();
        Files.delete(deploy.resolve("b.jar"));
        Files.delete(deploy.resolve("c.jar"));
        seconds(5);
        assertThat(Wished.drivers(configurations)).isEqualTo("host");
    }

    @Test
    void deletingTheFileOfADriverThatIsMissingTakesTheWishBack() throws Exception {
        drop("acme.jar", "1.0");
        catalog.installed.clear();
        Files.delete(deploy.resolve("acme.jar"));
        seconds(5);
        assertThat(Wished.drivers(configurations)).isEqualTo("host");
        drop("acme.jar", "1.0");
        catalog.installed.clear();
        Wished.drivers(configurations, "host, acme@1.1.0");
        Files.delete(deploy.resolve("acme.jar"));
        seconds(5);
        assertThat(Wished.drivers(configurations))
                .as("another version is wanted")
                .isEqualTo("host, acme@1.1.0");
    }

    @Test
    void aFileThatWasRefusedForAPassingReasonIsTriedAgain() throws Exception {
        disk.capacity(100);
        drop("acme.jar", "1.0");
        assertThat(drivers.warnings()).hasSize(1).allMatch(line -> line.contains("No space left on device"));
        disk.capacity(Long.MAX_VALUE);
        seconds(20);
        assertThat(Wished.drivers(configurations)).isEqualTo("host, acme@1.0.0");
        assertThat(drivers.warnings()).isEmpty();
    }

    @Test
    void whatItNeedsMayComeWithAnotherDriver() throws Exception {
        framework.missing = "package x.y";
        drop("acme.jar", "1.0");
        // Long after: the pauses have become long.
        seconds(3_000);
        assertThat(catalog.changes).isZero();
        framework.missing = null;
        drop("lamp.jar", Bundled.driver("lamp", "1").bytes());
        seconds(2);
        assertThat(Wished.drivers(configurations)).isEqualTo("host, lamp@1.0.0, acme@1.0.0");
    }

    /** To try it again would stop the version that runs. */
    @Test
    void whatOffersNoDriverIsTriedAgainOnlyWhenAnotherDriverHasChanged() throws Exception {
        framework.silent.add("headgate-driver-acme/1.0.0");
        drop("acme.jar", "1.0");
        int changes = catalog.changes;
        seconds(3_000);
        assertThat(catalog.changes).isEqualTo(changes);
        framework.silent.clear();
        drop("lamp.jar", Bundled.driver("lamp", "1").bytes());
        seconds(2);
        assertThat(Wished.drivers(configurations)).isEqualTo("host, lamp@1.0.0, acme@1.0.0");
    }

    @Test
    void whatIsTriedAgainNeverTakesThePlaceOfWhatCameSince() throws Exception {
        framework.missing = "package x.y";
        drop("old.jar", "1.0");
        framework.missing = null;
        drivers.change(
                new DriverRequest.FromFile(
                        Bundled.driver("acme", "2.0").in(folder, "new.jar"), DriverRequest.Purpose.INSTALL),
                false,
                plan -> {});
        seconds(3_000);
        assertThat(Wished.drivers(configurations)).isEqualTo("host, acme@2.0.0");
        assertThat(drivers.warnings()).hasSize(1).allMatch(line -> line.contains("acme 2.0.0 is installed since"));
        drivers.change(new DriverRequest.Remove("acme"), false, plan -> {});
        seconds(3_000);
        assertThat(Wished.drivers(configurations)).isEqualTo("host");
    }

    @Test
    void whatIsTriedAgainDoesNotBringBackWhatWasRemovedSince() throws Exception {
        drop("first.jar", "1.0");
        framework.missing = "package x.y";
        drop("second.jar", "1.1");
        framework.missing = null;
        drivers.change(new DriverRequest.Remove("acme"), false, plan -> {});
        seconds(3_000);
        assertThat(Wished.drivers(configurations)).isEqualTo("host");
        assertThat(drivers.warnings()).hasSize(1).allMatch(line -> line.contains("acme was removed since"));
    }

    @Test
    void aRemovalThatFailsForAPassingReasonIsTriedAgain() throws Exception {
        drop("acme.jar", "1.0");
        configurations.fail("Read-only file system");
        Files.delete(deploy.resolve("acme.jar"));
        seconds(3);
        configurations.fail("");
        seconds(30);
        assertThat(Wished.drivers(configurations)).isEqualTo("host");
    }

    private void restart() {
        watch.close();
        watch = new DeployFolder(drivers, new DroppedFiles(deploy), new Deployed(disk), system, system);
        seconds(3);
    }

    private void drop(String file, String version) throws IOException {
        drop(file, Bundled.driver("acme", version).bytes());
    }

    private void drop(String file, byte[] bytes) throws IOException {
        Files.write(deploy.resolve(file), bytes);
        seconds(2);
    }

    private void seconds(int count) {
        system.advance(Duration.ofSeconds(count));
    }
}
