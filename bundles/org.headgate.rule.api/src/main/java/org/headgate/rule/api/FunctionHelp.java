package org.headgate.rule.api;

/**
 * A function as the console shows it.
 *
 * @param name its name, in lower case
 * @param kind what it computes from
 * @param usage how it is written: {@code round(x [, n])}
 * @param summary what it gives, in a sentence without a full stop
 * @param example a call
 * @param input the rows of the example, each a JSON object, separated by blanks; empty where it needs none
 * @param result what the example gives, as JSON: a value for each row that is put out, separated by blanks
 */
public record FunctionHelp(
        String name, Kind kind, String usage, String summary, String example, String input, String result) {
    /** What a function computes from. */
    public enum Kind {
        /** Values of one row. */
        SCALAR,
        /** All rows of a group. */
        AGGREGATE,
        /** A row and those before it. */
        ANALYTIC,
        /** A row and those that were let through; it stands in WHERE. */
        CONDITION
    }
}
