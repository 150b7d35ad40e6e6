package org.headgate.rule.reduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;
import org.headgate.data.api.Row;
import org.headgate.rule.functions.ArgumentException;
import org.headgate.rule.functions.Checkpointed;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.Frame;
import org.headgate.rule.functions.Holding;
import org.headgate.rule.functions.Reduction;
import org.headgate.rule.functions.Tracker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Deadband, heartbeat and hysteresis, and what all reductions have in common. */
class ReductionsTest {
    private static final long SECOND = 1_000_000_000L;

    private final Frame frame = new Frame("reduce");

    @Test
    void aHeartbeatComesAfterSilenceOnly() {
        Reduction beat = (Reduction) Series.compile("heartbeat", Series.text("60s"));
        assertThat(beat.dueNanos()).isEqualTo(Long.MAX_VALUE);
        assertThat(asks(beat, 0)).isTrue();
        assertThat(beat.dueNanos()).isEqualTo(Long.MAX_VALUE);
        beat.passed(frame);
        assertThat(beat.dueNanos()).isEqualTo(60 * SECOND);
        assertThat(asks(beat, 59)).isFalse();
        assertThat(asks(beat, 60)).isTrue();
        // Another part of WHERE let a row through: the silence begins anew.
        assertThat(asks(beat, 30)).isFalse();
        beat.passed(frame);
        assertThat(asks(beat, 60)).isFalse();
        assertThat(asks(beat, 90)).isTrue();
        assertThat(beat.dueNanos()).isEqualTo(90 * SECOND);
        // The clock went back.
        assertThat(asks(beat, 29)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"500ms, 500", "10s, 10000", "5m, 300000", "2h, 7200000", "1d, 86400000"})
    void aLengthOfTimeIsATextOrMilliseconds(String text, long milliseconds) {
        for (Expression argument :
                new Expression[] {Series.text(text), Series.whole(milliseconds), Series.number(milliseconds)}) {
            Reduction beat = (Reduction) Series.compile("heartbeat", argument);
            asks(beat, 0);
            beat.passed(frame);
            assertThat(beat.dueNanos()).isEqualTo(milliseconds * 1_000_000);
        }
    }

    @ParameterizedTest
    @CsvSource({"60", "s", "-1s", "0s", "1 week", "''", "99999999999999s"})
    void whatIsNoLengthOfTimeIsAFailureAndNeverBeats(String text) {
        Reduction beat = (Reduction) Series.compile("heartbeat", Series.text(text));
        assertThat(asks(beat, 0)).isTrue();
        beat.passed(frame);
        assertThat(asks(beat, 1_000_000)).isFalse();
        assertThat(frame.isNull()).isFalse();
        assertThat(beat.dueNanos()).isEqualTo(Long.MAX_VALUE);
        assertThat(frame.firstFailure())
                .startsWith("heartbeat: expected a length of time such as '60s', found '" + text + "' at");
    }

