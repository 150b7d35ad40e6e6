package org.headgate.rule.functions;

/**
 * One call of an analytic function for one partition ({@code lag(x) OVER (PARTITION BY y)}). It sees every row of the stream, before WHERE,
 * and after each its result is the function's value for that row.
 */
public interface Tracker extends Result, Checkpointed {
    /** Takes in the row of the frame: one for which the WHEN of its OVER is true, or that has no WHEN. */
    void step(Frame frame);

    /** A row for which WHEN is not true: it changes nothing that later rows are compared with. */
    void skip(Frame frame);
}
