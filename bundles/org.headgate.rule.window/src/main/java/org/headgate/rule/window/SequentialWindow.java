package org.headgate.rule.window;

import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;
import org.headgate.rule.functions.Frame;

/** A window of which one is open at a time: no row is in two of them. */
abstract class SequentialWindow implements Window {
    private final Content content;
    private final Closing closing;
    private final int inputs;
    private boolean open;
    private long startNanos;

    SequentialWindow(Content content, int inputs, Closing closing) {
        this.content = content;
        this.inputs = inputs;
        this.closing = closing;
    }

    boolean isOpen() {
        return open;
    }

    long startNanos() {
        return startNanos;
    }

    void open(long start) {
        open = true;
        startNanos = start;
    }

    boolean keep(Frame frame, int input, long nowNanos) {
        return content.add(frame, input, nowNanos);
    }

    /** Closes the window that is open. */
    void closeAt(long endNanos, long timeNanos) {
        open = false;
        for (int input = 0; input < inputs; input++) {
            closing.left(input, content.rows(input), true);
        }
        try {
            closing.closed(content, startNanos, endNanos, timeNanos);
        } finally {
            content.clear();
        }
    }

    @Override
    public void close(long nowNanos) {
        if (open) {
            closeAt(nowNanos, nowNanos);
        }
    }

    @Override
    public long groups() {
        return content instanceof Pane pane ? pane.size() : 0;
    }

    @Override
    public long queued(int input) {
        return open ? content.rows(input) : 0;
    }

    @Override
    public void shift(long byNanos) {
        startNanos += byNanos;
    }

    @Override
    public void save(ByteOutput out) {
        out.putByte(open ? 1 : 0);
        out.putZigzag(startNanos);
        content.save(out);
    }

    @Override
    public void load(ByteInput in) {
        open = in.getByte() != 0;
        startNanos = in.getZigzag();
        content.load(in);
    }
}
