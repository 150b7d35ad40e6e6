package org.headgate.rule.window;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;
import org.headgate.rule.functions.Frame;

/**
 * Windows of equal size at equal distances, that keep aggregates: a row is added to one pane, as long as the greatest common divisor of size and
 * distance, and the panes of a window are added up when it closes.
 */
public final class HoppingPanes implements Window {
    private final long sizeNanos;
    private final Alignment bounds;
    private final Alignment hops;
    private final Supplier<Pane> panes;
    private final Closing closing;
    private final Pane sum;
    private final Deque<Span> spans = new ArrayDeque<>();
    private final Deque<Pane> spare = new ArrayDeque<>();
    private long nextNanos = Long.MAX_VALUE;

    /**
     * Without rows.
     *
     * @param bounds where panes begin and end
     * @param hops where windows end
     * @param panes makes a pane
     * @param sum where panes are added up: it has to take the groups of all of them
     */
    public HoppingPanes(
            long sizeNanos, Alignment bounds, Alignment hops, Supplier<Pane> panes, Pane sum, Closing closing) {
        this.sizeNanos = sizeNanos;
        this.bounds = bounds;
        this.hops = hops;
        this.panes = panes;
        this.closing = closing;
        this.sum = sum;
    }

    @Override
    public boolean add(Frame frame, int input, long nowNanos) {
        if (nextNanos == Long.MAX_VALUE) {
            nextNanos = hops.next(hops.floor(nowNanos));
        }
        Span newest = spans.peekLast();
        // A row from before the newest pane belongs to it all the same: time went back a little.
        if (newest == null || nowNanos >= newest.endNanos) {
            long start = bounds.floor(nowNanos);
            newest = new Span(start, bounds.next(start), spare.isEmpty() ? panes.get() : spare.pop());
            spans.add(newest);
        }
        return newest.pane.add(frame, input, nowNanos);
    }

    @Override
    public void advance(long nowNanos) {
        while (nextNanos <= nowNanos) {
            long end = nextNanos;
            nextNanos = hops.next(end);
            fire(hops.before(end, sizeNanos), end);
            long wanted = hops.before(nextNanos, sizeNanos);
            while (!spans.isEmpty() && spans.peekFirst().startNanos < wanted) {
                evict();
            }
            if (spans.isEmpty()) {
                nextNanos = Long.MAX_VALUE;
            }
        }
    }

    private void fire(long startNanos, long endNanos) {
        sum.clear();
        for (Span span : spans) {
            if (span.startNanos >= startNanos && span.startNanos < endNanos) {
                span.used = true;
                sum.merge(span.pane);
            }
        }
        if (sum.size() > 0) {
            closing.closed(sum, startNanos, endNanos, endNanos);
        }
    }

    private void evict() {
        Span oldest = spans.removeFirst();
        closing.left(0, oldest.pane.rows(0), oldest.used);
        oldest.pane.clear();
        spare.push(oldest.pane);
    }

    @Override
    public long deadlineNanos() {
        return nextNanos;
    }

    @Override
    public long groups() {
        return spans.stream().mapToLong(span -> span.pane.size()).sum();
    }

    @Override
    public long queued(int input) {
        long rows = 0;
        for (Span span : spans) {
            rows += span.pane.rows(input);
        }
        return rows;
    }

    @Override
    public void shift(long byNanos) {
        nextNanos += nextNanos == Long.MAX_VALUE ? 0 : byNanos;
        for (Span span : spans) {
            span.startNanos += byNanos;
            span.endNanos += byNanos;
        }
    }

    @Override
    public void close(long nowNanos) {
        if (!spans.isEmpty()) {
            fire(Long.MIN_VALUE, Long.MAX_VALUE);
            while (!spans.isEmpty()) {
                evict();
            }
        }
        nextNanos = Long.MAX_VALUE;
    }

    @Override
    public void save(ByteOutput out) {
        out.putZigzag(nextNanos);
        out.putVarint(spans.size());
        for (Span span : spans) {
            out.putZigzag(span.startNanos);
            out.putZigzag(span.endNanos);
            out.putByte(span.used ? 1 : 0);
            span.pane.save(out);
        }
    }

    @Override
    public void load(ByteInput in) {
        nextNanos = in.getZigzag();
        for (int left = in.getCount(); left > 0; left--) {
            Span span = new Span(in.getZigzag(), in.getZigzag(), panes.get());
            span.used = in.getByte() != 0;
            span.pane.load(in);
            spans.add(span);
        }
    }

    /** The longest pane that windows of a size and a distance can be put together from. */
    public static long divisor(long a, long b) {
        return b == 0 ? a : divisor(b, a % b);
    }

    private static final class Span {
        private final Pane pane;
        private long startNanos;
        private long endNanos;
        private boolean used;

        Span(long startNanos, long endNanos, Pane pane) {
            this.startNanos = startNanos;
            this.endNanos = endNanos;
            this.pane = pane;
        }
    }
}
