package org.headgate.rule.functions;

import org.headgate.data.api.Row;

/**
 * What an expression sees while it is evaluated: the row, the rows of a join, or the group of a closing window, what the rule knows of itself, and
 * the null flag of the value that was computed last. One per rule, used by one thread at a time. A flag here instead of a
 * boxed result keeps the hot path free of allocation, and each subexpression is evaluated once.
 */
public final class Frame {
    private static final Row[] NO_JOIN = {};
    private final String rule;
    private Row row;
    private Row[] joined = NO_JOIN;
    private Result[] trackers = {};
    private Accumulator[] group;
    private boolean isNull;
    private boolean failed;
    private long failures;
    private String firstFailure = "";
    private long nowNanos;
    private long windowStartNanos;
    private long windowEndNanos;
    private int rowNumber;
    private final Hits hits = new Hits();
    private final Hits aggregateHits = new Hits();

    /** A frame of a rule without a name. */
    public Frame() {
        this("");
    }

    /** A frame that has not seen a row. */
    public Frame(String rule) {
        this.rule = rule;
    }

    /** The rule's name. */
    public String rule() {
        return rule;
    }

    /** Makes a row the one that is looked at. */
    public void enter(Row newRow) {
        row = newRow;
        group = null;
        failed = false;
    }

    /** Makes the rows of a join the ones that are looked at: one for each source, {@code null} where an outer join has none. */
    public void enter(Row[] rows) {
        joined = rows;
        group = null;
        failed = false;
    }

    /** Makes a group the one that is looked at, with the row that stands for it, or with the rows that were entered before. */
    public void enter(Accumulator[] newGroup) {
        group = newGroup;
    }

    /** Sets the values of the analytic functions for the row: live trackers, or what they gave when a row of a window came. */
    public void track(Result[] values) {
        trackers = values;
    }

    /** The row that is looked at, in a rule on one stream. */
    public Row row() {
        return row;
    }

    /** The row of one source, in a join; {@code null} where an outer join has none. */
    public Row row(int source) {
        return joined[source];
    }

    /** The rows of the join that are looked at; empty in a rule on one stream. */
    public Row[] joined() {
        return joined;
    }

    /** The values of all analytic functions for the row that is looked at. */
    public Result[] trackers() {
        return trackers;
    }

    /** An aggregate of the group that is looked at. */
    public Accumulator aggregate(int index) {
        return group[index];
    }

    /** Whether a group is looked at, and not a row. */
    public boolean isGroup() {
        return group != null;
    }

    /** The value of an analytic function for the row that is looked at. */
    public Result tracker(int index) {
        return trackers[index];
    }

    /** Whether the value that was computed last is null. */
    public boolean isNull() {
        return isNull;
    }

    /** Says whether the value that is being returned is null; every leaf of an expression calls this. */
    public void setNull(boolean value) {
        isNull = value;
    }

    /** The expression failed: its value is null, and the row is counted once. */
    public void fail(String why) {
        isNull = true;
        if (!failed) {
            failed = true;
            if (failures++ == 0) {
                firstFailure = why + " at " + row;
            }
        }
    }

    /** How many rows had an expression that failed. */
    public long failures() {
        return failures;
    }

    /** The first failure, with its row; empty where there was none. */
    public String firstFailure() {
        return firstFailure;
    }

    /** What time it is for the rule, in nanoseconds since the epoch: when the row came, when the window closed, or the row's own time. */
    public long nowNanos() {
        return nowNanos;
    }

    /** Sets what time it is. */
    public void now(long epochNanos) {
        nowNanos = epochNanos;
    }

    /** The beginning of the window that is closing, in nanoseconds since the epoch. */
    public long windowStartNanos() {
        return windowStartNanos;
    }

    /** The end of the window that is closing, in nanoseconds since the epoch. */
    public long windowEndNanos() {
        return windowEndNanos;
    }

    /** Sets the bounds of the window that is closing. */
    public void window(long startNanos, long endNanos) {
        windowStartNanos = startNanos;
        windowEndNanos = endNanos;
    }

    /** The number of the result in its emission, from 1. */
    public int rowNumber() {
        return rowNumber;
    }

    /** Sets the number of the result. */
    public void rowNumber(int number) {
        rowNumber = number;
    }

    /** How often the rule has let a row through. */
    public Hits hits() {
        return hits;
    }

    /** How often the rule has put out results of a window. */
    public Hits aggregateHits() {
        return aggregateHits;
    }
}
