package org.headgate.rule.engine;

import java.util.ArrayDeque;
import java.util.Queue;
import org.headgate.data.api.DropReason;
import org.headgate.data.api.Flow;
import org.headgate.data.api.Row;

/** Rows that came before the rule could be compiled, because another of its streams has not had a row. */
final class Pending {
    /** A minute of a stream at 100 rows/s and more. */
    static final int MAX_ROWS = 10_000;

    private final Queue<Waiting> rows = new ArrayDeque<>();
    private final long[] queued;

    private record Waiting(int input, Row row, long nowNanos) {}

    /** Takes rows that may be processed now. */
    interface Target {
        void row(int input, Row row, long thenNanos);
    }

    Pending(int inputs) {
        queued = new long[inputs];
    }

    /** A rule that is INVALID drops its rows; one that waits for another stream's first row keeps some of them. */
    void hold(int input, Row row, long nowNanos, Flow flow, Health health) {
        if (health.isInvalid()) {
            flow.dropped(DropReason.ERROR, 1);
        } else if (!add(input, row, nowNanos)) {
            flow.dropped(DropReason.LIMIT, 1);
            health.trouble("more than " + MAX_ROWS + " rows wait for the first row of another stream");
        }
    }

    boolean add(int input, Row row, long nowNanos) {
        if (rows.size() >= MAX_ROWS) {
            return false;
        }
        rows.add(new Waiting(input, row, nowNanos));
        queued[input]++;
        return true;
    }

    long queued(int input) {
        return queued[input];
    }

    void release(Target target) {
        for (Waiting next = rows.poll(); next != null; next = rows.poll()) {
            queued[next.input()]--;
            target.row(next.input(), next.row(), next.nowNanos());
        }
    }
}
