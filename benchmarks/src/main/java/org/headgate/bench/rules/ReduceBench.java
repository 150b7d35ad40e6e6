package org.headgate.bench.rules;

import org.headgate.data.api.Row;
import org.headgate.rule.engine.ManyRules;
import org.headgate.rule.engine.RuleProgram;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Deadband and swinging door over a slow wave with a little noise. The peer has neither. */
@OperationsPerInvocation(Feed.ROWS)
public class ReduceBench {
    private static final double WIDTH = 0.5;

    /** The engine. */
    @State(Scope.Thread)
    public static class Rule {
        /** The condition. */
        @Param({"deadband", "swinging_door"})
        public String by;

        private final Feed feed = new Feed();
        private final Feed.Sink sink = new Feed.Sink();
        private RuleProgram program;

        /** Compiles the rule. */
        @Setup
        public void start() throws Exception {
            program = ManyRules.program("SELECT * FROM s WHERE " + by + "(wave, " + WIDTH + ")", sink::take);
        }
    }

    /** What somebody would write by hand. */
    @State(Scope.Thread)
    public static class Loop {
        private final Feed feed = new Feed();
        private final Feed.Sink sink = new Feed.Sink();
        private double reference = Double.NEGATIVE_INFINITY;
    }

    /** The engine. */
    @Benchmark
    public long headgate(Rule state) {
        long now = state.feed.next();
        state.program.rows(0, state.feed.rows(), 0, Feed.ROWS, now, now);
        return state.sink.results;
    }

    /** A deadband by hand. */
    @Benchmark
    public long loop(Loop state) {
        for (Row row : state.feed.rows()) {
            double value = Double.longBitsToDouble(row.bits(2));
            if (!row.isNull(2) && Math.abs(value - state.reference) > WIDTH) {
                state.reference = value;
                state.sink.take(row);
            }
        }
        return state.sink.results;
    }
}
