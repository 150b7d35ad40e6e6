package org.headgate.features;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.osgi.framework.BundleException;

/** A framework in which everything that a {@link MemoryCatalog} installs runs, but for what a test says. */
final class MemoryFramework implements Framework {
    final Set<String> silent = new HashSet<>();
    final Set<String> taken = new HashSet<>();
    final List<String> dependents = new ArrayList<>();
    /** Bundles of which no feature is known any more. */
    final Set<String> orphans = new TreeSet<>();

    /** All that was ever released. */
    final Set<String> released = new TreeSet<>();

    boolean stubborn;
    String missing;

    @Override
    public Set<String> locations(String prefix) {
        return orphans.stream()
                .filter(location -> location.startsWith(prefix))
                .collect(java.util.stream.Collectors.toSet());
    }

    @Override
    public List<String> names(Set<String> locations) {
        return List.copyOf(locations);
    }

    @Override
    public List<String> dependents(Set<String> locations) {
        return locations.isEmpty() ? List.of() : dependents;
    }

    @Override
    public boolean isTaken(String symbolicName, Set<String> except) {
        return taken.contains(symbolicName);
    }

    @Override
    public Optional<String> missing(DriverFile file) {
        return Optional.ofNullable(missing);
    }

    @Override
    public Optional<String> awaitDriver(String driver, Set<String> locations, Duration patience) {
        return locations.stream().anyMatch(silent::contains)
                ? Optional.of("offers no driver " + driver)
                : Optional.empty();
    }

    @Override
    public void uninstall(Set<String> locations) throws BundleException {
        if (stubborn) {
            throw new BundleException("cannot be stopped");
        }
        orphans.removeAll(locations);
    }

    @Override
    public void release(Set<String> locations) {
        released.addAll(locations);
    }
}
