package org.headgate.rule.functions;

/**
 * How a function is called, for messages, for {@code rule:functions} and for the test that runs every example.
 *
 * @param name the name, in lower case; rules may write it in any case
 * @param usage how it is written: {@code deadband(x, d)}
 * @param summary what it gives, in a sentence without a full stop
 * @param example an expression for SELECT, or a condition for WHERE where the function is one
 * @param input rows to try it on, each a JSON object, separated by blanks; empty for a row without columns
 * @param result what comes out: the values of the example, as JSON, separated by blanks: one for each row that is put out; for an aggregate
 *     one over all rows
 */
public record Signature(String name, String usage, String summary, String example, String input, String result) {
    /** A function whose example needs no columns. */
    public static Signature of(String usage, String summary, String example, String result) {
        return of(usage, summary, example, "", result);
    }

    /** A function with the name that its usage begins with. */
    public static Signature of(String usage, String summary, String example, String input, String result) {
        return new Signature(usage.substring(0, usage.indexOf('(')), usage, summary, example, input, result);
    }
}
