package org.headgate.rule.replay;

import java.util.ArrayList;
import java.util.List;
import org.headgate.data.api.FlowSnapshot;
import org.headgate.data.api.Row;
import org.headgate.rule.engine.RuleProgram;
import org.headgate.rule.functions.FunctionCatalog;

/**
 * The engine's program of one rule, in the one time of a replay. What it puts out is gathered emission by emission: one for each time that it fires and
 * for each row that it lets through.
 */
final class PlayedRule {
    /** Takes emissions. */
    interface Emissions {
        /** The results of one instant, in order; never empty. The list is the receiver's. */
        void emission(String rule, long firingNanos, List<Row> rows);
    }

    private final ReplayRule rule;
    private final RuleProgram program;
    private final Emissions emissions;
    private List<Row> open = new ArrayList<>();

    PlayedRule(ReplayRule rule, FunctionCatalog functions, Emissions emissions) {
        this.rule = rule;
        this.emissions = emissions;
        this.program = new RuleProgram(rule.name(), rule.query(), functions, row -> open.add(row));
    }

    String name() {
        return rule.name();
    }

    /** The streams that it reads, in the order of their numbers. */
    List<String> sources() {
        return rule.query().sources();
    }

    long deadlineNanos() {
        return program.deadlineNanos();
    }

    /** Takes a row of one of its streams. What is due by then happens first. */
    void row(int source, Row row, long nowNanos) {
        advance(nowNanos);
        program.row(row, nowNanos);
        end(nowNanos);
    }

    /** Fires what is due. */
    void advance(long nowNanos) {
        long due = program.deadlineNanos();
        program.advance(nowNanos);
        end(Math.min(due, nowNanos));
    }

    /** Whether rows are left that time alone will put out. */
    boolean waits() {
        return program.deadlineNanos() != Long.MAX_VALUE && program.counters().queued() > 0;
    }

    FlowSnapshot counters() {
        return program.counters();
    }

    long errors() {
        return program.errors();
    }

    /** What is wrong with the rule now, if anything is. */
    String detail(long nowNanos) {
        return program.detail(nowNanos);
    }

    private void end(long firingNanos) {
        if (!open.isEmpty()) {
            List<Row> rows = open;
            open = new ArrayList<>();
            emissions.emission(rule.name(), firingNanos, rows);
        }
    }
}
