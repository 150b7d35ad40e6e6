package org.headgate.features;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.headgate.device.api.DriverStatus;
import org.headgate.device.api.DriverStatus.State;
import org.slf4j.LoggerFactory;

/** What there is to say of each driver. Changes nothing; may be asked by any thread. */
final class DriverStates {
    private final Catalog catalog;
    private final Framework framework;
    private final Depot depot;
    private final DriverChanges changes;

    DriverStates(Catalog catalog, Framework framework, Depot depot, DriverChanges changes) {
        this.catalog = catalog;
        this.framework = framework;
        this.depot = depot;
        this.changes = changes;
    }

    /** Sorted by name. */
    List<DriverStatus> list() {
        try {
            Wishes wishes = changes.wishes();
            Set<FeatureId> distribution = catalog.distribution();
            Set<FeatureId> installed = catalog.installed();
            Set<String> names = new TreeSet<>(wishes.versions().keySet());
            distribution.stream()
                    .filter(FeatureId::isDriver)
                    .map(FeatureId::driver)
                    .forEach(names::add);
            installed.stream()
                    .filter(FeatureId::isDriver)
                    .map(FeatureId::driver)
                    .forEach(names::add);
            names.addAll(changes.keptDrivers());
            List<DriverStatus> all = new ArrayList<>();
            for (String name : names) {
                all.add(status(name, wishes.of(name), of(name, distribution), of(name, installed)));
            }
            return all;
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return List.of();
        } catch (Exception failure) {
            LoggerFactory.getLogger(DriverStates.class).warn("drivers cannot be listed: {}", failure.toString());
            return List.of();
        }
    }

    private DriverStatus status(
            String name, Optional<String> wish, Optional<FeatureId> distribution, Optional<FeatureId> installed)
            throws Exception {
        Optional<String> back = depot.previous(name, wish, distribution.isPresent());
        String previous = back.isEmpty()
                ? ""
                : back.get().isEmpty() ? distribution.orElseThrow().version() : back.get();
        if (installed.isPresent()) {
            boolean fromFile = !installed.equals(distribution);
            Optional<String> problem = framework.awaitDriver(name, catalog.locations(installed.get()), Duration.ZERO);
            String detail = problem.isPresent()
                    ? "offers nothing to devices"
                    : wish.isEmpty() ? "installed by hand, until the next start" : "";
            return status(
                    name,
                    installed.get().version(),
                    previous,
                    fromFile,
                    problem.isPresent() ? State.FAILED : State.RUNNING,
                    detail);
        }
        if (wish.isPresent()) {
            boolean fromFile = !wish.get().isEmpty();
            String version =
                    fromFile ? wish.get() : distribution.map(FeatureId::version).orElse("");
            return status(name, version, previous, fromFile, State.MISSING, "wanted, but not installed");
        }
        return distribution.isPresent()
                ? status(name, distribution.get().version(), previous, false, State.AVAILABLE, "")
                : status(name, previous, previous, true, State.AVAILABLE, "");
    }

    private static DriverStatus status(
            String name, String version, String previous, boolean fromFile, State state, String detail) {
        return new DriverStatus(name, version, previous, fromFile ? "file" : "distribution", state, detail);
    }

    private static Optional<FeatureId> of(String name, Set<FeatureId> features) {
        return features.stream()
                .filter(id -> id.isDriver() && id.driver().equals(name))
                .findFirst();
    }
}
