package org.headgate.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.headgate.stream.api.Event;
import org.headgate.stream.api.Event.Kind;
import org.headgate.stream.api.Events;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.Test;

class RefusalsTest {
    private final SimulatedSystem system = new SimulatedSystem(1);
    private final Refusals refusals = new Refusals(system);
    private final List<Event> events = new ArrayList<>();
    private final Events listener = events::add;

    @Test
    void theFirstIsToldAtOnceAndAFloodOncePerSecondWithItsCount() {
        refusals.bind(listener);
        for (int i = 0; i < 1000; i++) {
            refusals.refused("viewer", "exec: no");
            system.advance(Duration.ofMillis(10));
        }
        system.advance(Duration.ofSeconds(5));
        assertThat(events).hasSizeBetween(10, 12);
        assertThat(events.get(0)).isEqualTo(new Event(Kind.SECURITY, "viewer", "refused", "exec: no", 1));
        assertThat(events.stream().mapToLong(Event::count).sum()).isEqualTo(1000);
        // After a pause it is told at once again.
        refusals.refused("viewer", "exec: again");
        assertThat(events).last().extracting(Event::detail).isEqualTo("exec: again");
    }

    @Test
    void whoeverInventsNamesIsOneSource() {
        refusals.bind(listener);
        for (int i = 0; i < 1000; i++) {
            refusals.refused("user-" + i, "ssh: no");
        }
        assertThat(events).hasSize(Refusals.MOST + 1);
        system.advance(Duration.ofSeconds(5));
        assertThat(events)
                .hasSize(Refusals.MOST + 2)
                .last()
                .extracting(Event::source)
                .isEqualTo("others");
        assertThat(events.stream().mapToLong(Event::count).sum()).isEqualTo(1000);
        refusals.refused("user-1000", "ssh: no");
        assertThat(events).last().extracting(Event::source).isEqualTo("user-1000");
    }

    @Test
    void whatAStrangerSaysHasNoControlCharactersAndIsShort() {
        refusals.bind(listener);
        refusals.refused("a\u001b[2Jb\nc\u009b", "x".repeat(10_000));
        assertThat(events.get(0).source()).isEqualTo("a?[2Jb?c?");
        assertThat(events.get(0).detail()).hasSize(203);
    }

    @Test
    void theConsoleWorksWhenNobodyListens() {
        refusals.refused("viewer", "before");
        refusals.bind(listener);
        refusals.unbind(listener);
        refusals.refused("other", "after");
        system.advance(Duration.ofSeconds(5));
        assertThat(events).isEmpty();
    }
}
