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

/** Says when the clock is not set, and when it has been. */
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
        if (now != said || now == ClockState.STEPPED && !step.equals(saidStep)) {
            said = now;
            saidStep = step;
            events.raise(Event.of(Event.Kind.CLOCK, "clock", now.name(), detail(now, step)));
        }
    }

    private static String detail(ClockState state, Optional<ClockStep> step) {
        return switch (state) {
            case SYNCED -> "the clock is set";
            case UNSET -> "the clock is not set";
            case STEPPED ->
                step.map(last -> String.format(Locale.ROOT, "the clock has jumped by %+.1f s", last.byNanos() / 1e9))
                        .orElse("the clock has jumped");
        };
    }
}
