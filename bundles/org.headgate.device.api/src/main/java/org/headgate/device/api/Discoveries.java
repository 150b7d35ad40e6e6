package org.headgate.device.api;

import java.util.List;

/**
 * What a search has found.
 *
 * @param found what is there, in the order of the places, then as the driver told it
 * @param failures why places could not be searched to the end, one line each; empty when all were
 */
public record Discoveries(List<Discovered> found, List<String> failures) {
    public Discoveries {
        found = List.copyOf(found);
        failures = List.copyOf(failures);
    }
}
