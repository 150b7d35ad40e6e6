package org.headgate.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private final SimulatedSystem system = new SimulatedSystem(1);
    private final Turns turns = new Turns(system.loop("drivers"), system, system);
    private final List<String> done = new ArrayList<>();
    private boolean hangs = true;

    @Test
    void changesAreDoneInTheOrderInWhichTheyWereAskedFor() {
        take("a");
        take("b");
        take("c");
        system.run();
        assertThat(done).containsExactly("a", "b", "c");
    }

    /** Two changes at once could leave anything behind. */
    @Test
    void nothingIsDoneBesideAChangeThatHangsUntilItHasReallyReturned() {
        CompletableFuture<String> hanging = turns.take("acme", this::hang).toCompletableFuture();
        CompletableFuture<String> queued = take("early");
        CompletableFuture<String> sure =
                turns.takeSurely("wish", () -> note("wish")).toCompletableFuture();
        system.advance(Duration.ofMinutes(4));
        assertThat(hanging).isNotDone();
        system.advance(Duration.ofMinutes(2));
        assertThatThrownBy(hanging::join).hasCauseInstanceOf(TimeoutException.class);
        CompletableFuture<String> late = take("late");
        system.advance(Duration.ofHours(1));
        String why = "waits for acme to stop since 2024-11-21T07:00:00Z; restart the gateway if it never does";
        assertThatThrownBy(queued::join).hasRootCauseMessage(why);
        assertThatThrownBy(late::join).hasRootCauseMessage(why);
        assertThat(done).isEmpty();

        hangs = false;
        system.releaseHung();
        system.advance(Duration.ofSeconds(2));
        assertThat(sure).isCompletedWithValue("wish");
        assertThat(take("next")).isNotDone();
        system.run();
        assertThat(done).containsExactly("acme", "wish", "next");
    }

    private CompletableFuture<String> take(String name) {
        return turns.take(name, () -> note(name)).toCompletableFuture();
    }

    private String note(String name) {
        done.add(name);
        return name;
    }

    private String hang() {
        if (hangs) {
            throw new SimulatedSystem.Hang();
        }
        return note("acme");
    }
}
