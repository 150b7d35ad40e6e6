package org.headgate.bench.rules;

import org.headgate.data.api.Row;
import org.headgate.rule.engine.ManyRules;
import org.headgate.rule.engine.RuleProgram;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** {@code value > 90}; one row in ten passes. */
@OperationsPerInvocation(Feed.ROWS)
public class FilterBench {
    /** The engine. */
    @State(Scope.Thread)
    public static class Rule {
        private final Feed feed = new Feed();
        private final Feed.Sink sink = new Feed.Sink();
        private RuleProgram program;

        /** Compiles the rule. */
        @Setup
        public void start() throws Exception {
            program = ManyRules.program("SELECT * FROM s WHERE value > 90", sink::take);
        }
    }

    /** The peer. */
    @State(Scope.Thread)
    public static class Siddhi {
        private final Feed.Sink sink = new Feed.Sink();
        private Peer peer;

        /** Starts it. */
        @Setup
        public void start() {
            peer = new Peer(new Feed()).filter(90, Double.POSITIVE_INFINITY).start(sink);
        }

        /** Stops it. */
        @TearDown
        public void stop() {
            peer.close();
        }
    }

    /** What somebody would write by hand. */
    @State(Scope.Thread)
    public static class Loop {
        private final Feed feed = new Feed();
        private final Feed.Sink sink = new Feed.Sink();
    }

    /** The engine. */
    @Benchmark
    public long headgate(Rule state) {
        long now = state.feed.next();
        state.program.rows(0, state.feed.rows(), 0, Feed.ROWS, now, now);
        return state.sink.results;
    }

    /** The peer. */
    @Benchmark
    public long siddhi(Siddhi state) throws InterruptedException {
        state.peer.send();
        return state.sink.results;
    }

    /** By hand. */
    @Benchmark
    public long loop(Loop state) {
        for (Row row : state.feed.rows()) {
            if (!row.isNull(1) && Double.longBitsToDouble(row.bits(1)) > 90) {
                state.sink.take(row);
            }
        }
        return state.sink.results;
    }
}
