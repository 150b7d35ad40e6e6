package org.headgate.features;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the installed features what the configuration wants: at each start, so that a wiped cache or a change that was cut off loses
 * nothing, and after each edit. A driver that cannot be had keeps no other away, and what is installed of it stays. Blocks; one thread
 * at a time.
 */
final class Reconciliation {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciliation.class);
    private static final String BROKER = "headgate-broker";

    private final Catalog catalog;
    private final Framework framework;
    private final Depot depot;
    private final DriverChanges changes;

    Reconciliation(Catalog catalog, Framework framework, Depot depot, DriverChanges changes) {
        this.catalog = catalog;
        this.framework = framework;
        this.depot = depot;
        this.changes = changes;
    }

    /**
     * Installs what is missing and uninstalls what is not wanted, and nothing else.
     *
     * @param broker whether the embedded broker is wanted
     * @return what a person should look at
     */
    List<String> run(boolean broker) throws Exception {
        Wishes wishes = changes.wishes();
        Set<FeatureId> distribution = catalog.distribution();
        Set<FeatureId> installed = catalog.installed();
        List<String> warnings = new ArrayList<>();
        wishes.wrong()
                .forEach(word -> warnings.add(DriverChanges.FILE + ": " + DriverChanges.KEY + ": " + word
                        + " (expected: " + Wishes.EXPECTED + ")"));
        Set<FeatureId> wanted = new LinkedHashSet<>();
        Set<String> kept = new HashSet<>();
        for (Map.Entry<String, String> wish : wishes.versions().entrySet()) {
            Optional<FeatureId> feature = feature(depot, wish.getKey(), wish.getValue(), distribution);
            feature.ifPresentOrElse(wanted::add, () -> {
                kept.add(wish.getKey());
                warnings.add(DriverChanges.FILE + ": " + unavailable(wish.getKey(), wish.getValue(), distribution));
            });
        }
        distribution.stream().filter(id -> broker && id.name().equals(BROKER)).forEach(wanted::add);
        Set<FeatureId> missing = new LinkedHashSet<>(wanted);
        missing.removeAll(installed);
        Set<FeatureId> unwanted = new HashSet<>();
        for (FeatureId id : installed) {
            boolean ours = id.isDriver()
                    ? !kept.contains(id.driver()) && wishes.wrong().isEmpty()
                    : id.name().equals(BROKER);
            // Another version of the same goes in the same step in which the wanted one comes.
            if (ours
                    && !wanted.contains(id)
                    && missing.stream().noneMatch(other -> other.name().equals(id.name()))) {
                unwanted.add(id);
            }
        }
        Set<String> leaving = leaving(missing, unwanted, warnings);
        // Before anything is changed.
        warnings.forEach(LOG::warn);
        int said = warnings.size();
        change(missing, unwanted, warnings);
        framework.release(leaving);
        await(missing, warnings);
        tidy();
        warnings.subList(said, warnings.size()).forEach(LOG::warn);
        return warnings;
    }

    /** What a wish means here; empty when it cannot be had. */
    static Optional<FeatureId> feature(Depot depot, String driver, String version, Set<FeatureId> distribution)
            throws IOException {
        if (version.isEmpty()) {
            return distribution.stream()
                    .filter(id -> id.isDriver() && id.driver().equals(driver))
                    .findFirst();
        }
        FeatureId id = FeatureId.ofDriver(driver, version);
        return depot.has(id) ? Optional.of(id) : Optional.empty();
    }

    /** What to say of it, without the file. */
    static String unavailable(String driver, String version, Set<FeatureId> distribution) {
        String key = DriverChanges.KEY + ": ";
        if (!version.isEmpty()) {
            return key + driver + "@" + version
                    + " is not in HOME/var/drivers; bring its file again: driver:install FILE";
        }
        return key + driver + " is not in this distribution; there are: "
                + String.join(", ", FeatureId.drivers(distribution));
    }

    private void change(Set<FeatureId> missing, Set<FeatureId> unwanted, List<String> warnings) throws Exception {
        if (!unwanted.isEmpty()) {
            catalog.uninstall(unwanted);
            LOG.info(
                    "uninstalled {}",
                    new TreeSet<>(unwanted.stream().map(FeatureId::toString).toList()));
        }
        if (!missing.isEmpty()) {
            install(missing, warnings);
        }
    }

    /**
     * The locations of what goes and can be freed without restarting a bundle of somebody else; nobody is there who could be asked, so
     * these are named before anything is changed.
     */
    private Set<String> leaving(Set<FeatureId> missing, Set<FeatureId> unwanted, List<String> warnings)
            throws Exception {
        Set<FeatureId> going = new HashSet<>();
        Set<String> all = new HashSet<>();
        for (FeatureId id : catalog.installed()) {
            if (unwanted.contains(id)
                    || missing.stream().anyMatch(other -> other.name().equals(id.name()))) {
                going.add(id);
                all.addAll(catalog.locations(id));
            }
        }
        if (framework.dependents(all).isEmpty()) {
            return all;
        }
        Set<String> free = new HashSet<>();
        List<String> own = framework.names(all);
        for (FeatureId id : going) {
            Set<String> locations = catalog.locations(id);
            List<String> others = new ArrayList<>(framework.dependents(locations));
            others.removeAll(own);
            if (others.isEmpty()) {
                free.addAll(locations);
            } else {
                String name = id.isDriver() ? id.driver() : id.name();
                warnings.add(name + ": what it exported before is used until the gateway is restarted by "
                        + String.join(", ", others));
            }
        }
        return free;
    }

    /** What the command would refuse is here what the file says: it stays, and is reported. */
    private void await(Set<FeatureId> missing, List<String> warnings) throws Exception {
        Set<FeatureId> installed = catalog.installed();
        for (FeatureId id : missing) {
            if (id.isDriver() && installed.contains(id)) {
                framework
                        .awaitDriver(id.driver(), catalog.locations(id), DriverChanges.PATIENCE)
                        .ifPresent(why -> warnings.add(id.driver() + " " + id.version() + ": " + why));
            }
        }
    }

    /** All at once, which is quicker; one by one when one of them cannot be. */
    private void install(Set<FeatureId> missing, List<String> warnings) throws Exception {
        try {
            Set<URI> repositories = new HashSet<>();
            for (FeatureId id : missing) {
                repositories.addAll(changes.repositories(id));
            }
            catalog.install(missing, repositories);
            LOG.info("installed {}", missing);
        } catch (Exception failed) {
            if (missing.size() == 1) {
                warnings.add(missing.iterator().next() + " cannot be installed: "
                        + String.valueOf(failed.getMessage())
                                .lines()
                                .findFirst()
                                .orElse(""));
                return;
            }
            for (FeatureId id : missing) {
                install(Set.of(id), warnings);
            }
        }
    }

    /** What a change that was cut off has left behind; it can wait when the disk does not let us. */
    private void tidy() {
        try {
            depot.sweep();
            changes.prune(changes.keptDrivers());
            catalog.tidy();
        } catch (Exception later) {
            LOG.warn("HOME/var/drivers cannot be tidied up: {}", later.getMessage());
        }
    }
}
