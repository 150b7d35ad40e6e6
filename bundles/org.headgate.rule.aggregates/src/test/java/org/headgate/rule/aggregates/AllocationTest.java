package org.headgate.rule.aggregates;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.headgate.data.api.Row;
import org.headgate.data.api.Type;
import org.headgate.rule.functions.Accumulator;
import org.headgate.rule.functions.Tracker;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What works on numbers and booleans allocates nothing per row, once it has its room. */
class AllocationTest {
    private static final int ROWS = 50_000;
    private static final int ROUNDS = 20;
    /** Less than one object in a hundred rows: the compiler's own traces, not ours. */
    private static final long TRACES = ROWS / 100 * 16;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "avg(x)",
                "sum(n)",
                "max(n)",
                "count(x)",
                "stddevs(x)",
                "percentile_approx(x, 0.5)",
                "last_value(x, true)",
                "max_by(n, x)",
                "time_weighted_avg(x)",
                "lag(x, 3, 0, true)",
                "lag(b)",
                "latest(n, 0)",
                "changed_col(true, x)",
                "had_changed(false, x, n, b)",
                "change_to(n, 3)",
                "change_capture(x, n, 3)",
                "consecutive_count(b)",
                "consecutive_start(b, x)",
                "acc_avg(x)",
                "acc_sum(n)",
                "acc_max(x)",
                "rate_of_change(x)",
                "ewma(x, 0.1)"
            })
    void aRowCostsNoMemory(String call) {
        Sheet sheet = new Sheet(call, "{\"x\":1,\"n\":1,\"b\":true}");
        Random random = new Random(3);
        Row[] rows = new Row[100];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = sheet.random(random, i == 0 ? null : rows[i - 1]);
        }
        Runnable feed;
        if (sheet.isAggregate()) {
            Accumulator accumulator = sheet.aggregate().accumulators().get();
            feed = () -> feed(sheet, accumulator, rows);
        } else {
            Tracker tracker = sheet.tracking().trackers().get();
            Type type = sheet.tracking().type();
            feed = () -> feed(sheet, tracker, type, rows);
        }
        feed.run();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        // What the compiler has not come to yet may allocate: so the best of some rounds counts.
        for (int round = 0; round < ROUNDS && least >= TRACES; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            feed.run();
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).isLessThan(TRACES);
    }

    private static void feed(Sheet sheet, Accumulator accumulator, Row[] rows) {
        for (int i = 0; i < ROWS; i++) {
            sheet.frame.enter(rows[i % rows.length]);
            accumulator.add(sheet.frame);
        }
    }

    private static void feed(Sheet sheet, Tracker tracker, Type type, Row[] rows) {
        for (int i = 0; i < ROWS; i++) {
            sheet.frame.enter(rows[i % rows.length]);
            tracker.step(sheet.frame);
            switch (type) {
                case BOOLEAN -> tracker.asBoolean(sheet.frame);
                case LONG -> tracker.asLong(sheet.frame);
                default -> tracker.asDouble(sheet.frame);
            }
        }
    }
}
