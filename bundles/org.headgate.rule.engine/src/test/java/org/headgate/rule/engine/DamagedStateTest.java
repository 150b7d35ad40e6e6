package org.headgate.rule.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.headgate.rule.api.RuleStatus.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A state that something has spoilt: the rule begins empty. One of another rule, of another time or of another clock. */
class DamagedStateTest {
    private static final long SECOND = RandomFeed.SECOND;
    private static final int ROWS = 30;

    @ParameterizedTest
    @MethodSource("org.headgate.rule.engine.KillTest#rules")
    void whateverByteIsDamagedTheRuleBeginsEmpty(String sql) {
        List<RandomFeed.Arrival> rows =
                RandomFeed.rows(new Random(5), RandomFeed.query(sql).sources(), ROWS, 0);
        byte[] state = state(sql, rows.subList(0, ROWS - 5));
        List<RandomFeed.Arrival> rest = rows.subList(ROWS - 5, ROWS);
        List<String> empty = play(sql, new byte[0], rest);
        for (int i = 0; i < state.length; i++) {
            byte[] damaged = state.clone();
            damaged[i] ^= (byte) (1 << i % 8);
            assertThat(play(sql, damaged, rest)).as("%s, byte %d", sql, i).isEqualTo(empty);
        }
        for (int length = 0; length < state.length; length += 7) {
            assertThat(play(sql, Arrays.copyOf(state, length), rest))
                    .as("%s, %d bytes", sql, length)
                    .isEqualTo(empty);
        }
    }

