package org.headgate.data.api;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** A service that owns edges of the graph; {@code gateway:flow} shows the edges of all such services. Thread-safe. */
@ProviderType
public interface FlowSource {
    /** A snapshot of each edge, in a stable order. */
    List<FlowSnapshot> flows();
}
