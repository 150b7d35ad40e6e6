package org.headgate.outbox.api;

import java.util.Locale;

/**
 * How much a stream matters in one uplink. Each priority of each uplink has a log, limits and a drop policy of its own, so a flood of
 * what matters less costs nothing of what matters more. What matters more is sent first.
 */
public enum Priority {
    /** Alarms and whatever must be known first; exempt from budgets. */
    HIGH,
    /** What no setting puts elsewhere. */
    NORMAL,
    /** What may wait and may be dropped first. */
    LOW;

    /** The priority as it stands in settings and on the screen: {@code high}, {@code normal}, {@code low}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
