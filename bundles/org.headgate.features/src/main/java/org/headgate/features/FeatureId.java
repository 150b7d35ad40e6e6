package org.headgate.features;

import java.util.Collection;
import java.util.List;

/**
 * A feature of Karaf: its name and version.
 *
 * @param name for the driver {@code x} it is {@code headgate-driver-x}
 * @param version for a driver from a file the version of its bundle
 */
record FeatureId(String name, String version) {
    private static final String PREFIX = "headgate-driver-";

    static FeatureId ofDriver(String driver, String version) {
        return new FeatureId(PREFIX + driver, version);
    }

    /** The names of the drivers among features, sorted. */
    static List<String> drivers(Collection<FeatureId> features) {
        return features.stream()
                .filter(FeatureId::isDriver)
                .map(FeatureId::driver)
                .distinct()
                .sorted()
                .toList();
    }

    boolean isDriver() {
        return name.startsWith(PREFIX);
    }

    /** The driver's name. */
    String driver() {
        return name.substring(PREFIX.length());
    }

    /** As the features service takes it. */
    @Override
    public String toString() {
        return name + "/" + version;
    }
}
