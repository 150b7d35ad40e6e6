package org.headgate.system.api;

import org.osgi.annotation.versioning.ProviderType;

/** Makes loops. */
@ProviderType
public interface Scheduler {
    /** A new loop. The name appears in logs and counters, for example {@code device:boiler}. */
    Loop loop(String name);

    /** How many tasks of all loops have thrown since the start. Each is in the log; anything but 0 is a defect. */
    long failures();
}
