package org.headgate.features;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** Features in memory: each has one bundle. Some cannot be installed, or install and then offer nothing. */
final class MemoryCatalog implements Catalog {
    /** Versions by the feature's name. */
    final TreeMap<String, String> installed = new TreeMap<>();

    final Set<String> distribution = new java.util.TreeSet<>(
            Set.of("headgate-driver-host", "headgate-driver-simulator", "headgate-driver-modbus", "headgate-broker"));
    final List<String> unresolvable = new ArrayList<>();
    int changes;

    @Override
    public Set<FeatureId> distribution() {
        return Set.copyOf(
                distribution.stream().map(name -> new FeatureId(name, "0.1.0")).toList());
    }

    @Override
    public Set<FeatureId> installed() {
        return Set.copyOf(installed.entrySet().stream()
                .map(entry -> new FeatureId(entry.getKey(), entry.getValue()))
                .toList());
    }

    @Override
    public Set<String> locations(FeatureId feature) {
        return Set.of(feature.toString());
    }

    @Override
    public void install(Set<FeatureId> features, Set<URI> repositories) throws Exception {
        for (FeatureId feature : features) {
            if (unresolvable.contains(feature.toString())) {
                throw new IllegalStateException("Unable to resolve root: " + feature + "\nand more");
            }
        }
        changes++;
        features.forEach(feature -> installed.put(feature.name(), feature.version()));
    }

    @Override
    public void uninstall(Set<FeatureId> features) {
        changes++;
        features.forEach(feature -> installed.remove(feature.name(), feature.version()));
    }

    @Override
    public void tidy() {
        // Nothing is read from repositories.
    }
}
