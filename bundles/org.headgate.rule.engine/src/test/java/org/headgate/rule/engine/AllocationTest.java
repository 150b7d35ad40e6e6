package org.headgate.rule.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Row;
import org.headgate.rule.language.RuleException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The hot path allocates nothing per row: what is created per row would be paid for with pauses on a small machine. */
class AllocationTest {
    private static final int ROWS = 100_000;
    private static final int ROUNDS = 20;
    /** Less than one object in a hundred rows: the compiler's own traces, not ours. */
    private static final long TRACES = ROWS / 100 * 16;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM boiler WHERE temperature > 90",
                "SELECT * FROM boiler WHERE count + 1 BETWEEN 50 AND 60 AND name = 'b'",
                "SELECT * FROM boiler WHERE temperature > 1000 OR deadband(temperature, 500)",
                "SELECT * FROM boiler WHERE power(temperature, 2) < 0 OR bitand(count, 3) = 9 OR coalesce(temperature, 0) < 0 "
                        + "OR round(temperature, 1) > 1000 OR cast(temperature, 'bigint') > 1000 OR log(2, count + 1) < 0",
                "SELECT * FROM boiler WHERE hour(event_time()) = 24 OR month(tstamp()) = 13 OR year(count) = 0 OR isnull(count)",
                "SELECT avg(temperature), min(temperature), max(count), count(*) FROM boiler "
                        + "GROUP BY name, count, TUMBLINGWINDOW(hh, 1)"
            })
    void aRowThatPutsNothingOutAllocatesNothing(String sql) throws RuleException {
        RuleProgram program = new Recording(sql).program();
        Row[] rows = new Row[100];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = Row.builder(Recording.BOILER)
                    .set(0, 20.0 + i / 10.0)
                    .set(1, (long) i)
                    .set(2, "a")
                    .build(0, ClockState.SYNCED);
        }
        feed(program, rows);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        // What the compiler has not come to yet may allocate: so the best of some rounds counts.
        for (int round = 0; round < ROUNDS && least >= TRACES; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            feed(program, rows);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).isLessThan(TRACES);
    }

    private static void feed(RuleProgram program, Row[] rows) {
        for (int i = 0; i < ROWS; i++) {
            program.row(0, rows[i % rows.length], 0);
        }
    }
}
