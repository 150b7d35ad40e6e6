package org.headgate.rule.window;

import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;
import org.headgate.rule.functions.Frame;

/** Windows of equal size that neither overlap nor leave gaps. One opens with a row, so that there is none without rows. */
public final class TumblingWindow extends SequentialWindow {
    /** The wall clock may go back so far without a {@link #shift}: what its owner does not take for a step. */
    private static final long BACK_NANOS = 1_000_000_000L;

    private final Alignment alignment;
    private long endNanos;

    /** A window that is not open. */
    public TumblingWindow(Alignment alignment, Content content, int inputs, Closing closing) {
        super(content, inputs, closing);
        this.alignment = alignment;
    }

    @Override
    public boolean add(Frame frame, int input, long nowNanos) {
        if (!isOpen()) {
            open(alignment.floor(nowNanos));
            endNanos = alignment.next(startNanos());
        }
        return keep(frame, input, nowNanos);
    }

    /**
     * Closes the window when this instant is not in it: after its end, as usual, or long before its start, when time
     * went back without a {@link #shift}; waiting for the end again might take years.
     */
    @Override
    public void advance(long nowNanos) {
        if (isOpen() && (nowNanos >= endNanos || nowNanos < startNanos() - BACK_NANOS)) {
            closeAt(endNanos, endNanos);
        }
    }

    @Override
    public long deadlineNanos() {
        return isOpen() ? endNanos : Long.MAX_VALUE;
    }

    @Override
    public void shift(long byNanos) {
        super.shift(byNanos);
        endNanos += byNanos;
    }

    @Override
    public void save(ByteOutput out) {
        super.save(out);
        out.putZigzag(endNanos);
    }

    @Override
    public void load(ByteInput in) {
        super.load(in);
        endNanos = in.getZigzag();
    }
}
