package org.headgate.uplink.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.headgate.outbox.api.Priority;
import org.headgate.system.api.kit.MemoryStorage;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.Test;

class BudgetTest {
    private static final long MONTH = 31_000;

    private final SimulatedSystem system = new SimulatedSystem(3);
    private MemoryStorage disk = new MemoryStorage();
    private long was;

    private Budget budget() {
        return new Budget("cloud", disk, system).limit(MONTH);
    }

    /** Sends as much as it lets through, in messages of 10 bytes. */
    private static long spend(Budget budget, Priority priority) {
        long before = budget.used();
        while (budget.lets(priority)) {
            budget.spend(10);
        }
        return budget.used() - before;
    }

    @Test
    void whatIsSpentInAMonthIsNeverMoreThanTheBudget() {
        Budget budget = budget();
        long most = 0;
        for (int hour = 0; hour < 24 * 90; hour++) {
            spend(budget, Priority.NORMAL);
            most = Math.max(most, budget.used());
            system.advance(Duration.ofHours(1));
        }
        assertThat(most).isBetween(MONTH * 9 / 10, MONTH + 10);
    }

    @Test
    void itIsSpentEvenlyInsteadOfEndingInTheFirstDays() {
        Budget budget = budget();
        spend(budget, Priority.NORMAL);
        system.advance(Duration.ofDays(1));
        long aDay = spend(budget, Priority.NORMAL);
        assertThat(aDay).isBetween(MONTH / 31 - 50, MONTH / 28 + 50);
        assertThat(budget.lets(Priority.NORMAL)).isFalse();
        system.advance(Duration.ofHours(1));
        assertThat(budget.lets(Priority.NORMAL)).isTrue();
    }

    @Test
    void whatMattersLessIsHeldBackFirst() {
        Budget budget = budget();
        spend(budget, Priority.LOW);
        assertThat(budget.lets(Priority.LOW)).isFalse();
        assertThat(spend(budget, Priority.NORMAL)).isGreaterThan(400);
    }

    @Test
    void aRestartForgetsNothingThatWasSpent() {
        Budget budget = budget();
        long spent = spend(budget, Priority.NORMAL);
        budget.save();
        disk = disk.crash(1);
        Budget after = budget();
        assertThat(after.lets(Priority.NORMAL)).isFalse();
        assertThat(after.used()).isEqualTo(spent);
    }

    @Test
    void aNewMonthBeginsWithNothingSpent() {
        Budget budget = budget();
        spend(budget, Priority.NORMAL);
        system.advance(Duration.ofDays(32));
        assertThat(budget.lets(Priority.NORMAL)).isTrue();
        assertThat(budget.used()).isLessThan(MONTH / 31);
    }

    /** After a power cut a gateway without a battery-backed clock begins in 1970, before the month that it knows. */
    @Test
    void whileTheClockIsNotSetTheRestOfTheMonthIsLetThrough() {
        Budget before = budget();
        before.lets(Priority.NORMAL);
        before.spend(MONTH * 6 / 10);
        before.save();
        unset();
        Budget after = budget();
        assertThat(after.lets(Priority.NORMAL)).isTrue();
        assertThat(after.lets(Priority.LOW)).isTrue();
        spend(after, Priority.NORMAL);
        assertThat(after.used()).isBetween(MONTH, MONTH + 10);
        set();
        assertThat(after.lets(Priority.NORMAL)).isFalse();
        assertThat(after.used()).isGreaterThanOrEqualTo(MONTH);
    }

    @Test
    void whatIsSpentBeforeTheClockIsFirstSetCountsForTheMonthThatItSays() {
        unset();
        Budget budget = budget();
        spend(budget, Priority.NORMAL);
        set();
        assertThat(budget.lets(Priority.NORMAL)).isFalse();
        assertThat(budget.used()).isGreaterThanOrEqualTo(MONTH);
    }

    @Test
    void aClockThatOnceWasYearsAheadCostsNoYearsOfRows() {
        Budget budget = budget();
        spend(budget, Priority.NORMAL);
        system.step(Duration.ofDays(3653));
        spend(budget, Priority.NORMAL);
        system.step(Duration.ofDays(-3653));
        assertThat(budget.lets(Priority.NORMAL)).isTrue();
        assertThat(budget.used()).isZero();
    }

    @Test
    void aClockThatIsPutBackOverTheBeginOfAMonthMakesNoNewMonth() {
        Budget budget = budget();
        Instant now = Instant.ofEpochSecond(0, system.epochNanos());
        Instant next = YearMonth.from(now.atOffset(ZoneOffset.UTC))
                .plusMonths(1)
                .atDay(1)
                .atStartOfDay()
                .toInstant(ZoneOffset.UTC);
        system.step(Duration.between(now, next).plusSeconds(1));
        long spent = spend(budget, Priority.NORMAL);
        system.step(Duration.ofSeconds(-2));
        assertThat(budget.lets(Priority.NORMAL)).isFalse();
        assertThat(budget.used()).isEqualTo(spent);
    }

    private void unset() {
        was = system.epochNanos();
        system.clockSet(false);
        system.step(Duration.ofNanos(-system.epochNanos()));
    }

    private void set() {
        system.step(Duration.ofNanos(was - system.epochNanos()));
        system.clockSet(true);
    }

    @Test
    void withoutABudgetEverythingGoesAndNothingIsWritten() {
        Budget budget = new Budget("cloud", disk, system).limit(0);
        long before = disk.operations();
        assertThat(budget.lets(Priority.LOW)).isTrue();
        budget.spend(1 << 30);
        budget.save();
        assertThat(disk.operations()).isEqualTo(before);
    }
}