    /** A state whose checksum fits, though what it says does not: written by another version of this code. */
    @ParameterizedTest
    @MethodSource("org.headgate.rule.engine.KillTest#rules")
    void whatAnotherVersionHasWrittenThrowsNothingHangsNothingAndIsCounted(String sql) {
        List<RandomFeed.Arrival> rows =
                RandomFeed.rows(new Random(6), RandomFeed.query(sql).sources(), ROWS, 0);
        byte[] state = state(sql, rows.subList(0, ROWS - 5));
        for (int i = 0; i < state.length - Integer.BYTES; i++) {
            byte[] damaged = state.clone();
            damaged[i] ^= (byte) (1 << i % 8);
            play(sql, sealed(damaged), rows.subList(ROWS - 5, ROWS));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anotherTextAndAnotherTimeBeginEmpty(boolean eventTime) {
        String sql = "SELECT count(*) AS n FROM boiler GROUP BY COUNTWINDOW(20)";
        RuleOptions events = RuleOptions.DEFAULT.inEventTime(SECOND);
        List<RandomFeed.Arrival> rows = RandomFeed.rows(new Random(7), List.of("boiler"), ROWS, 0);
        List<String> out = new ArrayList<>();
        RuleProgram before = RandomFeed.rule(sql, eventTime ? events : RuleOptions.DEFAULT, out::add);
        rows.subList(0, 15).forEach(row -> RandomFeed.feed(before, row));
        RuleProgram same = RandomFeed.rule(sql, eventTime ? events : RuleOptions.DEFAULT, out::add);
        RuleProgram otherTime = RandomFeed.rule(sql, eventTime ? RuleOptions.DEFAULT : events, out::add);
        RuleProgram otherText = RandomFeed.rule(sql.replace("20", "21"), RuleOptions.DEFAULT, out::add);
        for (RuleProgram rule : List.of(same, otherTime, otherText)) {
            rule.restore(before.state());
            RandomFeed.feed(rule, rows.get(15));
        }
        assertThat(same.counters(0).recovered()).isEqualTo(15);
        assertThat(otherTime.counters(0).recovered()).isZero();
        assertThat(otherText.counters(0).recovered()).isZero();
        assertThat(otherTime.state(0)).isEqualTo(State.RUNNING);
    }

    /** A board without a battery: after a restart it is 1970 until a time server is reached. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "TUMBLINGWINDOW(ss, 10)",
                "HOPPINGWINDOW(ss, 10, 5)",
                "SLIDINGWINDOW(ss, 10, 2)",
                "SESSIONWINDOW(ss, 10, 5)"
            })
    void aWindowEndsInTimeThoughTheClockBeginsIn1970AndIsSetLater(String window) {
        for (String select : List.of("count(*) AS n", "*")) {
            String sql = "SELECT " + select + " FROM boiler GROUP BY " + window;
            long now = 1_700_000_000 * SECOND;
            RandomFeed.Arrival row =
                    RandomFeed.rows(new Random(8), List.of("boiler"), 1, 0).get(0);
            List<String> out = new ArrayList<>();
            RuleProgram before = RandomFeed.rule(sql, RuleOptions.DEFAULT, out::add);
            before.row(0, row.row(), now + SECOND, 0);
            RuleProgram rule = RandomFeed.rule(sql, RuleOptions.DEFAULT, out::add);
            rule.restore(before.state());
            rule.row(0, row.row(), 100 * SECOND, 5 * SECOND);
            rule.advance(now, 6 * SECOND);
            while (rule.deadlineNanos() < 40 * SECOND) {
                rule.advance(now - 6 * SECOND + rule.deadlineNanos(), rule.deadlineNanos());
            }
            assertThat(out).as(sql).isNotEmpty();
            assertThat(rule.counters(0).queued()).as(sql).isZero();
            assertThat(rule.counters(0).recovered()).as(sql).isEqualTo(1);
            assertThat(rule.counters(0).imbalance()).as(sql).isZero();
        }
    }

    @Test
    void aHeartbeatMakesUpForALittleAndNotForYears() {
        List<String> out = new ArrayList<>();
        String sql = "SELECT count FROM boiler WHERE heartbeat('1s')";
        RandomFeed.Arrival row =
                RandomFeed.rows(new Random(8), List.of("boiler"), 1, 0).get(0);
        RuleProgram before = RandomFeed.rule(sql, RuleOptions.DEFAULT, out::add);
        before.row(0, row.row(), 0);
        RuleProgram rule = RandomFeed.rule(sql, RuleOptions.DEFAULT, out::add);
        rule.restore(before.state());
        rule.row(0, row.row(), 1_000_000_000 * SECOND);
        assertThat(out).hasSizeBetween(1000, 1010);
        rule.advance(1_000_000_003 * SECOND);
        assertThat(out).hasSizeBetween(1003, 1013);
    }

    @Test
    void whatASwingingDoorHoldsIsPutOutOnce() {
        List<String> out = new ArrayList<>();
        String sql = "SELECT temperature FROM boiler WHERE swinging_door(temperature, 1)";
        List<RandomFeed.Arrival> rows = RandomFeed.rows(new Random(8), List.of("boiler"), 20, 0);
        RuleProgram whole = RandomFeed.rule(sql, RuleOptions.DEFAULT, out::add);
        rows.forEach(row -> RandomFeed.feed(whole, row));
        whole.finish();
        List<String> parts = new ArrayList<>();
        byte[] state = {};
        for (RandomFeed.Arrival row : rows) {
            RuleProgram rule = RandomFeed.rule(sql, RuleOptions.DEFAULT, parts::add);
            rule.restore(state);
            RandomFeed.feed(rule, row);
            state = rule.suspend();
            assertThat(rule.suspend()).isEqualTo(state);
            assertThat(rule.counters(0).imbalance()).isZero();
            rule.stop();
        }
        // What the last one holds went nowhere yet.
        assertThat(out).hasSize(parts.size() + 1).startsWith(parts.toArray(String[]::new));
    }

    private static byte[] state(String sql, List<RandomFeed.Arrival> rows) {
        RuleProgram rule = RandomFeed.rule(sql, RuleOptions.DEFAULT, line -> {});
        rows.forEach(row -> RandomFeed.feed(rule, row));
        return rule.state();
    }

    private static List<String> play(String sql, byte[] state, List<RandomFeed.Arrival> rows) {
        List<String> out = new ArrayList<>();
        RuleProgram rule = RandomFeed.rule(sql, RuleOptions.DEFAULT, out::add);
        assertThatCode(() -> {
                    rule.restore(state);
                    rows.forEach(row -> rule.row(row.input(), row.row(), row.atNanos()));
                    rule.advance(rows.get(rows.size() - 1).atNanos() + 10 * SECOND);
                })
                .as(sql)
                .doesNotThrowAnyException();
        assertThat(out).hasSizeLessThan(5_000);
        assertThat(rule.counters(0).in())
                .isEqualTo(rows.stream().filter(row -> row.input() == 0).count());
        return out;
    }

    private static byte[] sealed(byte[] state) {
        CRC32C crc = new CRC32C();
        crc.update(state, 0, state.length - Integer.BYTES);
        return ByteBuffer.wrap(state)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(state.length - Integer.BYTES, (int) crc.getValue())
                .array();
    }
}
