package org.headgate.system.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.headgate.data.api.ClockState;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.Test;

class SimulatedSystemTest {
    private final SimulatedSystem system = new SimulatedSystem(1);
    private final Loop loop = system.loop("test");

    @Test
    void runsTimersInTheOrderOfTimeAndTasksOfAClosedLoopNever() {
        List<String> seen = new ArrayList<>();
        loop.schedule(Duration.ofSeconds(2), () -> seen.add("second"));
        loop.schedule(Duration.ofSeconds(1), () -> seen.add("first"));
        loop.schedule(Duration.ofSeconds(1), () -> seen.add("cancelled")).cancel();
        loop.schedule(Duration.ofSeconds(9), () -> seen.add("closed"));
        system.advance(Duration.ofSeconds(3));
        loop.close();
        system.advance(Duration.ofSeconds(10));
        assertThat(seen).containsExactly("first", "second");
    }

    @Test
    void aHungCallTimesOutIsCountedAsStuckAndItsLateValueIsDisposedOf() {
        List<Object> seen = new ArrayList<>();
        boolean[] hangs = {true};
        Calls.Call<String> call = system.submit(
                "device:x",
                () -> {
                    if (hangs[0]) {
                        throw new SimulatedSystem.Hang();
                    }
                    return "late";
                },
                Duration.ofSeconds(1),
                loop,
                outcome -> seen.add(outcome.failure().orElseThrow().getMessage()));
        call.late(late -> seen.add(late + ", stuck " + system.stuck()));
        call.returned(() -> seen.add("back, stuck " + system.stuck()));
        system.advance(Duration.ofSeconds(2));
        assertThat(seen).containsExactly("no answer");
        assertThat(system.stuck("device:x")).isEqualTo(1);
        hangs[0] = false;
        system.releaseHung();
        assertThat(seen).containsExactly("no answer", "late, stuck 1", "back, stuck 0");
        assertThat(system.stuck()).isZero();
    }

    @Test
    void aCallThatTakesTooLongIsStuckUntilItReturnsAndOneThatReturnsInTimeNever() {
        List<Object> seen = new ArrayList<>();
        for (int seconds : new int[] {1, 3}) {
            system.submit(
                            "device:x",
                            () -> {
                                system.spend(Duration.ofSeconds(seconds));
                                return "value";
                            },
                            Duration.ofSeconds(2),
                            loop,
                            outcome -> seen.add(outcome.value().orElse("no answer")))
                    .returned(() -> seen.add("back"));
        }
        system.advance(Duration.ofMillis(2_500));
        assertThat(seen).containsExactly("value", "no answer");
        assertThat(system.stuck("device:x")).isEqualTo(1);
        system.advance(Duration.ofSeconds(1));
        assertThat(seen).containsExactly("value", "no answer", "back");
        assertThat(system.stuck("device:x")).isZero();
    }

    @Test
    void anInstantFromBeforeTheClockWasSetIsCorrectedByTheStepsUntilThen() {
        system.clockSet(false);
        long first = system.epochNanos();
        system.advance(Duration.ofMinutes(1));
        system.step(Duration.ofDays(365));
        long second = system.epochNanos();
        system.advance(Duration.ofMinutes(1));
        assertThat(system.state()).isEqualTo(ClockState.UNSET);
        system.clockSet(true);
        assertThat(system.state()).isEqualTo(ClockState.SYNCED);
        assertThat(system.corrected(first))
                .hasValue(first + Duration.ofDays(365).toNanos());
        assertThat(system.corrected(second)).hasValue(second);
        system.step(Duration.ofHours(-1));
        assertThat(system.state()).isEqualTo(ClockState.STEPPED);
        assertThat(system.corrected(second)).hasValue(second);
        assertThat(system.epochNanos() - system.processStartNanos())
                .isEqualTo(Duration.ofMinutes(2).toNanos());
        system.advance(Duration.ofMinutes(1));
        assertThat(system.state()).isEqualTo(ClockState.SYNCED);
    }
}
