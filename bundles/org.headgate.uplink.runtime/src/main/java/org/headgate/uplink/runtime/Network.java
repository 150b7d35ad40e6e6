package org.headgate.uplink.runtime;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.headgate.host.Machine;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Loop;

/** Watches the network for uplinks that are offline. Each looks on its own, once a second, and only while it waits. */
record Network(Machine machine, Calls calls) {
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** What one uplink knows of the interfaces: it keeps that, so that it sees after a try what came during it. */
    Carriers carriers() {
        return new Carriers(machine);
    }

    /** Runs something on a loop when an interface gets a carrier, unless it is not wanted any more by then. */
    void await(Carriers own, Loop loop, BooleanSupplier wanted, Runnable changed) {
        loop.schedule(LOOK, () -> {
            if (wanted.getAsBoolean()) {
                calls.submit("uplinks:network", own::changed, Duration.ofSeconds(5), loop, outcome -> {
                    if (!wanted.getAsBoolean()) {
                        return;
                    }
                    if (outcome.value().orElse(false)) {
                        changed.run();
                    } else {
                        await(own, loop, wanted, changed);
                    }
                });
            }
        });
    }
}
