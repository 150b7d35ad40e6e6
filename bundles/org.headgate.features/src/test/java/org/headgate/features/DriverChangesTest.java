package org.headgate.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.headgate.device.api.DriverRequest;
import org.headgate.device.api.DriverRequest.FromFile;
import org.headgate.device.api.DriverRequest.Named;
import org.headgate.device.api.DriverRequest.Purpose;
import org.headgate.device.api.DriverRequest.Remove;
import org.headgate.device.api.DriverRequest.Rollback;
import org.headgate.system.api.kit.MemoryStorage;
import org.junit.jupiter.api.Test;

/** What a change of drivers refuses, and what it leaves behind where it fails. */
class DriverChangesTest extends ChangedDrivers {
    @Test
    void theSameAgainChangesNothing() throws Exception {
        change(file("1.0", Purpose.INSTALL));
        int changes = catalog.changes;
        assertThat(change(file("1.0", Purpose.INSTALL)).isNothing()).isTrue();
        assertThat(change(file("1.0", Purpose.EITHER)).isNothing()).isTrue();
        assertThat(change(new Named("acme")).isNothing()).isTrue();
        assertThat(catalog.changes).isEqualTo(changes);
        Path other = Bundled.driver("acme", "1.0").with("X", "y").in(folder, "other.jar");
        refused(new FromFile(other, Purpose.EITHER), "another build of acme 1.0.0 is installed");
    }

    /** The features service has forgotten the feature; its bundle runs on. */
    @Test
    void aDriverWhoseKeptFilesAreLostIsRemovedWithItsBundles() throws Exception {
        change(file("1.0", Purpose.INSTALL));
        String location = new Depot(disk, folder).location("acme") + "1.0.0.0.jar";
        loseFiles();
        framework.orphans.add(location);
        assertThat(change(new Remove("acme")).before()).isEqualTo("1.0.0");
        assertThat(framework.orphans).isEmpty();
        assertThat(announced.get(1).own()).containsExactly(location);
        assertThat(Wished.drivers(configurations)).isEqualTo("host");
        // Nor does one run on that nobody wants any more.
        framework.orphans.add(location);
        assertThat(change(new Remove("acme")).before()).isEqualTo("1.0.0");
        assertThat(framework.orphans).isEmpty();
        refused(new Remove("acme"), "acme: not installed");
    }

    @Test
    void aDriverWhoseBundlesCannotBeStoppedStaysWanted() throws Exception {
        change(file("1.0", Purpose.INSTALL));
        loseFiles();
        framework.orphans.add(new Depot(disk, folder).location("acme") + "1.0.0.0.jar");
        framework.stubborn = true;
        refused(new Remove("acme"), "acme: cannot be stopped");
    }

    private void loseFiles() throws IOException {
        for (String file : kept()) {
            disk.in("drivers").delete(file);
        }
        catalog.installed.remove("headgate-driver-acme");
    }

    @Test
    void whatCannotBeIsRefusedBeforeAnythingChanges() throws Exception {
        refused(file("1.0", Purpose.UPDATE), "acme is not installed (expected: driver:install)");
        refused(new Rollback("acme"), "acme: no version to go back to");
        refused(new Named("nothing"), "nothing: no such driver; there are: host, modbus, simulator");
        refused(
                new Named("modbuss"),
                "modbuss: no such driver; did you mean modbus? there are: host, modbus, simulator");
        framework.missing = "package x.y";
        refused(file("1.0", Purpose.INSTALL), "acme-1.0.jar: needs package x.y, which nothing here provides");
        framework.missing = null;
        framework.taken.add("org.acme.driver.acme");
        refused(file("1.0", Purpose.INSTALL), "org.acme.driver.acme is a bundle of the gateway or of another driver");
        framework.taken.clear();
        change(file("1.0", Purpose.INSTALL));
        refused(new Remove("acmee"), "acmee: not installed; did you mean acme?");
        refused(file("1.1", Purpose.INSTALL), "acme 1.0.0 is installed (expected: driver:update)");
    }

