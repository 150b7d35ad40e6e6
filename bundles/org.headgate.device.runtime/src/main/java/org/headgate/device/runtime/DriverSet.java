package org.headgate.device.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.headgate.device.api.Driver;

/**
 * The drivers that are there. Of two with one name the first is used until it leaves: so a new version's bundle may come before the old
 * one goes. Guarded by its owner.
 */
final class DriverSet {
    private final Map<String, List<Driver>> byName = new TreeMap<>();

    /** Adds a driver; says whether it is the one in use. */
    boolean add(Driver driver) {
        List<Driver> same = byName.computeIfAbsent(driver.name(), any -> new ArrayList<>());
        same.add(driver);
        return same.size() == 1;
    }

    /** Takes a driver out; says whether it was the one in use. */
    boolean remove(Driver driver) {
        for (Map.Entry<String, List<Driver>> entry : byName.entrySet()) {
            int place = entry.getValue().indexOf(driver);
            if (place >= 0) {
                entry.getValue().remove(place);
                if (entry.getValue().isEmpty()) {
                    byName.remove(entry.getKey());
                }
                return place == 0;
            }
        }
        return false;
    }

    /** The driver in use. */
    Optional<Driver> get(String name) {
        return Optional.ofNullable(byName.get(name)).map(same -> same.get(0));
    }
}
