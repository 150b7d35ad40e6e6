package org.headgate.device.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.headgate.system.api.Loop;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.Test;

/** The arbiter by itself, at the instants that a running hall seldom meets. */
class TurnsTest {
    private final SimulatedSystem system = new SimulatedSystem(1);
    private final Turns turns = new Turns(system);
    private final Loop loop = system.loop("test");
    private final List<String> granted = new ArrayList<>();

    @Test
    void theMostUrgentGoesFirstThenWhoWasDueFirst() {
        Turns.Turn holder = turns.place(loop);
        holder.ask(Turns.Rank.POLL, 0, () -> {});
        ask("late poll", Turns.Rank.POLL, 20);
        ask("early poll", Turns.Rank.POLL, 10);
        ask("write", Turns.Rank.WRITE, 30);
        ask("read", Turns.Rank.READ, 25);
        holder.release();
        system.run();
        assertThat(granted).containsExactly("write", "read", "early poll", "late poll");
    }

    @Test
    void whoLeavesBetweenTheGrantAndItsBeginningHandsTheBusOn() {
        Turns.Turn holder = turns.place(loop);
        holder.ask(Turns.Rank.POLL, 0, () -> {});
        Turns.Turn leaves = turns.place(loop);
        leaves.ask(Turns.Rank.POLL, 1, () -> granted.add("the one that left"));
        holder.release();
        leaves.leave();
        ask("next", Turns.Rank.POLL, 2);
        system.run();
        assertThat(granted).containsExactly("next");
    }

    @Test
    void whoLeavesInTheMiddleOfItsCallKeepsTheBusUntilTheCallEnds() {
        Turns.Turn holder = turns.place(loop);
        holder.ask(Turns.Rank.POLL, 0, () -> {});
        ask("next", Turns.Rank.POLL, 1);
        holder.leave();
        system.run();
        assertThat(granted).isEmpty();
        holder.release();
        holder.release();
        system.run();
        assertThat(granted).containsExactly("next");
    }

    @Test
    void askingAgainForSomethingMoreUrgentReplacesTheFirst() {
        Turns.Turn holder = turns.place(loop);
        holder.ask(Turns.Rank.POLL, 0, () -> {});
        ask("other", Turns.Rank.READ, 1);
        Turns.Turn twice = ask("poll", Turns.Rank.POLL, 2);
        twice.ask(Turns.Rank.WRITE, 3, () -> {
            granted.add("write");
            twice.release();
        });
        holder.release();
        system.run();
        assertThat(granted).containsExactly("write", "other");
    }

    @Test
    void theTimerForTheDeadOutlivesTheDeviceThatSetIt() {
        Turns.Turn alive = turns.place(loop);
        alive.answers(true);
        Loop doomed = system.loop("doomed");
        Turns.Turn leaves = turns.place(doomed);
        leaves.ask(Turns.Rank.PROBE, 0, () -> {});
        system.advance(Duration.ofSeconds(1));
        leaves.release();
        leaves.ask(Turns.Rank.PROBE, 1, () -> {});
        ask("the other dead one", Turns.Rank.PROBE, 2);
        leaves.leave();
        doomed.close();
        system.advance(Duration.ofMinutes(1));
        assertThat(granted).containsExactly("the other dead one");
    }

    private Turns.Turn ask(String name, Turns.Rank rank, long due) {
        Turns.Turn turn = turns.place(loop);
        turn.ask(rank, due, () -> {
            granted.add(name);
            turn.release();
        });
        return turn;
    }
}
