package org.headgate.data.api;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * The counters of one edge, in rows since the start of the process. All of them are read and written under the flow's
 * own monitor, so a {@link #snapshot} is exact as long as the owner moves a row and counts it inside one
 * {@code synchronized (flow)} block (or one call). {@code queued} is never derived from the others: it is what the
 * owner says that it holds, so that an uncounted loss shows as an imbalance.
 */
public final class Flow {
    private final String from;
    private final String to;
    private final LongSupplier queued;
    private final EnumMap<DropReason, Long> dropped = new EnumMap<>(DropReason.class);
    private long in;
    private long recovered;
    private long passed;
    private long filtered;
    private long aggregated;
    private long emitted;
    private long resent;

    /**
     * A flow with all counters at zero.
     *
     * @param from the producer's name
     * @param to the consumer's name
     * @param queued how many rows the owner holds now; called under the flow's monitor
     */
    public Flow(String from, String to, LongSupplier queued) {
        this.from = from;
        this.to = to;
        this.queued = queued;
    }

    /** The producer's name. */
    public String from() {
        return from;
    }

    /** The consumer's name. */
    public String to() {
        return to;
    }

    /** Rows that came in. */
    public synchronized void in(long rows) {
        in += rows;
    }

    /** Rows that the disk gave back at the start. */
    public synchronized void recovered(long rows) {
        recovered += rows;
    }

    /** Rows that went on: handed over, or acknowledged by the broker. */
    public synchronized void passed(long rows) {
        passed += rows;
    }

    /** Rows that a rule's condition held back. */
    public synchronized void filtered(long rows) {
        filtered += rows;
    }

    /** Rows that went into the result of a window that has closed. */
    public synchronized void aggregated(long rows) {
        aggregated += rows;
    }

    /** Rows that were dropped. */
    public synchronized void dropped(DropReason reason, long rows) {
        if (rows != 0) {
            dropped.merge(reason, rows, Long::sum);
        }
    }

    /** Rows that the consumer itself has put out. */
    public synchronized void emitted(long rows) {
        emitted += rows;
    }

    /** Rows that were sent again; they are in {@code passed} once. */
    public synchronized void resent(long rows) {
        resent += rows;
    }

    /** All counters at one instant. */
    public synchronized FlowSnapshot snapshot() {
        Map<String, Long> reasons = new TreeMap<>();
        dropped.forEach((reason, rows) -> reasons.put(reason.label(), rows));
        return new FlowSnapshot(
                from, to, in, recovered, passed, filtered, aggregated, queued.getAsLong(), reasons, emitted, resent);
    }
}
