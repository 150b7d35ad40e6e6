package org.headgate.rule.window;

import org.headgate.rule.functions.Checkpointed;
import org.headgate.rule.functions.Frame;

/** Which rows belong together, and when they are complete. Time is a parameter; {@link #advance} is called before each row, too. */
public interface Window extends Checkpointed {
    /** Takes in the row of the frame, and tells the {@link Closing} when it completes a window; false when a limit forbids it. */
    boolean add(Frame frame, int input, long nowNanos);

    /** Closes what is due. */
    void advance(long nowNanos);

    /** In event time: all rows up to this instant, and at it, have come. */
    default void complete(long nanos) {
        advance(nanos);
    }

    /** When {@link #advance} is wanted next; {@link Long#MAX_VALUE} for never. */
    long deadlineNanos();

    /** How many groups are open, in all panes; 0 where rows are kept instead. */
    default long groups() {
        return 0;
    }

    /** How many rows of an input are held. */
    long queued(int input);

    /** The clock was stepped: what is open keeps its length, and its bounds are what the clock would have shown. */
    void shift(long byNanos);

    /** Closes what is open now, whatever its end: its columns are no more. */
    void close(long nowNanos);
}
