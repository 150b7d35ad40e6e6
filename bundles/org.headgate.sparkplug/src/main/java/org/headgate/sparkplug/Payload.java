package org.headgate.sparkplug;

import java.util.List;
import java.util.OptionalLong;

/**
 * A payload (Sparkplug 3.0, 6.4.5).
 *
 * @param millis when it was published, in milliseconds since the epoch
 * @param seq its number, 0 to 255; commands and deaths of nodes have none
 * @param metrics its metrics, in order
 */
public record Payload(OptionalLong millis, OptionalLong seq, List<Metric> metrics) {
    /** Keeps a copy of the metrics. */
    public Payload {
        metrics = List.copyOf(metrics);
    }
}
