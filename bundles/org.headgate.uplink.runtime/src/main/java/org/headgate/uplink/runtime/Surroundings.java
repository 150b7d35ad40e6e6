package org.headgate.uplink.runtime;

import org.headgate.outbox.api.Outbox;
import org.headgate.stream.api.Events;
import org.headgate.stream.api.StreamBus;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Randomness;
import org.headgate.system.api.Scheduler;

/** What an uplink works with. */
record Surroundings(
        StreamBus bus,
        Outbox outbox,
        Scheduler scheduler,
        Calls calls,
        Clock clock,
        Randomness randomness,
        Events events,
        Network network) {}
