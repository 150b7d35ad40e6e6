package org.headgate.rule.functions;

/**
 * A condition that depends on the rows which were let through before. The decision and the change of state are two
 * steps: a row that another part of WHERE holds back, or a condition that a short-circuit skips, leaves no wrong trace.
 */
public interface Reduction extends Expression.OfBoolean, Checkpointed {
    /** The row of the frame was let through: this is what later rows are compared with. */
    void passed(Frame frame);

    /**
     * When the newest row is to be put out again though no row comes, in nanoseconds since the epoch; {@link Long#MAX_VALUE} for never. A
     * heartbeat of a quiet stream.
     */
    default long dueNanos() {
        return Long.MAX_VALUE;
    }
}
