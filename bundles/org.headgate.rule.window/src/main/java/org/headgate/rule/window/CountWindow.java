package org.headgate.rule.window;

import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;
import org.headgate.rule.functions.Frame;

/** A number of rows, each in one window only. It knows no time. */
public final class CountWindow extends SequentialWindow {
    private final int count;
    private int rows;

    /** A window without rows. */
    public CountWindow(int count, Content content, int inputs, Closing closing) {
        super(content, inputs, closing);
        this.count = count;
    }

    @Override
    public boolean add(Frame frame, int input, long nowNanos) {
        if (!isOpen()) {
            open(nowNanos);
            rows = 0;
        }
        boolean kept = keep(frame, input, nowNanos);
        if (++rows >= count) {
            closeAt(nowNanos, nowNanos);
        }
        return kept;
    }

    @Override
    public void advance(long nowNanos) {
        // It knows no time.
    }

    @Override
    public long deadlineNanos() {
        return Long.MAX_VALUE;
    }

    @Override
    public void save(ByteOutput out) {
        super.save(out);
        out.putVarint(rows);
    }

    @Override
    public void load(ByteInput in) {
        super.load(in);
        rows = (int) in.getVarint();
    }
}
