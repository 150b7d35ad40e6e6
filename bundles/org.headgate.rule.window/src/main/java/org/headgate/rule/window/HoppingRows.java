package org.headgate.rule.window;

import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;
import org.headgate.rule.functions.Frame;

/** Windows of equal size at equal distances, that keep their rows. */
public final class HoppingRows extends OverlappingWindow {
    private final long sizeNanos;
    private final Alignment hops;
    private long nextNanos = Long.MAX_VALUE;

    /** A window without rows. */
    public HoppingRows(long sizeNanos, Alignment hops, RowStore store, int maxRows, Closing closing) {
        super(store, maxRows, closing);
        this.sizeNanos = sizeNanos;
        this.hops = hops;
    }

    @Override
    public boolean add(Frame frame, int input, long nowNanos) {
        if (nextNanos == Long.MAX_VALUE) {
            nextNanos = hops.next(hops.floor(nowNanos));
        }
        return keep(frame, input, nowNanos);
    }

    @Override
    public void advance(long nowNanos) {
        while (nextNanos <= nowNanos) {
            long end = nextNanos;
            nextNanos = hops.next(end);
            long start = hops.before(end, sizeNanos);
            fire(start, end - 1, start, end);
            evictBefore(hops.before(nextNanos, sizeNanos));
            if (size() == 0) {
                nextNanos = Long.MAX_VALUE;
            }
        }
    }

    @Override
    public long deadlineNanos() {
        return nextNanos;
    }

    @Override
    public void shift(long byNanos) {
        super.shift(byNanos);
        nextNanos += nextNanos == Long.MAX_VALUE ? 0 : byNanos;
    }

    @Override
    public void close(long nowNanos) {
        nextNanos = Long.MAX_VALUE;
        super.close(nowNanos);
    }

    @Override
    public void save(ByteOutput out) {
        super.save(out);
        out.putZigzag(nextNanos);
    }

    @Override
    public void load(ByteInput in) {
        super.load(in);
        nextNanos = in.getZigzag();
    }
}
