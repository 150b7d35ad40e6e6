package org.headgate.rule.engine;

import java.util.List;
import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;
import org.headgate.data.api.Row;
import org.headgate.rule.functions.Checkpointed;
import org.headgate.rule.functions.Frame;
import org.headgate.rule.functions.Reduction;
import org.headgate.rule.language.Plan;
import org.headgate.rule.window.Entry;
import org.headgate.rule.window.RowStore;

/** What follows WHERE: conditions that remember what was let through, a row that is held, and, without a window, the result of each row. */
final class RowStage implements Checkpointed {
    /** What fell due while nobody ran is made up for, but not for a gateway that was off for a year. */
    private static final int MOST_MISSED = 1_000;

    private final Plan plan;
    private final Frame frame;
    private final RuleEdge edge;
    private final Emission emission;
    private final Reduction[] reductions;
    private final HeldRow held;
    private final boolean passesThrough;
    /** The newest row, for conditions that want it again when nothing comes. */
    private Row newest;

    private boolean restored;

    RowStage(Plan plan, Frame frame, RuleEdge edge, Emission emission) {
        this.plan = plan;
        this.frame = frame;
        this.edge = edge;
        this.emission = emission;
        this.reductions = plan.reductions().toArray(Reduction[]::new);
        this.passesThrough = plan.passesThrough();
        this.held = plan.holding().map(HeldRow::new).orElse(null);
    }

    /** A row has come, whatever WHERE says of it. */
    void seen(Row row) {
        newest = row;
    }

    /** The row of the frame is one that WHERE lets through. */
    void row(Row row, long nowNanos) {
        if (held == null) {
            pass(row, nowNanos);
            return;
        }
        switch (held.offer(frame)) {
            case PASS -> pass(row, nowNanos);
            case REPLACE -> {
                if (held.isHeld()) {
                    edge.filtered();
                }
                held.keep(frame);
            }
            case RELEASE -> {
                // What the frame shows of the new row is lost when the held one is shown.
                Entry next = Entry.of(frame, 0, nowNanos);
                pass(held.show(frame), nowNanos);
                next.enter(frame);
                held.keep(frame);
            }
            case SKIP -> edge.filtered();
        }
    }

    /** The row of the frame went into a window or out of the rule: what later rows are compared with. */
    void letThrough() {
        for (Reduction reduction : reductions) {
            reduction.passed(frame);
        }
    }

    /** Lets go of a row that was held long enough, and puts the newest row out again where a condition wants it. */
    void advance(long nowNanos) {
        if (held != null && held.isHeld() && held.dueNanos() <= nowNanos) {
            release(held.dueNanos());
        }
        long due = repeatNanos();
        int most = restored ? MOST_MISSED : Integer.MAX_VALUE;
        restored = false;
        while (due <= nowNanos) {
            if (most-- == 0) {
                due = nowNanos;
            }
            repeat(due);
            long next = repeatNanos();
            if (next <= due) {
                throw new IllegalStateException("a condition is due again at once");
            }
            due = next;
        }
    }

    long deadlineNanos() {
        long due = repeatNanos();
        return held != null && held.isHeld() ? Math.min(due, held.dueNanos()) : due;
    }

    /** No row comes any more: what is held goes out. */
    void finish() {
        if (held != null && held.isHeld()) {
            release(held.dueNanos() == Long.MAX_VALUE ? frame.nowNanos() : held.dueNanos());
        }
    }

    /** Puts out the row that is held: it was let through, only not yet. */
    void release(long nowNanos) {
        if (held != null && held.isHeld()) {
            pass(held.release(frame), nowNanos);
        }
    }

    /** How many rows are held. */
    long queued() {
        return held != null && held.isHeld() ? 1 : 0;
    }

    @Override
    public void save(ByteOutput out) {
        for (Reduction reduction : reductions) {
            reduction.save(out);
        }
        if (held != null) {
            held.save(out);
        }
        if (reductions.length > 0) {
            out.putByte(newest == null ? 0 : 1);
            if (newest != null) {
                store().put(out, newest, 0);
            }
        }
    }

    @Override
    public void load(ByteInput in) {
        for (Reduction reduction : reductions) {
            reduction.load(in);
        }
        if (held != null) {
            held.load(in, plan.inputs().get(0).schema());
        }
        if (reductions.length > 0 && in.getByte() != 0) {
            newest = store().row(in, store().input(in));
        }
        restored = true;
    }

    private RowStore store() {
        return new RowStore(List.of(plan.inputs().get(0).schema()));
    }

    private void pass(Row row, long nowNanos) {
        frame.now(nowNanos);
        letThrough();
        emission.begin();
        result(row, row.timeNanos());
        // Behind the result: what it says of earlier hits does not count this one.
        frame.hits().hit(nowNanos);
        emission.end(nowNanos);
        edge.passed();
    }

    private void repeat(long nowNanos) {
        frame.enter(newest);
        frame.now(nowNanos);
        for (Reduction reduction : reductions) {
            reduction.passed(frame);
        }
        emission.begin();
        result(newest.at(nowNanos, newest.clock()), nowNanos);
        emission.end(nowNanos);
    }

    private long repeatNanos() {
        long due = Long.MAX_VALUE;
        if (newest != null) {
            for (Reduction reduction : reductions) {
                due = Math.min(due, reduction.dueNanos());
            }
        }
        return due;
    }

    private void result(Row row, long timeNanos) {
        if (passesThrough) {
            emission.pass(row);
        } else {
            emission.add(timeNanos, row.clock());
        }
    }
}
