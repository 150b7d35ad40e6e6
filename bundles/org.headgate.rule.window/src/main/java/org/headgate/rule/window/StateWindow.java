package org.headgate.rule.window;

import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.Frame;

/**
 * A window from a row for which one condition is true to a later one for which another is, both included. With one condition for both the row
 * that closes a window opens the next one, and belongs to that.
 */
public final class StateWindow extends SequentialWindow {
    private final Expression begin;
    private final Expression end;
    private final Closing closing;

    /**
     * A window that is not open.
     *
     * @param end which row closes it; {@code null} where the next row that may open one does
     */
    public StateWindow(Expression begin, Expression end, Content content, int inputs, Closing closing) {
        super(content, inputs, closing);
        this.begin = begin;
        this.end = end;
        this.closing = closing;
    }

    @Override
    public boolean add(Frame frame, int input, long nowNanos) {
        if (!isOpen()) {
            return begins(frame, input, nowNanos);
        }
        if (end == null) {
            if (isTrue(begin, frame)) {
                closeBehind(frame, input, nowNanos);
                open(nowNanos);
            }
            return keep(frame, input, nowNanos);
        }
        boolean kept = keep(frame, input, nowNanos);
        if (isTrue(end, frame)) {
            closeBehind(frame, input, nowNanos);
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

    private boolean begins(Frame frame, int input, long nowNanos) {
        if (isTrue(begin, frame)) {
            open(nowNanos);
            return keep(frame, input, nowNanos);
        }
        closing.left(input, 1, false);
        return true;
    }

    /** Results are computed in the frame, so the row that closes the window is entered again. */
    private void closeBehind(Frame frame, int input, long nowNanos) {
        Entry row = Entry.of(frame, input, nowNanos);
        closeAt(nowNanos, nowNanos);
        row.enter(frame);
    }

    private static boolean isTrue(Expression condition, Frame frame) {
        return condition.evalBoolean(frame) && !frame.isNull();
    }
}
