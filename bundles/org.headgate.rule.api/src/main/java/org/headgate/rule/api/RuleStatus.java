package org.headgate.rule.api;

/**
 * A rule as the console shows it.
 *
 * @param name the rule's name, which is also its stream's
 * @param sql its text; empty when the file could not be read
 * @param state where it stands
 * @param detail why, for example {@code line 1, column 8: expected an expression}; empty where there is nothing to say
 * @param in rows that came in
 * @param out rows that it put out
 * @param errors rows on which an expression failed and gave null
 */
public record RuleStatus(String name, String sql, State state, String detail, long in, long out, long errors) {
    /** Where a rule stands. */
    public enum State {
        /** It is compiled and runs. */
        RUNNING,
        /** It is compiled as far as possible and waits for its stream's first row. */
        WAITING_FOR_STREAM,
        /** It runs, but has reached a limit or an expression fails. */
        DEGRADED,
        /** Switched off by {@code enabled = false}. */
        DISABLED,
        /** It cannot run as it is written. */
        INVALID
    }
}
