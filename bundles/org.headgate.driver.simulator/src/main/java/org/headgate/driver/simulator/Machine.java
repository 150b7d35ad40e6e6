package org.headgate.driver.simulator;

import org.headgate.system.api.Clock;

/** A simulated device that goes on while nobody is connected to it: its plant, its faults, its clock. */
final class Machine {
    private final Plant plant;
    private final FaultScript script;
    private final Clock clock;
    private final long start;

    /** A machine that is switched on now. */
    Machine(Plant plant, FaultScript script, Clock clock) {
        this.plant = plant;
        this.script = script;
        this.clock = clock;
        this.start = clock.monotonicNanos();
    }

    /** The plant; used while holding this machine's monitor, as several connections may be open. */
    Plant plant() {
        return plant;
    }

    FaultScript script() {
        return script;
    }

    /** Nanoseconds since the machine was switched on. */
    long elapsed() {
        return clock.monotonicNanos() - start;
    }
}
