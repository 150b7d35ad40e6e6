package org.headgate.outbox.log;

/** What a {@link Witness} knows of one row. */
final class Fact {
    final String stream;
    final long number;
    boolean durable;
    /** The power went before it was durable, and it was not there afterwards. */
    boolean lost;
    /** Acknowledged or dropped in this process. */
    boolean settled;
    /** Settled so long ago that it must not come again, not even after a crash. */
    boolean safe;

    boolean passed;
    boolean dropped;
    /** It was in the way of younger ones when the log was full. */
    boolean crowdedOut;

    long settledAt;

    Fact(String stream, long number) {
        this.stream = stream;
        this.number = number;
    }

    Fact copy() {
        Fact copy = new Fact(stream, number);
        copy.durable = durable;
        copy.lost = lost;
        copy.settled = settled;
        copy.safe = safe;
        copy.passed = passed;
        copy.dropped = dropped;
        copy.crowdedOut = crowdedOut;
        return copy;
    }
}
