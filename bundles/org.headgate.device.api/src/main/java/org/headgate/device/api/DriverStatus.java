package org.headgate.device.api;

/**
 * A driver as the console shows it.
 *
 * @param name the name that devices use in {@code driver = ...}
 * @param version the wanted version, or the one that could be installed; empty where neither is known
 * @param previous the version that a rollback would bring; empty where there is none
 * @param origin where the version comes from: {@code distribution} or {@code file}
 * @param state where it stands
 * @param detail why, in one line; may be empty
 */
public record DriverStatus(String name, String version, String previous, String origin, State state, String detail) {
    /** Where a driver stands. */
    public enum State {
        /** Installed, and devices can use it. */
        RUNNING,
        /** Installed, but it offers nothing to devices. */
        FAILED,
        /** Wanted, but not installed. */
        MISSING,
        /** Not wanted, and could be installed. */
        AVAILABLE
    }
}
