package org.headgate.rule.functions;

/** One aggregate of one group: it takes in rows one by one and keeps a few numbers, never the rows. */
public interface Accumulator {
    /** Takes in the row of the frame. */
    void add(Frame frame);

    /** The result as an integer; says in the frame whether it is null. */
    long asLong(Frame frame);

    /** The result as a floating-point number; says in the frame whether it is null. */
    double asDouble(Frame frame);
}
