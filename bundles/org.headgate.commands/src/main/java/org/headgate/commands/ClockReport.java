package org.headgate.commands;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.headgate.console.api.Json;
import org.headgate.data.api.ClockState;
import org.headgate.outbox.api.Outbox;
import org.headgate.system.api.Clock;
import org.headgate.system.api.ClockStep;

/**
 * What {@code gateway:status} says about the clock.
 *
 * @param state its state
 * @param step its last step, if there was one
 * @param sinceStep how long ago that was
 * @param waiting rows in the outboxes, which wait for the clock while it is not set
 */
record ClockReport(ClockState state, Optional<ClockStep> step, Duration sinceStep, long waiting) {
    static ClockReport of(Clock clock, Outbox outbox) {
        long rows = outbox.list().stream().mapToLong(log -> log.flow().queued()).sum();
        ClockState state = clock.state();
        Optional<ClockStep> step = clock.lastStep();
        Duration ago = step.map(last -> Duration.ofNanos(clock.monotonicNanos() - last.atMonotonicNanos()))
                .orElse(Duration.ZERO);
        return new ClockReport(state, step, ago, rows);
    }

    /** One line. */
    String text() {
        return switch (state) {
            case UNSET -> waiting == 0 ? "not set" : "not set: " + waiting + " rows wait in outboxes";
            case STEPPED ->
                String.format(Locale.ROOT, "stepped by %+.1f s %d s ago", bySeconds(), sinceStep.toSeconds());
            case SYNCED -> "set";
        };
    }

    Json json() {
        Json json = new Json().put("state", state.name().toLowerCase(Locale.ROOT));
        if (state == ClockState.UNSET) {
            json.put("rowsWaiting", waiting);
        }
        if (step.isPresent()) {
            json.put("steppedBySeconds", bySeconds()).put("steppedSecondsAgo", sinceStep.toSeconds());
        }
        return json;
    }

    private double bySeconds() {
        return step.map(ClockStep::byNanos).orElse(0L) / 1e9;
    }
}
