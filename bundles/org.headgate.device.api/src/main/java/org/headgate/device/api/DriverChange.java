package org.headgate.device.api;

import java.util.List;

/**
 * A change of a driver, as it is planned or has happened.
 *
 * @param driver the driver's name
 * @param before the version until then; empty when there was none
 * @param after the version from then on; empty when there is none
 * @param own the driver's bundles that are stopped for it; empty when there was none
 * @param others bundles of others that are restarted for it, since they use what the driver exports; normally none
 * @param note what else the user should know, such as that the version is an older one; may be empty
 */
public record DriverChange(
        String driver, String before, String after, List<String> own, List<String> others, String note) {
    public DriverChange {
        own = List.copyOf(own);
        others = List.copyOf(others);
    }

    /** Whether everything was already as it was asked for. */
    public boolean isNothing() {
        return before.equals(after);
    }
}
