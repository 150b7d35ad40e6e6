package org.headgate.data.api;

/** How far a row's time can be trusted. */
public enum ClockState {
    /** The clock was synchronised when the row was made. */
    SYNCED,
    /** The clock has not been set since the machine started (no battery-backed clock, no time server yet). */
    UNSET,
    /** The clock has jumped shortly before; the time is right, distances to earlier rows are not. */
    STEPPED
}
