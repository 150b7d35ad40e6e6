package org.headgate.rule.replay;

import java.util.ArrayList;
import java.util.List;
import org.headgate.data.api.FlowSnapshot;
import org.headgate.data.api.Row;
import org.headgate.rule.engine.RuleOutput;
import org.headgate.rule.engine.RuleProgram;
import org.headgate.rule.functions.FunctionCatalog;
import org.headgate.rule.language.Inputs;

/**
 * The engine's program of one rule, in the one time of a replay. What it puts out is gathered emission by emission.
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

    PlayedRule(ReplayRule rule, FunctionCatalog functions, Inputs known, Emissions emissions) {
        this.rule = rule;
        this.emissions = emissions;
        this.program = new RuleProgram(rule.name(), rule.query(), functions, known, rule.options(), new Gathered());
    }

    String name() {
        return rule.name();
    }

    /** The streams that it reads, in the order of their numbers. */
    List<String> sources() {
        return program.sources();
    }

    long deadlineNanos() {
        return program.deadlineNanos();
    }

    /** Takes a row of one of its streams. What is due by then happens first. */
    void row(int source, Row row, long nowNanos) {
        program.row(source, row, nowNanos);
    }

    /** Fires what is due. */
    void advance(long nowNanos) {
        program.advance(nowNanos);
    }

    /** No row comes any more. */
    void finish() {
        program.finish();
    }

    /** The counters of the edge of one of its streams. */
    FlowSnapshot counters(int source) {
        return program.counters(source);
    }

    long errors() {
        return program.errors();
    }

    /** What is wrong with the rule now, if anything is. */
    String detail(long nowNanos) {
        return program.detail(nowNanos);
    }

    private final class Gathered implements RuleOutput {
        @Override
        public void row(Row row) {
            open.add(row);
        }

        @Override
        public void end(long timeNanos) {
            List<Row> rows = open;
            open = new ArrayList<>();
            emissions.emission(rule.name(), timeNanos, rows);
        }
    }
}
