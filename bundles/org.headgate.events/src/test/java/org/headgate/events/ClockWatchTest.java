package org.headgate.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.headgate.stream.api.Event;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.Test;

/** Whoever reads times wants to know when they cannot be trusted. */
class ClockWatchTest {
    private final SimulatedSystem system = new SimulatedSystem(1);
    private final List<Event> events = new ArrayList<>();

    @Test
    void aClockThatIsSetFromTheStartIsNoEvent() {
        watch();
        assertThat(events).isEmpty();
    }

    @Test
    void beingSetAndJumpingAreTold() {
        system.clockSet(false);
        watch();
        system.clockSet(true);
        system.advance(Duration.ofMinutes(3));
        system.step(Duration.ofHours(-1));
        system.advance(Duration.ofMinutes(3));
        assertThat(events)
                .extracting(Event::state)
                .startsWith("UNSET")
                .contains("STEPPED")
                .endsWith("SYNCED");
        assertThat(events)
                .extracting(Event::detail)
                .contains("the clock is not set", "the clock has jumped by -3600.0 s");
    }

    @Test
    void twoJumpsInARowAreTwoEvents() {
        watch();
        system.step(Duration.ofHours(1));
        system.advance(Duration.ofSeconds(10));
        system.step(Duration.ofHours(2));
        system.advance(Duration.ofSeconds(10));
        assertThat(events)
                .extracting(Event::detail)
                .containsExactly("the clock has jumped by +3600.0 s", "the clock has jumped by +7200.0 s");
    }

    /** Rows of that time are corrected by it, and whoever reads them wants to know why. */
    @Test
    void aJumpOfAClockThatIsNotSetIsToldAtOnceAndOnlyOnce() {
        system.clockSet(false);
        watch();
        system.step(Duration.ofDays(365));
        system.advance(Duration.ofSeconds(10));
        system.clockSet(true);
        system.advance(Duration.ofMinutes(3));
        assertThat(events).extracting(Event::state).containsExactly("UNSET", "UNSET", "STEPPED", "SYNCED");
        assertThat(events)
                .extracting(Event::detail)
                .containsExactly(
                        "the clock is not set",
                        "the clock has jumped by +31536000.0 s and is not set",
                        "the clock is set since a moment ago",
                        "the clock is set");
    }

    private void watch() {
        new ClockWatch(events::add, system, system);
        system.advance(Duration.ofSeconds(30));
    }
}
