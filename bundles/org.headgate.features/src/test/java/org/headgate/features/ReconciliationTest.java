package org.headgate.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.headgate.config.api.kit.MemoryConfigurations;
import org.headgate.config.api.kit.MemoryRevisions;
import org.headgate.device.api.DriverRequest.FromFile;
import org.headgate.device.api.DriverRequest.Purpose;
import org.headgate.system.api.kit.MemoryStorage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReconciliationTest {
    @TempDir
    Path folder;

    private final MemoryCatalog catalog = new MemoryCatalog();
    private final MemoryFramework framework = new MemoryFramework();
    private final MemoryConfigurations configurations = Wished.configurations(null);
    private final MemoryStorage disk = new MemoryStorage();
    private final Depot depot = new Depot(disk, Path.of("/home"));
    private final DriverChanges changes = new DriverChanges(
            catalog, framework, depot, configurations, new Keeping(new MemoryRevisions(configurations)));

    @Test
    void aFreshGatewayHasTheDriversThatNeedNoHardware() throws Exception {
        assertThat(reconcile(false)).isEmpty();
        assertThat(catalog.installed).containsOnlyKeys("headgate-driver-host", "headgate-driver-simulator");
    }

    @Test
    void installsWhatIsMissingAndRemovesWhatIsNotWantedButNothingElse() throws Exception {
        catalog.installed.put("headgate-driver-host", "0.1.0");
        catalog.installed.put("headgate-marker", "0.1.0");
        catalog.installed.put("headgate-broker", "0.1.0");
        Wished.drivers(configurations, "modbus");
        reconcile(false);
        assertThat(catalog.installed).containsOnlyKeys("headgate-driver-modbus", "headgate-marker");
        reconcile(true);
        assertThat(catalog.installed).containsOnlyKeys("headgate-broker", "headgate-driver-modbus", "headgate-marker");
        int before = catalog.changes;
        reconcile(true);
        assertThat(catalog.changes).isEqualTo(before);
    }

    @Test
    void aDriverThatIsNotThereOrCannotBeInstalledDoesNotKeepTheOthersAway() throws Exception {
        Wished.drivers(configurations, "modbuss, host, simulator");
        catalog.unresolvable.add("headgate-driver-simulator/0.1.0");
        assertThat(reconcile(false))
                .hasSize(2)
                .anyMatch(line ->
                        line.contains("modbuss is not in this distribution; there are: host, modbus, simulator"))
                .anyMatch(line -> line.contains("headgate-driver-simulator/0.1.0 cannot be installed"));
        assertThat(catalog.installed).containsOnlyKeys("headgate-driver-host");
    }

    @Test
    void aLostCacheLosesNoDriver() throws Exception {
        Wished.drivers(configurations, "");
        install("1.0");
        install("1.1");
        catalog.installed.clear();
        assertThat(reconcile(false)).isEmpty();
        assertThat(catalog.installed).containsOnly(java.util.Map.entry("headgate-driver-acme", "1.1.0"));
    }

    @Test
    void anotherVersionInTheFileIsInstalledAndOneThatIsNotKeptIsReported() throws Exception {
        Wished.drivers(configurations, "");
        install("1.0");
        install("1.1");
        Wished.drivers(configurations, "acme@1.0");
        assertThat(reconcile(false)).isEmpty();
        assertThat(catalog.installed).containsEntry("headgate-driver-acme", "1.0.0");
        Wished.drivers(configurations, "acme@2");
        assertThat(reconcile(false))
                .hasSize(1)
                .allMatch(line -> line.contains("acme@2.0.0 is not in HOME/var/drivers"));
        assertThat(catalog.installed).containsEntry("headgate-driver-acme", "1.0.0");
    }

    @Test
    void wordsThatMakeNoSenseRemoveNothing() throws Exception {
        catalog.installed.put("headgate-driver-modbus", "0.1.0");
        Wished.drivers(configurations, "host, modbus@@1");
        assertThat(reconcile(false)).hasSize(1).allMatch(line -> line.contains("modbus@@1 (expected: "));
        assertThat(catalog.installed).containsOnlyKeys("headgate-driver-host", "headgate-driver-modbus");
    }

    /** Nobody could be asked: who uses what the driver exports keeps what it has. */
    @Test
    void anEditRestartsNoBundleOfOthersAndNamesThoseThatShouldBe() throws Exception {
        Wished.drivers(configurations, "");
        install("1.0");
        install("1.1");
        framework.released.clear();
        framework.dependents.add("org.acme.other");
        Wished.drivers(configurations, "host, acme@1.0.0");
        assertThat(reconcile(false))
                .containsExactly(
                        "acme: what it exported before is used until the gateway is restarted by org.acme.other");
        assertThat(catalog.installed).containsEntry("headgate-driver-acme", "1.0.0");
        assertThat(framework.released).isEmpty();
        framework.dependents.clear();
        Wished.drivers(configurations, "host, acme@1.1.0");
        assertThat(reconcile(false)).isEmpty();
        assertThat(framework.released).contains("headgate-driver-acme/1.0.0");
    }

    @Test
    void aDriverThatIsInstalledButOffersNothingIsReported() throws Exception {
        Wished.drivers(configurations, "host, modbus");
        framework.silent.add("headgate-driver-modbus/0.1.0");
        assertThat(reconcile(false)).containsExactly("modbus 0.1.0: offers no driver modbus");
        assertThat(catalog.installed).containsOnlyKeys("headgate-driver-host", "headgate-driver-modbus");
    }

    private void install(String version) throws Exception {
        Path jar = Bundled.driver("acme", version).in(folder, "acme.jar");
        changes.change(new FromFile(jar, Purpose.EITHER), false, plan -> {});
    }

    private List<String> reconcile(boolean broker) throws Exception {
        return new Reconciliation(catalog, framework, depot, changes).run(broker);
    }
}
