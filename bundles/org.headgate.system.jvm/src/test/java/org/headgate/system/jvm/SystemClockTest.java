package org.headgate.system.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headgate.data.api.ClockState;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SystemClockTest {
    private static final long GOOD = Wall.nanos(Instant.parse("2026-11-21T07:00:00Z"));
    private static final Duration YEARS = Duration.ofDays(50 * 365);

    private final SimulatedSystem system = new SimulatedSystem(3);
    private final Said said = new Said();
    private long base = GOOD - SimulatedSystem.START_NANOS;

    /** The simulated clocks, at another date. */
    private final class Moved implements Wall {
        @Override
        public long epochNanos() {
            return system.epochNanos() + base;
        }

        @Override
        public long monotonicNanos() {
            return system.monotonicNanos();
        }
    }

    private static final class Said implements Evidence {
        boolean file;
        boolean battery;
        Optional<Boolean> kernel = Optional.empty();
        boolean tool;
        int asked;

        @Override
        public boolean isSynchronized() {
            return file;
        }

        @Override
        public boolean isBatteryBacked() {
            return battery;
        }

        @Override
        public boolean canAsk() {
            return tool;
        }

        @Override
        public Optional<Boolean> ask() {
            asked++;
            return tool ? kernel : Optional.empty();
        }
    }

    private SystemClock clock() {
        SystemClock clock = new SystemClock(new Moved(), said, Path.of("/nowhere"), system, system);
        system.run();
        return clock;
    }

    /** Each source alone and against the others; {@code -} is nobody to ask, {@code ?} an answer that says nothing. */
    @ParameterizedTest
    @CsvSource({
        "auto,    false, -,   false, SYNCED",
        "auto,    false, ?,   false, SYNCED",
        "auto,    false, no,  false, UNSET",
        "auto,    false, yes, false, SYNCED",
        "auto,    true,  no,  false, SYNCED",
        "auto,    false, no,  true,  SYNCED",
        "auto,    false, ?,   true,  SYNCED",
        "auto,    true,  -,   false, SYNCED",
        "kernel,  false, -,   false, UNSET",
        "kernel,  false, ?,   true,  UNSET",
        "kernel,  false, no,  true,  UNSET",
        "kernel,  false, yes, false, SYNCED",
        "kernel,  true,  -,   false, SYNCED",
        "trusted, false, no,  false, SYNCED",
        "trusted, false, -,   false, SYNCED",
    })
    void believesWhatItsSettingSays(String setting, boolean file, String kernel, boolean battery, ClockState expected) {
        said.file = file;
        said.battery = battery;
        said.tool = !kernel.equals("-");
        said.kernel = kernel.matches("yes|no") ? Optional.of(kernel.equals("yes")) : Optional.empty();
        SystemClock clock = clock();
        clock.trust(Trust.of(setting).orElseThrow());
        // It takes three tries until nobody can say.
        system.advance(Duration.ofSeconds(25));
        assertThat(clock.state()).isEqualTo(expected);
    }

    /** A tool that fails once, as while the machine is busy with its start, is no reason to believe 1970. */
    @Test
    void anAnswerThatSaysNothingDoesNotTakeBackTheNoOfTheKernel() {
        said.tool = true;
        said.kernel = Optional.of(false);
        SystemClock clock = clock();
        said.kernel = Optional.empty();
        system.advance(Duration.ofMinutes(5));
        assertThat(clock.state()).isEqualTo(ClockState.UNSET);
        said.kernel = Optional.of(true);
        system.advance(Duration.ofSeconds(10));
        assertThat(clock.state()).isEqualTo(ClockState.SYNCED);
    }

    @Test
    void thatNobodyCanSayIsBelievedAfterThreeTriesInARowOnly() {
        said.tool = true;
        SystemClock clock = clock();
        system.advance(Duration.ofSeconds(15));
        assertThat(said.asked).isEqualTo(2);
        assertThat(clock.state()).isEqualTo(ClockState.UNSET);
        said.kernel = Optional.of(false);
        system.advance(Duration.ofSeconds(10));
        assertThat(clock.state()).isEqualTo(ClockState.UNSET);
    }

    @ParameterizedTest
    @CsvSource({"auto, UNSET", "kernel, UNSET", "trusted, SYNCED"})
    void aTimeFromBeforeTheSoftwareWasMadeIsNeverRightUnlessTheUserSaysSo(String setting, ClockState expected) {
        base = -SimulatedSystem.START_NANOS;
        said.file = true;
        said.battery = true;
        SystemClock clock = clock();
        clock.trust(Trust.of(setting).orElseThrow());
        system.advance(Duration.ofSeconds(2));
        assertThat(clock.state()).isEqualTo(expected);
    }

    @Test
    void isNotSetWhileNobodyHasAnsweredYetAndSetAtOnceWhereNobodyCanBeAsked() {
        said.tool = true;
        said.kernel = Optional.of(true);
        SystemClock asks = new SystemClock(new Moved(), said, Path.of("/nowhere"), system, system);
        assertThat(asks.state()).isEqualTo(ClockState.UNSET);
        system.run();
        assertThat(asks.state()).isEqualTo(ClockState.SYNCED);
        said.tool = false;
        assertThat(new SystemClock(new Moved(), said, Path.of("/nowhere"), system, system).state())
                .isEqualTo(ClockState.SYNCED);
    }

    @Test
    void asksEveryTenSecondsAtMostAndNoMoreOnceTheClockIsSet() {
        said.tool = true;
        said.kernel = Optional.of(false);
        SystemClock clock = clock();
        system.advance(Duration.ofSeconds(60));
        assertThat(said.asked).isBetween(6, 7);
        said.kernel = Optional.of(true);
        system.advance(Duration.ofSeconds(10));
        assertThat(clock.state()).isEqualTo(ClockState.SYNCED);
        int asked = said.asked;
        system.advance(Duration.ofMinutes(5));
        assertThat(said.asked).isEqualTo(asked);
    }

    @Test
    void theFloorIsTheYearInWhichThisWasMade() {
        assertThat(SystemClock.FLOOR_NANOS).isEqualTo(Wall.nanos(Instant.parse("2026-01-01T00:00:00Z")));
    }

    /** The kernel withdraws its flag nine hours after the last answer of a server; the clock is good all the same. */
    @Test
    void staysSetWhenTheKernelWithdrawsItsFlag() {
        said.tool = true;
        said.kernel = Optional.of(true);
        SystemClock clock = clock();
        said.kernel = Optional.of(false);
        system.advance(Duration.ofHours(10));
        assertThat(clock.state()).isEqualTo(ClockState.SYNCED);
    }

    @Test
    void anEditOfTheSettingTakesEffectAtOnce() {
        said.tool = true;
        said.kernel = Optional.of(false);
        SystemClock clock = clock();
        assertThat(clock.state()).isEqualTo(ClockState.UNSET);
        new ClockSetting(Map.of("clock", "trusted"), clock);
        assertThat(clock.state()).isEqualTo(ClockState.SYNCED);
        new ClockSetting(Map.of("clock", "kernel"), clock);
        assertThat(clock.state()).isEqualTo(ClockState.UNSET);
        new ClockSetting(Map.of("clock", "sundial"), clock);
        assertThat(clock.state()).isEqualTo(ClockState.UNSET);
    }

    /** In the middle of an edit the file may be unreadable, and what it said before still holds. */
    @Test
    void aFileThatCannotBeReadChangesNothing() {
        said.tool = true;
        said.kernel = Optional.of(false);
        SystemClock clock = clock();
        new ClockSetting(Map.of("clock", "trusted"), clock);
        new ClockSetting(Map.of("headgate.broken", "line 3: no '='"), clock);
        assertThat(clock.state()).isEqualTo(ClockState.SYNCED);
    }

    @Test
    void aStepIsSeenAtOnceAndForAMinute() {
        SystemClock clock = clock();
        system.advance(Duration.ofMillis(1_300));
        system.step(Duration.ofHours(-1));
        assertThat(clock.state()).isEqualTo(ClockState.STEPPED);
        assertThat(clock.lastStep().orElseThrow().byNanos())
                .isEqualTo(Duration.ofHours(-1).toNanos());
        system.advance(Duration.ofSeconds(59));
        assertThat(clock.state()).isEqualTo(ClockState.STEPPED);
        system.advance(Duration.ofSeconds(1));
        assertThat(clock.state()).isEqualTo(ClockState.SYNCED);
    }

    @Test
    void aClockThatIsSlewedHasNotStepped() {
        SystemClock clock = clock();
        for (int i = 0; i < 3600; i++) {
            system.advance(Duration.ofSeconds(1));
            system.step(Duration.ofMillis(1));
        }
        assertThat(clock.state()).isEqualTo(ClockState.SYNCED);
        assertThat(clock.lastStep()).isEmpty();
    }

    /** Five minutes in 1970, a jump of 50 years, seconds until the machine says that this is the time now. */
    @Test
    void timesFromBeforeTheClockWasSetAreCorrectedToTheNanosecondAndInOrder() {
        base = -SimulatedSystem.START_NANOS + Duration.ofDays(7 * 365).toNanos();
        SystemClock clock = clock();
        List<Long> noted = new ArrayList<>();
        List<Long> truth = new ArrayList<>();
        long atStart = clock.epochNanos();
        for (int i = 0; i < 303; i++) {
            if (i == 300) {
                system.step(YEARS);
            }
            assertThat(clock.state()).isEqualTo(ClockState.UNSET);
            noted.add(clock.epochNanos());
            truth.add(atStart + YEARS.toNanos() + clock.monotonicNanos());
            system.advance(Duration.ofNanos(1_000_000_007L - i));
            said.tool = true;
            said.kernel = Optional.of(false);
        }
        said.file = true;
        system.advance(Duration.ofSeconds(1));
        assertThat(clock.state()).isEqualTo(ClockState.STEPPED);
        List<Long> corrected =
                noted.stream().map(at -> clock.corrected(at).orElseThrow()).toList();
        assertThat(corrected).isEqualTo(truth).isSorted().doesNotHaveDuplicates();
        // Later steps concern times of a clock that was set, and those stand as they are.
        system.advance(Duration.ofMinutes(2));
        long later = clock.epochNanos();
        system.step(Duration.ofHours(1));
        system.advance(Duration.ofSeconds(1));
        assertThat(noted.stream().map(at -> clock.corrected(at).orElseThrow())).isEqualTo(truth);
        assertThat(clock.corrected(later)).hasValue(later);
    }

    @Test
    void theStartOfTheProcessMovesWithTheClockSoThatItsAgeIsRight() {
        base = -SimulatedSystem.START_NANOS;
        SystemClock clock = clock();
        long age = clock.epochNanos() - clock.processStartNanos();
        system.step(YEARS);
        system.advance(Duration.ofSeconds(1));
        assertThat(clock.epochNanos() - clock.processStartNanos())
                .isEqualTo(age + Duration.ofSeconds(1).toNanos());
    }

    @Test
    void aClockThatFallsBackIntoThePastIsNotSetAnyMore() {
        SystemClock clock = clock();
        system.step(YEARS.negated());
        assertThat(clock.state()).isEqualTo(ClockState.UNSET);
        long noted = clock.epochNanos();
        system.advance(Duration.ofSeconds(5));
        system.step(YEARS);
        assertThat(clock.state()).isEqualTo(ClockState.STEPPED);
        assertThat(clock.corrected(noted)).hasValue(noted + YEARS.toNanos());
    }
}
