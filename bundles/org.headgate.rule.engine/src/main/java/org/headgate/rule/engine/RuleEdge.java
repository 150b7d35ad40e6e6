package org.headgate.rule.engine;

import java.util.function.LongSupplier;
import org.headgate.data.api.Flow;
import org.headgate.data.api.FlowSnapshot;

/**
 * The counters between a stream and a rule's name. They outlive the rule, so that an edit of its file does not break the
 * sums of the edges before and behind it; what is queued is asked of the program that runs now.
 *
 * <p>What happens to nearly every row is counted in plain fields under the rule's lock and added to the flow before
 * anybody looks: {@link Flow} takes its monitor for each counter, which cost half of a row's time.
 */
final class RuleEdge {
    private static final LongSupplier NOTHING = () -> 0;

    private final Flow flow;
    private volatile Object lock;
    private LongSupplier held = NOTHING;
    private long in;
    private long filtered;
    private long passed;
    private long emitted;

    /** An edge with all counters at zero, that holds nothing. */
    RuleEdge(String stream, String rule) {
        flow = new Flow(stream, "rule:" + rule, () -> held.getAsLong());
        lock = flow;
    }

    /** A row came in; under the rule's lock, as all of these. */
    void in() {
        in++;
    }

    /** Rows of one batch have come in, and so many of them were filtered. */
    void took(long rows, long ofThemFiltered) {
        in += rows;
        filtered += ofThemFiltered;
    }

    /** Rows that did not have to be looked at to know that they are filtered. */
    void skipped(long rows) {
        in += rows;
        filtered += rows;
    }

    void filtered() {
        filtered++;
    }

    void passed() {
        passed++;
    }

    void emitted() {
        emitted++;
    }

    /** All counters at one instant. */
    FlowSnapshot snapshot() {
        synchronized (lock) {
            flow.in(in);
            flow.filtered(filtered);
            flow.passed(passed);
            flow.emitted(emitted);
            in = 0;
            filtered = 0;
            passed = 0;
            emitted = 0;
            return flow.snapshot();
        }
    }

    /** The flow, for what is rare; under the rule's lock. */
    Flow flow() {
        return flow;
    }

    /** From now on a program holds rows of this edge, and counts them under its lock. */
    void heldBy(Object newLock, LongSupplier rows) {
        synchronized (newLock) {
            lock = newLock;
            held = rows;
        }
    }

    /** The program holds nothing any more, and is forgotten. */
    void released() {
        heldBy(lock, NOTHING);
    }
}
