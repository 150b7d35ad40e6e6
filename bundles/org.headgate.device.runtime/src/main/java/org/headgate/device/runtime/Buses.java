package org.headgate.device.runtime;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.headgate.system.api.Clock;

/** The arbiters: one for each bus that has a name, a new one for each device that has its way to itself. Thread-safe. */
final class Buses {
    private final Clock clock;
    private final ConcurrentMap<String, Turns> shared = new ConcurrentHashMap<>();

    Buses(Clock clock) {
        this.clock = clock;
    }

    /** The arbiter of a bus; the empty name stands for a bus of one's own. */
    Turns bus(String name) {
        return name.isEmpty() ? new Turns(clock) : shared.computeIfAbsent(name, any -> new Turns(clock));
    }
}
