package org.headgate.uplink.api;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The configured uplinks. Thread-safe. */
@ProviderType
public interface Uplinks {
    /** All uplinks, sorted by name, those that are INVALID or DISABLED included. */
    List<UplinkStatus> list();
}
