package org.headgate.history;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.headgate.config.api.Instance;
import org.headgate.config.api.Settings;

/**
 * {@code headgate.history.cfg}.
 *
 * @param streams names and patterns of what is kept; empty for nothing
 * @param maxBytes how large all files may be together
 * @param maxAge how old a row may become, rounded up to the file that it is in
 * @param interval how long rows wait for others before they are written
 * @param problem what is wrong with the file; empty when nothing is
 */
record HistorySettings(List<String> streams, long maxBytes, Duration maxAge, Duration interval, String problem) {
    private static final long LEAST_BYTES = 1 << 20;
    private static final long DEFAULT_BYTES = 64 << 20;

    /** Reads the file; without one nothing is kept. */
    static HistorySettings of(Instance instance) {
        Settings keys = instance.settings();
        HistorySettings read = new HistorySettings(
                keys.list("streams"),
                keys.bytes("max-bytes", LEAST_BYTES, DEFAULT_BYTES),
                keys.duration("max-age", Duration.ofMinutes(1), Duration.ofDays(7)),
                keys.duration("interval", Duration.ofSeconds(1), Duration.ofHours(1), Duration.ofMinutes(1)),
                "");
        if (keys.has("streams") && read.streams.isEmpty()) {
            keys.wrong("streams", "names or patterns of streams such as boiler*, alarm-*");
        }
        Optional<String> wrong =
                instance.broken().or(() -> keys.problems().stream().findFirst().map(Object::toString));
        return wrong.isEmpty()
                ? read
                : new HistorySettings(List.of(), read.maxBytes, read.maxAge, read.interval, wrong.get());
    }
}
