package org.headgate.rule.reduce;

import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.Frame;
import org.headgate.rule.functions.Reduction;

/**
 * True for the first row, and for one that comes when so much time has passed since the last one went out, for whatever reason. By the rule's
 * clock: when rows come, or their own times with event-time. A stream that is quiet repeats its newest row: {@link #dueNanos}. When the
 * clock goes back, the next row goes out.
 */
final class Heartbeat implements Reduction {
    private final Span span;
    private boolean any;
    private long outNanos;
    private long spanNanos = Long.MAX_VALUE;

    Heartbeat(Expression span) {
        this.span = new Span("heartbeat", span);
    }

    @Override
    public boolean evalBoolean(Frame frame) {
        long nanos = span.nanos(frame);
        frame.setNull(false);
        long now = frame.nowNanos();
        return !any || now < outNanos || now - outNanos >= nanos;
    }

    @Override
    public void passed(Frame frame) {
        any = true;
        outNanos = frame.nowNanos();
        spanNanos = span.nanos(frame);
    }

    @Override
    public long dueNanos() {
        return any && spanNanos < Long.MAX_VALUE - Math.max(0, outNanos) ? outNanos + spanNanos : Long.MAX_VALUE;
    }

    @Override
    public void save(ByteOutput out) {
        out.putByte(any ? 1 : 0);
        out.putZigzag(outNanos);
        out.putZigzag(spanNanos);
    }

    @Override
    public void load(ByteInput in) {
        int flag = in.getByte();
        if (flag > 1) {
            throw new IllegalArgumentException("expected 0 or 1, found " + flag);
        }
        any = flag == 1;
        outNanos = in.getZigzag();
        spanNanos = in.getZigzag();
    }
}
