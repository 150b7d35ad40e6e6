package org.headgate.rule.window;

import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;
import org.headgate.rule.functions.Frame;

/** The last rows, each time that some more have come. It knows no time. */
public final class OverlappingCount extends OverlappingWindow {
    private final int count;
    private final int hop;
    private int rows;

    /**
     * A window without rows.
     *
     * @param count how many rows a window has
     * @param hop after how many rows the next one closes, {@code count} at most
     */
    public OverlappingCount(int count, int hop, RowStore store, int maxRows, Closing closing) {
        super(store, maxRows, closing);
        this.count = count;
        this.hop = hop;
    }

    @Override
    public boolean add(Frame frame, int input, long nowNanos) {
        if (size() == count) {
            evict();
        }
        boolean kept = keep(frame, input, nowNanos);
        if (++rows % hop == 0) {
            rows = 0;
            if (size() == count) {
                fire(Long.MIN_VALUE, Long.MAX_VALUE, oldestNanos(), nowNanos);
            }
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
