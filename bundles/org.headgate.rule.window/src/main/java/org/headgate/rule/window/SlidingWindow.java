package org.headgate.rule.window;

import java.util.ArrayDeque;
import java.util.Deque;
import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.Frame;

/**
 * A window around each row: {@code t - size <= x <= t}, and with a delay {@code t - size <= x < t + delay}. It closes with its row or when the
 * delay is over.
 */
public final class SlidingWindow extends OverlappingWindow {
    private final long sizeNanos;
    private final long delayNanos;
    private final Expression when;
    private final boolean ties;
    /** The times of the rows whose windows have not closed, in order. */
    private final Deque<Long> triggers = new ArrayDeque<>();

    /**
     * A window without rows.
     *
     * @param when which rows have a window; {@code null} for all
     * @param ties whether a window waits for further rows of the same time, as in event time
     */
    public SlidingWindow(
            long sizeNanos,
            long delayNanos,
            Expression when,
            boolean ties,
            RowStore store,
            int maxRows,
            Closing closing) {
        super(store, maxRows, closing);
        this.sizeNanos = sizeNanos;
        this.delayNanos = delayNanos;
        this.when = when;
        this.ties = ties;
    }

    @Override
    public boolean add(Frame frame, int input, long nowNanos) {
        boolean wanted = when == null || when.evalBoolean(frame) && !frame.isNull();
        boolean kept = keep(frame, input, nowNanos);
        if (wanted && kept) {
            if (when != null) {
                // What last_hit_time() and last_hit_count() are asked for in OVER.
                frame.hits().hit(nowNanos);
            }
            if (delayNanos == 0 && !ties) {
                fire(nowNanos - sizeNanos, nowNanos, nowNanos - sizeNanos, nowNanos);
            } else {
                triggers.add(nowNanos);
            }
        }
        return kept;
    }

    @Override
    public void advance(long nowNanos) {
        while (!triggers.isEmpty() && deadline(triggers.peekFirst()) <= nowNanos) {
            long at = triggers.removeFirst();
            long last = delayNanos == 0 ? at : at + delayNanos - 1;
            fire(at - sizeNanos, last, at - sizeNanos, at + delayNanos);
        }
        // A row may be wanted by windows that wait for their delay.
        long needed = triggers.isEmpty() ? nowNanos : Math.min(nowNanos, triggers.peekFirst());
        evictBefore(needed - sizeNanos);
    }

    @Override
    public void complete(long nanos) {
        advance(nanos + 1);
    }

    @Override
    public long deadlineNanos() {
        if (!triggers.isEmpty()) {
            return deadline(triggers.peekFirst());
        }
        // Rows that no window wants any more are let go of without waiting for the next one.
        return size() == 0 ? Long.MAX_VALUE : oldestNanos() + sizeNanos + 1;
    }

    private long deadline(long triggerNanos) {
        return triggerNanos + delayNanos + (delayNanos == 0 ? 1 : 0);
    }

    @Override
    public void shift(long byNanos) {
        super.shift(byNanos);
        int left = triggers.size();
        while (left-- > 0) {
            triggers.add(triggers.removeFirst() + byNanos);
        }
    }

    @Override
    public void close(long nowNanos) {
        triggers.clear();
        super.close(nowNanos);
    }

    @Override
    public void save(ByteOutput out) {
        super.save(out);
        out.putVarint(triggers.size());
        triggers.forEach(out::putZigzag);
    }

    @Override
    public void load(ByteInput in) {
        super.load(in);
        for (int left = in.getCount(); left > 0; left--) {
            triggers.add(in.getZigzag());
        }
    }
}
