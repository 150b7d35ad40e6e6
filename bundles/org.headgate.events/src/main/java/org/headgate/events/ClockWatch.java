package org.headgate.events;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.headgate.data.api.ClockState;
import org.headgate.stream.api.Event;
import org.headgate.stream.api.Events;
import org.headgate.system.api.Clock;
import org.headgate.system.api.ClockStep;
import org.headgate.system.api.Loop;
import org.headgate.system.api.Scheduler;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Says when the clock is not set, when it has been, and each of its jumps once. */
@Component(service = ClockWatch.class, immediate = true)
public final class ClockWatch {
    static final Duration PERIOD = Duration.ofSeconds(1);

    private final Events events;
    private final Clock clock;
    private final Loop loop;
    /** What was said last; a clock that is set from the start is nothing to speak of. */
    private ClockState said = ClockState.SYNCED;

    private Optional<ClockStep> saidStep = Optional.empty();

    @Activate
    public ClockWatch(@Reference Events events, @Reference Clock clock, @Reference Scheduler scheduler) {
        this.events = events;
        this.clock = clock;
        loop = scheduler.loop("clock-watch");
        loop.execute(this::tick);
    }

    @Deactivate
    void stop() {
        loop.close();
    }

    private void tick() {
        loop.schedule(PERIOD, this::tick);
        ClockState now = clock.state();
        Optional<ClockStep> step = clock.lastStep();
        Optional<ClockStep> unsaid = step.equals(saidStep) ? Optional.empty() : step;
        if (now != said || unsaid.isPresent()) {
            said = now;
            saidStep = step;
            events.raise(Event.of(Event.Kind.CLOCK, "clock", now.name(), detail(now, unsaid)));
        }
    }

    private static String detail(ClockState state, Optional<ClockStep> unsaid) {
        if (unsaid.isPresent()) {
            double seconds = unsaid.get().byNanos() / 1e9;
            String jump = String.format(Locale.ROOT, "the clock has jumped by %+.1f s", seconds);
            return state == ClockState.UNSET ? jump + " and is not set" : jump;
        }
        return switch (state) {
            case SYNCED -> "the clock is set";
            case UNSET -> "the clock is not set";
            case STEPPED -> "the clock is set since a moment ago";
        };
    }
}
