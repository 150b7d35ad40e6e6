package org.headgate.rule.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.util.Map;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Column;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.rule.api.RuleStatus.State;
import org.headgate.rule.language.Inputs;
import org.headgate.rule.language.RuleException;
import org.headgate.rule.language.RuleParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a rule may keep: beyond each limit rows are dropped, and the rule says which one it was. */
class LimitsTest {
    private static final Schema SCHEMA = Schema.of(Column.of("id", Type.LONG), Column.of("text", Type.STRING));
    private static final long SECOND = 1_000_000_000L;
    private static final int BYTES = 64 << 10;
    private static final String BY_BYTES = "its state would take more than max-state = " + BYTES + " bytes (estimated)";

    private RuleProgram program;
    private long now = 1000 * SECOND;

    @Test
    void groups() throws RuleException {
        rule("SELECT id, count(*) AS n FROM s GROUP BY id, TUMBLINGWINDOW(ss, 10)", 3, 100, BYTES, false);
        rows(0, 5);
        assertDropped(2, "more than 3 groups or 100 rows in one window");
        assertThat(program.view().held().groups()).isEqualTo(3);
    }

    @Test
    void rows() throws RuleException {
        rule("SELECT * FROM s GROUP BY TUMBLINGWINDOW(ss, 10)", 3, 10, BYTES, false);
        rows(0, 12);
        assertDropped(2, "more than 3 groups or 10 rows in one window");
    }

    @Test
    void rowsThatWaitForTheWatermark() throws RuleException {
        rule("SELECT * FROM s", 3, 10, BYTES, true);
        rows(0, 12);
        assertDropped(2, "more than 10 rows wait for the watermark");
    }

    /** A text of 1,000 characters a row: some 60 rows fit, whatever keeps them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM s GROUP BY TUMBLINGWINDOW(ss, 10)",
                "SELECT * FROM s GROUP BY HOPPINGWINDOW(ss, 10, 5)",
                "SELECT * FROM s GROUP BY SLIDINGWINDOW(ss, 10, 1)",
                "SELECT * FROM s GROUP BY SESSIONWINDOW(ss, 10, 5)",
                "SELECT * FROM s GROUP BY COUNTWINDOW(1000)",
                "SELECT * FROM s GROUP BY COUNTWINDOW(1000, 999)",
                "SELECT text, count(*) AS n FROM s GROUP BY text, TUMBLINGWINDOW(ss, 10)",
                "SELECT text, count(*) AS n FROM s GROUP BY text, HOPPINGWINDOW(ss, 10, 5)",
                "SELECT collect(text) AS c FROM s GROUP BY TUMBLINGWINDOW(ss, 10)",
                "SELECT collect(*) AS c FROM s GROUP BY TUMBLINGWINDOW(ss, 10)",
                "SELECT deduplicate(text, true) AS c FROM s GROUP BY TUMBLINGWINDOW(ss, 10)",
            })
    void bytes(String sql) throws RuleException {
        rule(sql, 100_000, 100_000, BYTES, false);
        rows(1000, 100);
        long kept = program.counters(0).queued();
        assertThat(kept).isBetween(20L, 65L);
        assertDropped(100 - kept, BY_BYTES);
        RuleProgram other = program;
        byte[] state = program.state();
        rule(sql, 100_000, 100_000, BYTES, false);
        program.restore(state);
        rows(1000, 1);
        assertThat(program.view().held().bytes())
                .as("a state that is restored counts as it did")
                .isBetween(
                        other.view().held().bytes() - 3000, other.view().held().bytes() + 3000);
        other.advance(now + 60 * SECOND);
        if (!sql.contains("COUNT")) {
            assertThat(other.view().held()).extracting(held -> held.bytes()).isEqualTo(0L);
            now += 60 * SECOND;
            other.row(0, row(1, "x"), now);
            assertThat(other.counters(0).queued()).isEqualTo(1);
        }
    }

    @Test
    void bytesOfRowsThatWaitForTheWatermark() throws RuleException {
        rule("SELECT * FROM s", 100_000, 100_000, BYTES, true);
        rows(1000, 100);
        long kept = program.counters(0).queued();
        assertThat(kept).isBetween(20L, 65L);
        assertDropped(100 - kept, BY_BYTES);
        program.finish();
        assertThat(program.view().held().bytes()).isZero();
    }

    @Test
    void partitionsAreCountedAndBeyondTheLimitsNull() throws RuleException {
        rule("SELECT lag(id) OVER (PARTITION BY id) AS l FROM s", 100_000, 100, BYTES, false);
        rows(0, 1000);
        assertThat(program.view().held().groups()).isBetween(300L, 999L);
        assertThat(program.detail(now)).contains("partitions of an analytic function");
    }

    /** No row closes a window: what is kept is judged, and not twenty thousand windows of up to as many rows. */
    @Test
    void twentyThousandRowsWithoutTextsFitIntoWhatIsUsual() throws RuleException {
        String sql = "SELECT * FROM s GROUP BY SLIDINGWINDOW(mi, 10) OVER (WHEN id < 0)";
        rule(sql, 10_000, 100_000, RuleOptions.DEFAULT.maxState(), false);
        rows(0, 20_000);
        assertThat(program.counters(0).dropped()).isEmpty();
        assertThat(program.view().held().bytes()).isBetween(2_000_000L, 8_000_000L);
    }

    private void assertDropped(long rows, String why) {
        assertThat(program.counters(0).dropped()).isEqualTo(Map.of("limit", rows));
        assertThat(program.counters(0).imbalance()).isZero();
        assertThat(program.state(now)).isEqualTo(State.DEGRADED);
        assertThat(program.detail(now)).isEqualTo(why);
    }

    private void rule(String sql, int groups, int rows, long bytes, boolean eventTime) throws RuleException {
        RuleOptions options = new RuleOptions(eventTime, 3600 * SECOND, groups, rows, bytes, ZoneOffset.UTC);
        RuleOutput nobody = new RuleOutput() {
            @Override
            public void row(Row row) {}

            @Override
            public void end(long timeNanos) {}
        };
        program = new RuleProgram(
                "r", RuleParser.parse(sql), Recording.functions().catalog(), Inputs.of("s", SCHEMA), options, nobody);
    }

    private void rows(int length, int count) {
        for (int i = 0; i < count; i++) {
            program.row(0, row(i, i + "x".repeat(length)), now);
        }
    }

    private Row row(long id, String text) {
        return Row.builder(SCHEMA).set(0, id).set(1, text).build(now, ClockState.SYNCED);
    }
}
