package org.headgate.rule.reduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.headgate.data.api.Row;
import org.headgate.rule.functions.ArgumentException;
import org.headgate.rule.functions.Holding.Decision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The lines between the rows that went out are never further than d from any row, and there are fewer rows. */
class SwingingDoorTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long NOW = 1_732_172_400L * SECOND;

    /** A value for each row. */
    interface Curve {
        double next(Random random, int i, double before);
    }

    static Stream<Arguments> series() {
        return Stream.of(
                of("walk", 1, 0.5, (random, i, x) -> x + random.nextGaussian() * 0.2),
                of("fine walk", 2, 0.05, (random, i, x) -> x + random.nextGaussian() * 0.001),
                of("steps", 2, 0.5, (random, i, x) -> i / 50 % 2 * 10),
                of("ramp", 50, 0.01, (random, i, x) -> i * 0.1),
                of("saw", 5, 0.3, (random, i, x) -> i % 40 * 0.25),
                of("sine", 3, 0.2, (random, i, x) -> 20 * Math.sin(i / 100.0)),
                of("noise below d", 20, 1.0, (random, i, x) -> random.nextDouble() * 0.9),
                of("noise above d", 0, 0.5, (random, i, x) -> random.nextGaussian() * 10),
                of("constant", 500, 0.5, (random, i, x) -> 21.5),
                of(
                        "quantised temperature",
                        4,
                        0.5,
                        (random, i, x) ->
                                Math.rint((20 + 5 * Math.sin(i / 700.0) + random.nextGaussian() * 0.1) * 16) / 16),
                of(
                        "boiler with a thermostat",
                        2,
                        0.5,
                        (random, i, x) -> 60
                                + (i / 200 % 2 == 0 ? i % 200 * 0.1 : 20 * Math.exp(-(i % 200) / 80.0))
                                + random.nextGaussian() * 0.1),
                of("spikes", 5, 0.5, (random, i, x) -> random.nextInt(100) == 0 ? 500 : 20),
                of("no width", 0, 0.0, (random, i, x) -> random.nextInt(3)),
                of("ramp without width", 1, 0.0, (random, i, x) -> i * 0.5),
                of("huge", 0, 1e290, (random, i, x) -> random.nextGaussian() * 1e300),
                of("extremes", 0, 1.0, (random, i, x) -> random.nextBoolean() ? Double.MAX_VALUE : -Double.MAX_VALUE),
                of("tiny", 1, 1e-300, (random, i, x) -> x + random.nextGaussian() * 1e-301),
                of("far from zero", 1, 1.0, (random, i, x) -> 1e9 + i + random.nextGaussian()));
    }

    private static Arguments of(String name, int atLeast, double d, Curve curve) {
        return Arguments.of(name, atLeast, d, curve);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("series")
    void noRowIsFurtherOffThanPromised(String name, int atLeast, double d, Curve curve) {
        for (int seed = 0; seed < 30; seed++) {
            Random random = new Random(seed);
            Door door = new Door(Series.X, Series.number(d));
            double x = 0;
            long nanos = NOW;
            for (int i = 0; i < 1000; i++) {
                x = curve.next(random, i, x);
                // A steady beat, a jittering one, and one with gaps of hours.
                nanos += seed % 3 == 0 ? SECOND : 1 + random.nextInt(2_000_000_000);
                nanos += seed % 3 == 2 && random.nextInt(50) == 0 ? 5000 * SECOND : 0;
                door.offer(Series.row(nanos, x));
            }
            door.finish();
            assertThat(door.worst(Math.max(d, Double.MIN_NORMAL)))
                    .as("seed %s", seed)
                    .isLessThanOrEqualTo(1 + 1e-9);
            // A curve is smooth only where the beat is.
            int fewer = seed % 3 == 0 ? atLeast : Math.min(1, atLeast);
            assertThat(door.out.size() * fewer).as("rows that went out").isLessThanOrEqualTo(1000);
            assertThat(door.out).first().isSameAs(door.in.get(0));
            assertThat(door.out)
                    .last()
                    .satisfies(last -> assertThat(last.timeNanos())
                            .isEqualTo(door.in.get(999).timeNanos()));
        }
    }

    /** Every kind of nonsense in one series: nulls, equal times, times that go back. */
    @Test
    void noRowIsFurtherOffWhateverItsTimeIs() {
        for (int seed = 0; seed < 2000; seed++) {
            Random random = new Random(seed);
            Door door = new Door(Series.X, Series.number(1));
            long nanos = NOW;
            for (int i = 0; i < 40; i++) {
                int kind = random.nextInt(10);
                nanos += kind == 0 ? -random.nextInt(9) * SECOND : kind < 4 ? 0 : random.nextInt(4) * SECOND;
                Double x = random.nextInt(10) == 0 ? null : (Double) (random.nextInt(12) * 0.4);
                door.offer(Series.row(nanos, x));
            }
            door.finish();
            assertThat(door.worst(1)).as("seed %s", seed).isLessThanOrEqualTo(1 + 1e-9);
        }
    }

    /** A gap lets more rows out, at most so far apart as asked while rows keep coming, and no line gets worse. */
    @Test
    void aGapChangesNothingAboutTheError() {
        for (int seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            Door door = new Door(Series.X, Series.number(1), Series.text("20s"));
            double x = 0;
            for (int i = 0; i < 500; i++) {
                x += random.nextGaussian() * 0.1;
                door.offer(at(i, x));
            }
            door.finish();
            assertThat(door.worst(1)).as("seed %s", seed).isLessThanOrEqualTo(1 + 1e-9);
            for (int i = 1; i < door.out.size(); i++) {
                long apart = door.out.get(i).timeNanos() - door.out.get(i - 1).timeNanos();
                assertThat(apart).isLessThanOrEqualTo(20 * SECOND);
            }
            assertThat(door.out).hasSizeBetween(500 / 20, 250);
        }
    }

    @Test
    void theWidthOfEachRowIsKept() {
        Door door = new Door(Series.X, Series.D);
        Random random = new Random(5);
        for (int i = 0; i < 2000; i++) {
            // Every tenth row is to be hit exactly.
            door.offer(Series.row(NOW + i * SECOND, random.nextDouble(), i % 10 == 0 ? 0.0 : 2.0));
        }
        door.finish();
        double[] error = {0};
        Door strict = new Door(Series.X, Series.number(2));
        strict.out.addAll(door.out);
        for (int i = 0; i < door.in.size(); i += 10) {
            Row row = door.in.get(i);
            error[0] = Math.max(error[0], line(door.out, row));
        }
        assertThat(error[0]).isLessThan(1e-9);
        assertThat(door.worst(2)).isLessThanOrEqualTo(1 + 1e-9);
        assertThat(door.out).hasSizeLessThan(1000);
    }

    private static double line(List<Row> out, Row row) {
        int i = 0;
        while (out.get(i + 1).timeNanos() < row.timeNanos()) {
            i++;
        }
        Row a = out.get(i);
        Row b = out.get(i + 1);
        double portion = (double) (row.timeNanos() - a.timeNanos()) / (b.timeNanos() - a.timeNanos());
        return Math.abs(a.asDouble(0) + portion * (b.asDouble(0) - a.asDouble(0)) - row.asDouble(0));
    }

    @Test
    void aStepTellsWhatBecomesOfEachRow() {
        Door door = new Door(Series.X, Series.number(0.5));
        assertThat(door.offer(at(0, 1))).isEqualTo(Decision.PASS);
        assertThat(door.offer(at(1, 1))).isEqualTo(Decision.REPLACE);
        assertThat(door.offer(at(2, null))).isEqualTo(Decision.SKIP);
        assertThat(door.offer(at(2, 1.2))).isEqualTo(Decision.REPLACE);
        assertThat(door.offer(at(3, 9.0))).isEqualTo(Decision.RELEASE);
        assertThat(door.offer(at(4, 9.0))).isEqualTo(Decision.RELEASE);
        assertThat(door.offer(at(4, 3.0))).isEqualTo(Decision.RELEASE);
        assertThat(door.out).extracting(row -> row.asDouble(0)).containsExactly(1.0, 1.2, 9.0, 9.0);
        // Beside the row that just went out, and within reach of it: not needed.
        Door second = new Door(Series.X, Series.number(0.5));
        second.offer(at(0, 1));
        assertThat(second.offer(at(0, 1.5))).isEqualTo(Decision.SKIP);
        assertThat(second.offer(at(0, 1.6))).isEqualTo(Decision.REPLACE);
    }

    @Test
    void aHeldRowGoesOutAtTheGap() {
        Door door = new Door(Series.X, Series.number(0.5), Series.text("60s"));
        assertThat(door.door.dueNanos()).isEqualTo(Long.MAX_VALUE);
        door.offer(at(0, 1));
        assertThat(door.door.dueNanos()).isEqualTo(Long.MAX_VALUE);
        for (int i = 10; i <= 200; i += 10) {
            door.offer(at(i, 1));
            assertThat(door.door.dueNanos())
                    .isEqualTo(NOW + (i + 50) / 60 * 60 * SECOND + (i % 60 == 0 ? 60 * SECOND : 0));
        }
        assertThat(door.out).extracting(row -> (row.timeNanos() - NOW) / SECOND).containsExactly(0L, 50L, 110L, 170L);
    }

    @Test
    void aGapThatWasMissedIsMadeUpFor() {
        Door door = new Door(Series.X, Series.number(0.5), Series.whole(60_000));
        for (int i : new int[] {0, 10, 100}) {
            door.frame.now(NOW + i * SECOND);
            door.frame.enter(at(i, 1));
            Decision decision = door.door.offer(door.frame);
            assertThat(decision).isEqualTo(i == 0 ? Decision.PASS : i == 10 ? Decision.REPLACE : Decision.RELEASE);
        }
    }

    @Test
    void aWidthThatIsNoneIsAFailureAndCountsAsZero() {
        Door door = new Door(Series.X, Series.D);
        door.offer(at(0, 1));
        door.offer(Series.row(NOW + SECOND, 1.1, -1.0));
        door.offer(Series.row(NOW + 2 * SECOND, 1.1, 1.0));
        door.finish();
        assertThat(door.out).hasSize(3);
        assertThat(door.frame.failures()).isEqualTo(2);
        assertThat(door.frame.firstFailure()).startsWith("swinging_door: expected a d of 0 or more, found null");
    }

    @Test
    void refusesOtherArguments() {
        assertThatThrownBy(() -> new Door(Series.X)).isInstanceOf(ArgumentException.class);
        assertThatThrownBy(() -> new Door(Series.text("a"), Series.X)).isInstanceOf(ArgumentException.class);
        assertThatThrownBy(() -> new Door(Series.X, Series.X, Series.flag())).isInstanceOf(ArgumentException.class);
    }

    private static Row at(int seconds, double x) {
        return at(seconds, (Double) x);
    }

    private static Row at(int seconds, Double x) {
        return Series.row(NOW + seconds * SECOND, x);
    }
}