    @Test
    void otherBundlesAreTouchedOnlyWhenThatIsWanted() throws Exception {
        change(file("1.0", Purpose.INSTALL));
        framework.dependents.add("org.acme.other");
        refused(file("1.1", Purpose.UPDATE), "acme-1.1.jar: org.acme.other would be restarted, too (expected: --yes)");
        assertThat(announced.get(1).others()).containsExactly("org.acme.other");
        assertThat(changes()
                        .change(file("1.1", Purpose.UPDATE), true, plan -> {})
                        .after())
                .isEqualTo("1.1.0");
    }

    @Test
    void aDriverThatDoesNotComeUpIsUndone() throws Exception {
        change(file("1.0", Purpose.INSTALL));
        framework.silent.add("headgate-driver-acme/1.1.0");
        refused(file("1.1", Purpose.UPDATE), "acme-1.1.jar: offers no driver acme");
        catalog.unresolvable.add("headgate-driver-acme/1.2.0");
        refused(file("1.2", Purpose.UPDATE), "acme-1.2.jar: Unable to resolve root: headgate-driver-acme/1.2.0");
        configurations.fail("Read-only file system");
        refused(file("1.3", Purpose.UPDATE), "acme-1.3.jar: Read-only file system");
        configurations.fail("");
        disk.capacity(100);
        refused(file("1.4", Purpose.UPDATE), "acme-1.4.jar: No space left on device");
        disk.capacity(Long.MAX_VALUE);
        Path first = Bundled.driver("silent", "1").in(folder, "silent.jar");
        framework.silent.add("headgate-driver-silent/1.0.0");
        refused(new FromFile(first, Purpose.INSTALL), "silent.jar: offers no driver silent");
    }

    /** Whenever the power goes, the next start has a version that is whole: the old one or the new one. */
    @Test
    void aPowerCutAnywhereLeavesTheOldVersionOrTheNew() throws Exception {
        List<DriverRequest> story = List.of(
                file("1.0", Purpose.INSTALL),
                file("1.1", Purpose.UPDATE),
                file("1.2", Purpose.UPDATE),
                new Rollback("acme"),
                file("1.2", Purpose.UPDATE),
                new Remove("acme"),
                new Rollback("acme"));
        for (DriverRequest request : story) {
            MemoryStorage before = disk;
            String wish = Wished.drivers(configurations);
            var installed = new java.util.TreeMap<>(catalog.installed);
            String wishedBefore = acme();
            List<String> keptBefore = kept();
            long operations = operationsOf(request, before, wish, installed);
            List<String> keptAfter = kept();
            for (long at = 1; at <= operations; at++) {
                disk = before.crash(at);
                Wished.drivers(configurations, wish);
                restoreCatalog(installed);
                disk.cutPowerAt(at);
                try {
                    change(request);
                } catch (RefusedException | IOException powerCut) {
                    assertThat(disk.isOff()).isTrue();
                }
                disk = disk.crash(at * 31);
                reconcile();
                String running = catalog.installed.getOrDefault("headgate-driver-acme", "none");
                String wanted = acme();
                assertThat(running).as("%s cut at %d", request, at).isEqualTo(wanted);
                // What a rollback brings is that of before, or that of after.
                assertThat(kept())
                        .as("kept after %s, cut at %d", request, at)
                        .isEqualTo(wanted.equals(wishedBefore) ? keptBefore : keptAfter);
            }
            disk = before.crash(0);
            Wished.drivers(configurations, wish);
            restoreCatalog(installed);
            change(request);
        }
    }

    private String acme() {
        return Wishes.parse(configurations.value("headgate.gateway.cfg", "drivers"))
                .of("acme")
                .orElse("none");
    }

    private long operationsOf(
            DriverRequest request, MemoryStorage before, String wish, java.util.Map<String, String> installed)
            throws Exception {
        disk = before.crash(0);
        change(request);
        Wished.drivers(configurations, wish);
        restoreCatalog(installed);
        return disk.operations();
    }

    private void restoreCatalog(java.util.Map<String, String> installed) {
        catalog.installed.clear();
        catalog.installed.putAll(installed);
    }
}
