package org.headgate.features;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.headgate.config.api.Gateway;
import org.headgate.device.api.DriverFiles;
import org.headgate.system.api.Storage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The depot for those who move whole set-ups. What changes it takes turns with the changes of drivers. */
@Component
public final class KeptDrivers implements DriverFiles {
    private static final String FOLDER = "cache";

    private final FeatureDrivers drivers;
    private final Depot depot;
    private final Path folder;

    /** For the service registry. */
    @Activate
    public KeptDrivers(@Reference FeatureDrivers drivers, @Reference Storage storage, @Reference Gateway gateway) {
        this(drivers, new Depot(storage, gateway.home()), gateway.home().resolve(FOLDER));
    }

    /**
     * For tests.
     *
     * @param folder where a file may lie until it is in the depot
     */
    KeptDrivers(FeatureDrivers drivers, Depot depot, Path folder) {
        this.drivers = drivers;
        this.depot = depot;
        this.folder = folder;
        drivers.inTurn(FOLDER, () -> {
            BroughtFile.sweep(folder);
            return null;
        });
    }

    @Override
    public List<String> list() throws IOException {
        List<String> files = new ArrayList<>();
        for (FeatureId version : depot.versions()) {
            files.add(new DepotFile(depot, version).name());
        }
        return files.stream().sorted().toList();
    }

    @Override
    public void copy(String file, OutputStream to) throws IOException {
        for (FeatureId version : depot.versions()) {
            DepotFile kept = new DepotFile(depot, version);
            if (kept.name().equals(file)) {
                kept.copy(to);
                return;
            }
        }
        throw new IOException(file + " is not in HOME/var/drivers");
    }

    @Override
    public CompletionStage<Void> keep(Object owner, String file, InputStream content) {
        return drivers.inTurn(file, () -> {
            try (BroughtFile brought = new BroughtFile(folder, file, content)) {
                DriverFile driver = DriverFileReader.read(brought.path());
                if (!file.startsWith(driver.driver() + "@" + driver.version() + ".")) {
                    throw RefusedException.forGood(file + ": holds " + driver.driver() + " " + driver.version());
                }
                drivers.keep(owner, driver, brought.path());
            }
            return null;
        });
    }

    @Override
    public CompletionStage<Void> prune(Object owner) {
        return drivers.inTurn(Depot.FOLDER, () -> {
            drivers.prune(owner);
            return null;
        });
    }

    @Override
    public CompletionStage<List<String>> settle() {
        return drivers.settle();
    }
}
