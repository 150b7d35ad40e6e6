package org.headgate.rule.functions;

/** One aggregate of one group: it takes in rows one by one and keeps as little of them as its result needs. */
public interface Accumulator extends Result, Checkpointed {
    /** Takes in the row of the frame. */
    void add(Frame frame);

    /** Whether it takes more memory with each row, as one that collects them; then {@link #grownBytes} says how much. */
    default boolean grows() {
        return false;
    }

    /** What it takes beyond what it has from its beginning, in bytes, estimated. Asked for each row, so it must be quick. */
    default long grownBytes() {
        return 0;
    }

    /**
     * Takes in what another accumulator of the same aggregate has taken in, all of it after what this one has: panes that overlap
     * are added up instead of adding each row to each window. The other stays as it is.
     */
    void merge(Accumulator newer);

    /**
     * Lets another accumulator of the same group do the work of both, where it follows the same value: {@code avg(x), min(x), max(x)} look at x once.
     * From then on this one is neither given rows nor merged, but still saved, loaded and asked.
     *
     * @return whether that is so from now on
     */
    default boolean follow(Accumulator other) {
        return false;
    }
}
