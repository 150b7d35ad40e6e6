package org.headgate.device.runtime;

import org.headgate.stream.api.Events;
import org.headgate.stream.api.StreamBus;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Randomness;
import org.headgate.system.api.Scheduler;
import org.headgate.system.api.Storage;

/** What a device needs of the outside. */
record World(
        StreamBus bus,
        Events events,
        Clock clock,
        Scheduler scheduler,
        Calls calls,
        Randomness randomness,
        Storage storage,
        Punctuality punctuality,
        Buses buses) {}
