package org.headgate.device.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.headgate.data.api.Quality;
import org.headgate.data.api.Row;
import org.headgate.data.api.Type;
import org.headgate.device.api.Channel;
import org.headgate.device.api.PollStatistics;
import org.headgate.device.channels.ChannelDefinition;
import org.junit.jupiter.api.Test;

/** When devices are read. */
class PollingTest {
    private final Hall hall = new Hall();
    private final FakeDriver driver = new FakeDriver();

    PollingTest() {
        hall.bind(driver);
    }

    @Test
    void pollsDoNotDriftHoweverLongAReadTakes() {
        driver.onRead = device -> hall.system.spend(Duration.ofMillis(37));
        hall.add("x", "poll", "250ms");
        hall.system.advance(Duration.ofMinutes(5));
        List<Row> rows = hall.rows("x");
        for (int i = 2; i < rows.size(); i++) {
            assertThat(rows.get(i).timeNanos() - rows.get(1).timeNanos()).isEqualTo((i - 1) * 250_000_000L);
        }
        assertThat(rows).hasSizeBetween(1200, 1202);
        assertThat(hall.registry.polls().missed()).isZero();
    }

    @Test
    void aTimerThatFiresLateShiftsNoPollBehindIt() {
        DeviceConfiguration configuration = DeviceConfiguration.of(
                Hall.instance("x", "poll", "100ms"), (any, driver) -> Optional.empty(), Optional.empty());
        Columns columns = new Columns(List.of(ChannelDefinition.of(Channel.readable("a", "a", Type.LONG, ""))));
        PollPlan plan = new PollPlan(configuration, columns, List.of(), 0, 0);
        long first = plan.nextDue();
        assertThat(plan.mark(first + 7_000_000)).isZero();
        assertThat(plan.wantedAt()).isEqualTo(first);
        assertThat(plan.nextDue()).isEqualTo(first + 100_000_000);
        plan.take();
        assertThat(plan.mark(first + 350_000_000)).as("polls left out").isEqualTo(2);
        assertThat(plan.nextDue()).isEqualTo(first + 400_000_000);
    }

    @Test
    void anOffsetPutsThePollsAtTheSamePlaceOfEachFullInterval() {
        hall.system.advance(Duration.ofMillis(123));
        hall.add("x", "poll", "10s", "poll.offset", "2s");
        hall.system.advance(Duration.ofMinutes(1));
        assertThat(hall.rows("x").subList(1, 6)).allMatch(row -> row.timeNanos() % 10_000_000_000L == 2_000_000_000L);
    }

    @Test
    void withoutAnOffsetDevicesAreSpreadOverTheInterval() {
        for (int i = 0; i < 100; i++) {
            hall.add("x" + i);
        }
        hall.system.advance(Duration.ofSeconds(10));
        long[] tenths = new long[10];
        for (int i = 0; i < 100; i++) {
            tenths[(int) (hall.last("x" + i).timeNanos() % 1_000_000_000L / 100_000_000L)]++;
        }
        assertThat(IntStream.range(0, 10).mapToLong(i -> tenths[i]).max().orElseThrow())
                .as("most devices in one tenth of the interval")
                .isLessThan(20);
    }

    @Test
    void aSlowChannelIsAbsentInTheRowsBetween() {
        hall.add("x", "poll", "1s", "channel.level", "level poll=5s");
        hall.system.advance(Duration.ofSeconds(60));
        long there = hall.rows("x").stream()
                .filter(row -> row.quality(2) == Quality.GOOD)
                .count();
        long absent = hall.rows("x").stream()
                .filter(row -> row.quality(2) == Quality.ABSENT)
                .count();
        assertThat(there).isBetween(12L, 13L);
        assertThat(there + absent).isBetween(60L, 62L);
        assertThat(hall.rows("x").stream()
                        .filter(row -> row.quality(0) == Quality.GOOD)
                        .count())
                .isBetween(60L, 62L);
    }

    @Test
    void aSlowChannelThatFailedKeepsTheDeviceDegradedUntilItIsReadAgain() {
        driver.badChannel = "level";
        hall.add("x", "poll", "1s", "poll.offset", "0s", "channel.level", "level poll=10s");
        hall.system.advance(Duration.ofSeconds(5));
        assertThat(hall.state("x").label()).isEqualTo("DEGRADED");
        driver.badChannel = "";
        hall.system.advance(Duration.ofMillis(4900));
        assertThat(hall.state("x").label()).isEqualTo("DEGRADED");
        hall.system.advance(Duration.ofMillis(200));
        assertThat(hall.state("x").label()).isEqualTo("ONLINE");
    }

    @Test
    void aReadOnDemandIsBesideThePollsAndComplete() {
        hall.add("x", "poll", "1h", "channel.level", "level poll=2h");
        int before = hall.rows("x").size();
        var read = hall.registry.read("x").toCompletableFuture();
        hall.system.run();
        assertThat(read.join().quality(2)).isEqualTo(Quality.GOOD);
        assertThat(hall.rows("x")).hasSize(before);
    }

    @Test
    void aJumpOfTheClockMovesNoPoll() {
        hall.add("x", "poll", "1s");
        hall.system.advance(Duration.ofSeconds(10));
        int before = hall.rows("x").size();
        hall.system.step(Duration.ofDays(365 * 50));
        hall.system.advance(Duration.ofSeconds(10));
        hall.system.step(Duration.ofHours(-1));
        hall.system.advance(Duration.ofSeconds(10));
        assertThat(hall.rows("x")).hasSize(before + 20);
    }

    @Test
    void pollsAtFullIntervalsOfTheClockMoveWithItWhenItIsSet() {
        hall.add("x", "poll", "10s", "poll.offset", "0s");
        hall.system.advance(Duration.ofSeconds(15));
        hall.system.step(Duration.ofSeconds(3));
        hall.system.advance(Duration.ofMinutes(1));
        assertThat(hall.last("x").timeNanos() % 10_000_000_000L).isZero();
    }

    @Test
    void aSlowGroupIsReadTogetherWithTheFastOneWhoseMultipleItIs() {
        hall.add("x", "poll", "1s", "channel.level", "level poll=10s");
        hall.system.advance(Duration.ofSeconds(61));
        assertThat(hall.rows("x").stream().filter(row -> row.quality(2) == Quality.GOOD))
                .hasSizeBetween(6, 8)
                .allMatch(row -> row.quality(0) == Quality.GOOD);
    }

    @Test
    void punctualityIsMeasuredFromWhenAPollWasDue() {
        Punctuality punctuality = new Punctuality();
        for (int i = 1; i <= 1000; i++) {
            punctuality.began(i * 10_000L);
        }
        PollStatistics seen = punctuality.statistics();
        assertThat(seen.polls()).isEqualTo(1000);
        assertThat(seen.p50Nanos()).isBetween(5_000_000L, 5_500_000L);
        assertThat(seen.p99Nanos()).isBetween(9_900_000L, 10_000_000L);
        assertThat(seen.worstNanos()).isEqualTo(10_000_000L);
        punctuality.reset();
        assertThat(punctuality.statistics()).isEqualTo(new PollStatistics(0, 0, 0, 0, 0));
    }
}
