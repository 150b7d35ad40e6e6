package org.headgate.rule.functions;

import org.headgate.data.api.Row;

/**
 * What an expression sees while it is evaluated: the row, or the group of a closing window, and the null flag of the
 * value that was computed last. One per rule, used by one thread at a time. A flag here instead of a boxed result keeps
 * the hot path free of allocation, and each subexpression is evaluated once.
 */
public final class Frame {
    private Row row;
    private Accumulator[] group;
    private boolean isNull;
    private boolean failed;
    private long failures;
    private String firstFailure = "";

    /** Makes a row the one that is looked at. */
    public void enter(Row newRow) {
        row = newRow;
        failed = false;
    }

    /** Makes a group the one that is looked at, with the row that stands for it. */
    public void enter(Row firstRow, Accumulator[] newGroup) {
        enter(firstRow);
        group = newGroup;
    }

    /** The row that is looked at. */
    public Row row() {
        return row;
    }

    /** An aggregate of the group that is looked at. */
    public Accumulator aggregate(int index) {
        return group[index];
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
}
