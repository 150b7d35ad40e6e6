package org.headgate.rule.engine;

import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;
import org.headgate.codec.Sizes;
import org.headgate.data.api.Row;
import org.headgate.rule.language.Plan;
import org.headgate.rule.window.RowStore;
import org.headgate.rule.window.StateBudget;

/**
 * Event time: rows come in as they arrive and go out in the order of their own times, once the watermark has passed them. The watermark is the
 * smallest of the inputs' newest times, less what rows may be late; an input that has not had a row holds it back.
 */
final class Sorter {
    /** Where a row goes, and where it learns that time has passed. */
    interface Target {
        void row(int input, Row row);

        void watermark(long nanos);
    }

    private record Waiting(Row row, int input, long number) implements Comparable<Waiting> {
        @Override
        public int compareTo(Waiting other) {
            int byTime = Long.compare(row.timeNanos(), other.row.timeNanos());
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    private final long lateNanos;
    private final int maxRows;
    private final StateBudget budget;
    private final Target target;
    private final PriorityQueue<Waiting> waiting = new PriorityQueue<>();
    private final long[] newest;
    private final long[] queued;
    private long watermark = Long.MIN_VALUE;
    private long number;

    /** What becomes of a row. */
    enum Verdict {
        /** It waits, or has gone on already. */
        TAKEN,
        /** It is older than the watermark. */
        LATE,
        /** Too many rows wait. */
        FULL
    }

    /** An empty buffer; a table has no time and holds nothing back. */
    Sorter(List<Plan.Input> inputs, RuleOptions options, StateBudget budget, Target target) {
        this.budget = budget;
        this.lateNanos = options.lateNanos();
        this.maxRows = options.maxRows();
        this.target = target;
        this.newest = new long[inputs.size()];
        this.queued = new long[inputs.size()];
        for (int i = 0; i < newest.length; i++) {
            newest[i] = inputs.get(i).table().isPresent() ? Long.MAX_VALUE : Long.MIN_VALUE;
        }
    }

    Verdict offer(int input, Row row) {
        long time = row.timeNanos();
        if (time < watermark) {
            return Verdict.LATE;
        }
        if (waiting.size() >= maxRows || !budget.take(Sizes.of(row))) {
            return Verdict.FULL;
        }
        waiting.add(new Waiting(row, input, number++));
        queued[input]++;
        newest[input] = Math.max(newest[input], time);
        long least = Arrays.stream(newest).min().orElse(Long.MIN_VALUE);
        if (least != Long.MIN_VALUE && least - lateNanos > watermark) {
            release(least - lateNanos);
        }
        return Verdict.TAKEN;
    }

    /** Lets all rows go, as if no further one could come. */
    void finish() {
        release(Long.MAX_VALUE);
    }

    long queued(int input) {
        return queued[input];
    }

    private void release(long newWatermark) {
        while (!waiting.isEmpty() && waiting.peek().row().timeNanos() <= newWatermark) {
            Waiting next = waiting.poll();
            queued[next.input()]--;
            budget.give(Sizes.of(next.row()));
            target.row(next.input(), next.row());
        }
        watermark = newWatermark;
        if (newWatermark != Long.MAX_VALUE) {
            target.watermark(newWatermark);
        }
    }

    void save(ByteOutput out, RowStore store) {
        out.putZigzag(watermark);
        for (long time : newest) {
            out.putZigzag(time);
        }
        Waiting[] sorted = waiting.toArray(Waiting[]::new);
        Arrays.sort(sorted);
        out.putVarint(sorted.length);
        for (Waiting each : sorted) {
            store.put(out, each.row(), each.input());
        }
    }

    void load(ByteInput in, RowStore store) {
        watermark = in.getZigzag();
        for (int i = 0; i < newest.length; i++) {
            newest[i] = in.getZigzag();
        }
        for (int left = in.getCount(); left > 0; left--) {
            int input = store.input(in);
            Row row = store.row(in, input);
            budget.add(Sizes.of(row));
            waiting.add(new Waiting(row, input, number++));
            queued[input]++;
        }
    }
}