    @ParameterizedTest
    @CsvSource({"0", "-5"})
    void aNumberThatIsNoLengthOfTimeIsAFailure(long milliseconds) {
        Reduction beat = (Reduction) Series.compile("heartbeat", Series.whole(milliseconds));
        asks(beat, 0);
        assertThat(frame.firstFailure()).startsWith("heartbeat: expected a number of milliseconds, found ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            7 9 7 4 7        | false true true false false
            9 8 5 4.9 5 8 8.1| true true true false false false true
            - 9 - 4 -        | false true true false false
            5 8              | false false
            """)
    void hysteresisTurnsOnAboveAndOffBelow(String values, String results) {
        Tracker hysteresis = (Tracker) Series.compile("hysteresis", Series.X, Series.number(5), Series.number(8));
        String[] expected = results.split(" ");
        String[] given = values.trim().split(" ");
        for (int i = 0; i < given.length; i++) {
            Series.enter(frame, Series.row(i, given[i].equals("-") ? null : (Double) Double.parseDouble(given[i])));
            hysteresis.step(frame);
            assertThat(String.valueOf(hysteresis.asBoolean(frame)))
                    .as("row %s", i)
                    .isEqualTo(expected[i]);
            assertThat(frame.isNull()).isFalse();
            hysteresis.skip(frame);
            assertThat(String.valueOf(hysteresis.asBoolean(frame))).isEqualTo(expected[i]);
        }
    }

    @Test
    void boundsThatCrossAreAFailureAndChangeNothing() {
        Tracker hysteresis = (Tracker) Series.compile("hysteresis", Series.X, Series.number(8), Series.number(5));
        hysteresis.step(Series.enter(frame, Series.row(0, 9.0)));
        assertThat(frame.firstFailure())
                .startsWith("hysteresis: expected a low that is not above high, found 8.0 and 5.0 at");
        assertThat(hysteresis.asBoolean(frame)).isFalse();
    }

    @Test
    void aDeadbandComparesWithWhatWentOut() {
        Reduction deadband = (Reduction) Series.compile("deadband", Series.X, Series.number(0.5));
        assertThat(asks(deadband, 0, null)).isFalse();
        assertThat(asks(deadband, 0, 0.1)).as("the first value").isTrue();
        assertThat(asks(deadband, 0, 1.1)).as("nothing went out yet").isTrue();
        deadband.passed(frame);
        assertThat(asks(deadband, 0, 1.6)).isFalse();
        assertThat(asks(deadband, 0, 1.7)).isTrue();
        assertThat(asks(deadband, 0, 0.5)).isTrue();
        assertThat(asks(deadband, 0, null)).isFalse();
        assertThat(frame.isNull()).isFalse();
        deadband.passed(frame);
        assertThat(asks(deadband, 0, 1.6))
                .as("a null that went out is no reference")
                .isFalse();
    }

    static Stream<String> names() {
        return Reductions.all().stream().map(function -> function.name());
    }

    private static Checkpointed fresh(String name) {
        return (Checkpointed)
                switch (name) {
                    case "heartbeat" -> Series.compile(name, Series.text("3s"));
                    case "swinging_door" -> Series.compile(name, Series.X, Series.number(1), Series.text("9s"));
                    case "hysteresis" -> Series.compile(name, Series.X, Series.number(2), Series.number(4));
                    default -> Series.compile(name, Series.X, Series.number(1));
                };
    }

    @ParameterizedTest
    @MethodSource("names")
    void whatWasLoadedGoesOnLikeWhatWasNeverStopped(String name) {
        for (int seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            Checkpointed original = fresh(name);
            long nanos = 0;
            for (int i = random.nextInt(20); i > 0; i--) {
                nanos += random.nextInt(3) * SECOND;
                judge(original, Series.row(nanos, random.nextDouble() * 6));
            }
            Checkpointed loaded = fresh(name);
            load(loaded, save(original));
            assertThat(save(loaded)).isEqualTo(save(original));
            for (int i = 0; i < 20; i++) {
                nanos += random.nextInt(3) * SECOND;
                Row row = Series.row(nanos, random.nextInt(5) == 0 ? null : (Double) (random.nextDouble() * 6));
                assertThat(judge(loaded, row)).isEqualTo(judge(original, row));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void damagedStateIsGivenUpOrHarmless(String name) {
        Checkpointed original = fresh(name);
        for (int i = 0; i < 5; i++) {
            judge(original, Series.row(i * SECOND, i * 0.7));
        }
        byte[] state = save(original);
        for (int i = 0; i < state.length; i++) {
            byte[] torn = Arrays.copyOf(state, i);
            assertThatThrownBy(() -> load(fresh(name), torn)).isInstanceOf(RuntimeException.class);
        }
        for (int i = 0; i < state.length * 8; i++) {
            byte[] flipped = state.clone();
            flipped[i / 8] ^= (byte) (1 << i % 8);
            Checkpointed victim = fresh(name);
            try {
                load(victim, flipped);
            } catch (RuntimeException damaged) {
                continue;
            }
            judge(victim, Series.row(99 * SECOND, 3.0));
        }
    }

    /** What is said of a row, and when something is due; what asks twice must hear the same. */
    private Object judge(Checkpointed judge, Row row) {
        Series.enter(frame, row);
        if (judge instanceof Reduction reduction) {
            boolean passes = reduction.evalBoolean(frame);
            assertThat(reduction.evalBoolean(frame)).isEqualTo(passes);
            if (passes) {
                reduction.passed(frame);
            }
            return passes + " " + reduction.dueNanos();
        }
        if (judge instanceof Holding holding) {
            return holding.offer(frame) + " " + holding.dueNanos();
        }
        Tracker tracker = (Tracker) judge;
        tracker.step(frame);
        return tracker.asBoolean(frame);
    }

    @Test
    void refusesOtherArguments() {
        for (String name : names().toList()) {
            assertThatThrownBy(() -> Series.compile(name)).isInstanceOf(ArgumentException.class);
            assertThatThrownBy(() -> Series.compile(name, Series.flag(), Series.flag(), Series.flag()))
                    .isInstanceOf(ArgumentException.class);
        }
        assertThatThrownBy(() -> Series.compile("heartbeat", Series.flag())).isInstanceOf(ArgumentException.class);
    }

    private boolean asks(Reduction reduction, int seconds) {
        return asks(reduction, seconds, 1.0);
    }

    private boolean asks(Reduction reduction, int seconds, Double x) {
        boolean passes = reduction.evalBoolean(Series.enter(frame, Series.row(seconds * SECOND, x)));
        assertThat(reduction.evalBoolean(frame)).as("asked again").isEqualTo(passes);
        return passes;
    }

    private static byte[] save(Checkpointed state) {
        ByteOutput out = new ByteOutput(16);
        state.save(out);
        byte[] bytes = new byte[out.size()];
        out.content().get(bytes);
        return bytes;
    }

    private static void load(Checkpointed state, byte[] bytes) {
        state.load(new ByteInput(ByteBuffer.wrap(bytes)));
    }
}
