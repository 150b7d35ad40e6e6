package org.headgate.rule.window;

import org.headgate.rule.functions.Checkpointed;
import org.headgate.rule.functions.Frame;

/** What is kept of the rows of a window: the rows themselves, or the aggregates of their groups. */
public sealed interface Content extends Checkpointed permits Pane, Rows {
    /**
     * Takes in the row of the frame; false when a limit forbids it.
     *
     * @param input which of the rule's inputs it comes from
     * @param atNanos when it came, in the rule's time
     */
    boolean add(Frame frame, int input, long atNanos);

    /** How many rows of an input were taken in. */
    long rows(int input);

    /** Forgets everything. */
    void clear();
}
