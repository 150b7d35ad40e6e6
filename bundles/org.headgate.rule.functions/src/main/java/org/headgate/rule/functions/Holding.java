package org.headgate.rule.functions;

/**
 * A condition that can judge a row only by those that come after it, such as a swinging door: the newest row is held until the next one shows
 * whether it is needed. It stands alone or as a part of AND in WHERE; the other parts are asked first.
 */
public interface Holding extends Checkpointed {
    /** What is to be done with the row of the frame, and with the one that is held. */
    enum Decision {
        /** The row goes out at once, and none is held: the first one. */
        PASS,
        /** The row is held; the one that was held is not needed. */
        REPLACE,
        /** The row that was held goes out; the new one is held. */
        RELEASE,
        /** The row is not needed; what is held stays held. */
        SKIP
    }

    /** Judges the row of the frame. */
    Decision offer(Frame frame);

    /** The held row was put out without a newer one, because it was {@link #dueNanos due} or the rule ends. */
    void released();

    /** When the held row has to go out at the latest, in nanoseconds since the epoch; {@link Long#MAX_VALUE} for never. */
    long dueNanos();
}
