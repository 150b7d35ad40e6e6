package org.headgate.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.headgate.config.api.kit.MemoryConfigurations;
import org.headgate.config.api.kit.MemoryRevisions;
import org.headgate.device.api.DriverChange;
import org.headgate.device.api.DriverRequest;
import org.headgate.device.api.DriverRequest.FromFile;
import org.headgate.device.api.DriverRequest.Purpose;
import org.headgate.system.api.kit.MemoryStorage;
import org.junit.jupiter.api.io.TempDir;

/** A gateway without drivers, where changes of them are tried. */
abstract class ChangedDrivers {
    @TempDir
    Path folder;

    final MemoryCatalog catalog = new MemoryCatalog();
    final MemoryFramework framework = new MemoryFramework();
    final MemoryConfigurations configurations = Wished.configurations("host");
    final MemoryRevisions revisions = new MemoryRevisions(configurations);
    final Keeping keeping = new Keeping(revisions);
    MemoryStorage disk = new MemoryStorage();
    final List<DriverChange> announced = new ArrayList<>();

    void reconcile() throws Exception {
        Depot depot = new Depot(disk, folder);
        new Reconciliation(catalog, framework, depot, changes()).run(false);
    }

    FromFile file(String version, Purpose purpose) throws IOException {
        return new FromFile(Bundled.driver("acme", version).in(folder, "acme-" + version + ".jar"), purpose);
    }

    DriverChanges changes() {
        return new DriverChanges(catalog, framework, new Depot(disk, folder), configurations, keeping);
    }

    DriverChange change(DriverRequest request) throws Exception {
        return changes().change(request, false, announced::add);
    }

    /** Refused, and everything is as it was. */
    void refused(DriverRequest request, String why) throws Exception {
        String wish = Wished.drivers(configurations);
        var installed = new TreeMap<>(catalog.installed);
        List<String> kept = kept();
        assertThatThrownBy(() -> change(request))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(why)
                .hasMessageNotContaining("\n");
        assertThat(Wished.drivers(configurations)).isEqualTo(wish);
        assertThat(catalog.installed).isEqualTo(installed);
        assertThat(kept()).isEqualTo(kept);
    }

    List<String> kept() throws IOException {
        return disk.in("drivers").list().stream()
                .filter(file -> file.contains("@"))
                .toList();
    }
}
