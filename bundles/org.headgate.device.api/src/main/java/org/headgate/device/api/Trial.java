package org.headgate.device.api;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.headgate.data.api.Row;

/**
 * How a device did when it was opened and read once.
 *
 * @param open how long opening took, without the wait for the bus
 * @param read how long reading took; zero where it did not come to that
 * @param row what was read; empty when it failed
 * @param bad why channels are BAD, by their names, in the order of the channels
 * @param failure what failed and why, on one line: {@code opening: connection refused}; empty when nothing did
 */
public record Trial(Duration open, Duration read, Optional<Row> row, Map<String, String> bad, String failure) {
    public Trial {
        bad = Collections.unmodifiableMap(new LinkedHashMap<>(bad));
    }

    /** Whether the device answers; channels may be BAD all the same. */
    public boolean isAnswered() {
        return failure.isEmpty();
    }
}
