package org.headgate.rule.window;

import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;
import org.headgate.rule.functions.Frame;

/**
 * A window that is open as long as rows keep coming. It ends when none has come for a while, or at the first aligned instant at
 * which it has lasted its longest: LF Edge eKuiper looks at that at :00, :10, :20 for a session of 10 s at most.
 */
public final class SessionWindow extends SequentialWindow {
    private final Alignment checks;
    private final long longestNanos;
    private final long silenceNanos;
    private final long strictNanos;
    private long lastNanos;
    private long checkNanos;

    /**
     * A window that is not open.
     *
     * @param strict whether a row that comes exactly when the silence is over still belongs to the session, as in event time
     */
    public SessionWindow(
            Alignment checks,
            long longestNanos,
            long silenceNanos,
            boolean strict,
            Content content,
            int inputs,
            Closing closing) {
        super(content, inputs, closing);
        this.checks = checks;
        this.longestNanos = longestNanos;
        this.silenceNanos = silenceNanos;
        this.strictNanos = strict ? 1 : 0;
    }

    @Override
    public boolean add(Frame frame, int input, long nowNanos) {
        if (!isOpen()) {
            open(nowNanos);
            long longest = nowNanos + longestNanos;
            long check = checks.floor(longest);
            checkNanos = check == longest ? check : checks.next(check);
        }
        lastNanos = nowNanos;
        return keep(frame, input, nowNanos);
    }

    @Override
    public void advance(long nowNanos) {
        if (isOpen() && nowNanos >= deadlineNanos()) {
            long end = Math.min(lastNanos + silenceNanos, checkNanos);
            closeAt(end, end);
        }
    }

    @Override
    public long deadlineNanos() {
        return isOpen() ? Math.min(lastNanos + silenceNanos + strictNanos, checkNanos) : Long.MAX_VALUE;
    }

    @Override
    public void shift(long byNanos) {
        super.shift(byNanos);
        lastNanos += byNanos;
        checkNanos += byNanos;
    }

    @Override
    public void save(ByteOutput out) {
        super.save(out);
        out.putZigzag(lastNanos);
        out.putZigzag(checkNanos);
    }

    @Override
    public void load(ByteInput in) {
        super.load(in);
        lastNanos = in.getZigzag();
        checkNanos = in.getZigzag();
    }
}
