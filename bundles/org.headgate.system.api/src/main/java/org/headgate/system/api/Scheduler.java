package org.headgate.system.api;

import org.osgi.annotation.versioning.ProviderType;

/** Makes loops. */
@ProviderType
public interface Scheduler {
    /** A new loop. The name appears in logs and counters, for example {@code device:boiler}. */
    Loop loop(String name);
}
