package org.headgate.device.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.headgate.data.api.Quality;
import org.headgate.data.api.Row;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Values that are read together and were measured at different times. */
class OwnTimesTest {
    private static final long START = SimulatedSystem.START_NANOS;
    private static final long YESTERDAY = START - Duration.ofDays(1).toNanos();

    private final Hall hall = new Hall();
    private final FakeDriver driver = new FakeDriver();

    @BeforeEach
    void measureAtTheirOwnTimes() {
        driver.times.put("temperature", START - 10);
        driver.times.put("level", YESTERDAY);
    }

    private void polled() {
        hall.bind(driver);
        hall.add("x", "poll", "1s");
    }

    private static String columns(Row row) {
        StringBuilder sampled = new StringBuilder();
        for (int i = 0; i < row.schema().size(); i++) {
            sampled.append(
                    row.quality(i) == Quality.ABSENT
                            ? ""
                            : " " + row.schema().column(i).name());
        }
        return sampled.toString().strip();
    }

    private List<Row> since(int rows) {
        return hall.rows("x").subList(rows, hall.rows("x").size());
    }

    @Test
    void areRowsOfTheirOwnTheOldestFirst() {
        polled();
        assertThat(hall.rows("x")).extracting(OwnTimesTest::columns).containsExactly("level", "temperature", "pump");
        assertThat(hall.rows("x")).extracting(Row::timeNanos).startsWith(YESTERDAY, START - 10);
        assertThat(hall.rows("x").get(2).timeNanos()).as("that of the poll").isGreaterThanOrEqualTo(START);
        assertThat(hall.flow("x").imbalance()).isZero();
    }

    /** A value of yesterday that is repeated each second with its time would be late for every rule that goes by times. */
    @Test
    void areThoseOfTheAnswerWhereNothingWasMeasuredAnew() {
        polled();
        hall.system.advance(Duration.ofSeconds(5));
        assertThat(since(3)).hasSizeBetween(4, 5).allMatch(row -> columns(row).equals("temperature pump level"));
        assertThat(since(3)).extracting(Row::timeNanos).isSorted().allMatch(time -> time >= START);
    }

    /** Else a link that comes and goes would tell of yesterday each time. */
    @Test
    void areNotNewBecauseTheConnectionIs() {
        polled();
        driver.onRead = device -> {
            throw new IOException("no answer");
        };
        hall.system.advance(Duration.ofSeconds(10));
        driver.onRead = device -> {};
        hall.system.advance(Duration.ofMinutes(5));
        assertThat(hall.status("x").supervision().connections()).isGreaterThan(1);
        assertThat(since(3)).isNotEmpty().noneMatch(row -> row.timeNanos() < START);
    }

    @Test
    void areARowEachTimeThatTheyAreMeasured() {
        polled();
        hall.system.advance(Duration.ofSeconds(3));
        int before = hall.rows("x").size();
        long measured = hall.last("x").timeNanos() + 1;
        driver.times.put("temperature", measured);
        driver.values.put("temperature", 30.5);
        hall.system.advance(Duration.ofMillis(2500));
        assertThat(since(before))
                .extracting(OwnTimesTest::columns)
                .startsWith("temperature", "pump level", "temperature pump level");
        Row changed = since(before).get(0);
        assertThat(changed.timeNanos()).isEqualTo(measured);
        assertThat(changed.asDouble(0)).isEqualTo(30.5);
    }

    @Test
    void areOneRowWhereTheTimeIsTheSame() {
        driver.times.put("level", START - 10);
        driver.times.put("pump", START - 10);
        polled();
        assertThat(hall.rows("x")).hasSize(1);
        assertThat(hall.last("x").timeNanos()).isEqualTo(START - 10);
        assertThat(columns(hall.last("x"))).isEqualTo("temperature pump level");
    }

    /** Whoever asks for the device's values wants them all in one row; and what is only looked at is still to be published. */
    @Test
    void areOneRowForWhoAsks() {
        hall.bind(driver);
        hall.add("x", "poll", "1h");
        int before = hall.rows("x").size();
        driver.times.put("temperature", START + 5);
        var asked = hall.registry.read("x").toCompletableFuture();
        hall.system.run();
        assertThat(columns(asked.join())).isEqualTo("temperature pump level");
        assertThat(asked.join().timeNanos()).isGreaterThanOrEqualTo(START);
        assertThat(since(before)).isEmpty();
        hall.system.advance(Duration.ofHours(2));
        assertThat(since(before)).anyMatch(row -> row.timeNanos() == START + 5);
    }

    /** A channel with {@code every} is polled beside its reports: the poll finds what was reported. */
    @Test
    void areNotNewWhereTheyWereReported() {
        driver.reports = List.of("temperature", "pump", "level");
        hall.bind(driver);
        hall.add("x", "channel.temperature", "temperature report=change every=1m");
        driver.reporter.orElseThrow().report(values -> {
            values.set(0, 21.5);
            values.time(START - 10);
        });
        hall.system.advance(Duration.ofMinutes(5));
        assertThat(hall.rows("x")).hasSizeGreaterThan(3);
        assertThat(since(1)).noneMatch(row -> row.timeNanos() == START - 10);
    }
}
