package org.headgate.uplink.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import org.headgate.outbox.api.Priority;
import org.headgate.system.api.Storage;
import org.headgate.system.api.kit.MemoryStorage;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.Test;

class BudgetTest {
    private static final long MONTH = 31_000;

    private final SimulatedSystem system = new SimulatedSystem(3);
    private MemoryStorage disk = new MemoryStorage();
    private long was;

    private Budget budget() {
        Budget budget = new Budget("cloud", disk, system, system).limit(MONTH);
        budget.load(system.loop("uplink"), () -> {});
        system.run();
        return budget;
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
        save(budget);
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
        save(before);
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
        Budget budget = new Budget("cloud", disk, system, system).limit(0);
        long before = disk.operations();
        assertThat(budget.lets(Priority.LOW)).isTrue();
        budget.spend(1 << 30);
        save(budget);
        assertThat(budget.isKnown()).isTrue();
        assertThat(disk.operations()).isEqualTo(before);
    }

    private void save(Budget budget) {
        CompletableFuture<Void> saved = budget.save();
        system.run();
        assertThat(saved).isDone();
    }

    @Test
    void whatIsSpentIsWrittenOnceAMinuteBesideTheSending() {
        Budget budget = budget();
        budget.spend(100);
        system.advance(Duration.ofMinutes(1));
        budget.spend(100);
        assertThat(disk.used()).isZero();
        system.run();
        assertThat(new String(disk.in("uplink").content("cloud.budget"), StandardCharsets.UTF_8))
                .endsWith(" 200\n");
        budget.spend(100);
        long before = disk.operations();
        system.advance(Duration.ofSeconds(50));
        budget.spend(100);
        system.run();
        assertThat(disk.operations()).isEqualTo(before);
    }

    /** A card that hangs keeps those who send and those who ask waiting for nothing, with one thread for all of the time. */
    @Test
    void aDiskThatHangsIsAskedOnceAndWrittenToWhenItComesBack() {
        Budget budget = budget();
        disk.hang(true);
        for (int minute = 0; minute < 100; minute++) {
            system.advance(Duration.ofMinutes(1));
            budget.spend(10);
            assertThat(budget.used()).isEqualTo(10L * minute + 10);
        }
        system.run();
        assertThat(system.stuck()).isEqualTo(1);
        disk.hang(false);
        system.releaseHung();
        assertThat(system.stuck()).isZero();
        system.advance(Duration.ofMinutes(1));
        budget.spend(10);
        system.run();
        disk = disk.crash(false);
        assertThat(budget().used()).isEqualTo(1010);
    }

    @Test
    void aFileThatCannotBeReadInTimeHoldsNothingUpAndIsNotForgotten() {
        Budget before = budget();
        before.spend(500);
        save(before);
        boolean[] hangs = {true};
        Storage slow = (Storage) Proxy.newProxyInstance(
                Storage.class.getClassLoader(), new Class<?>[] {Storage.class}, (self, method, with) -> {
                    if (hangs[0]) {
                        throw new SimulatedSystem.Hang();
                    }
                    return method.invoke(disk, with);
                });
        Budget budget = new Budget("cloud", slow, system, system).limit(MONTH);
        budget.load(system.loop("uplink"), () -> {});
        system.run();
        assertThat(budget.isKnown()).isFalse();
        system.advance(Budget.PATIENCE);
        assertThat(budget.isKnown()).isTrue();
        budget.spend(10);
        hangs[0] = false;
        // Written now, it would say 10.
        save(budget);
        assertThat(new String(disk.in("uplink").content("cloud.budget"), StandardCharsets.UTF_8))
                .endsWith(" 500\n");
        system.releaseHung();
        assertThat(budget.used()).isEqualTo(510);
        save(budget);
        assertThat(new String(disk.in("uplink").content("cloud.budget"), StandardCharsets.UTF_8))
                .endsWith(" 510\n");
    }
}
