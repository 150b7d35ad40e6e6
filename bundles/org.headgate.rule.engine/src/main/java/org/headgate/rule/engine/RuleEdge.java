package org.headgate.rule.engine;

import java.util.function.LongSupplier;
import org.headgate.data.api.Flow;

/**
 * The counters between a stream and a rule's name. They outlive the rule, so that an edit of its file does not break the
 * sums of the edges before and behind it; what is queued is asked of the program that runs now.
 */
final class RuleEdge {
    private static final LongSupplier NOTHING = () -> 0;

    private final Flow flow;
    private LongSupplier held = NOTHING;

    /** An edge with all counters at zero, that holds nothing. */
    RuleEdge(String stream, String rule) {
        flow = new Flow(stream, "rule:" + rule, () -> held.getAsLong());
    }

    /** The counters. Their monitor is the one lock of the rule that runs. */
    Flow flow() {
        return flow;
    }

    /** From now on a program holds rows of this edge. */
    void heldBy(LongSupplier rows) {
        synchronized (flow) {
            held = rows;
        }
    }

    /** The program holds nothing any more, and is forgotten. */
    void released() {
        heldBy(NOTHING);
    }
}
