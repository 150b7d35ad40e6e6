package org.headgate.bench.rules;

import org.headgate.data.api.Row;
import org.headgate.rule.engine.ManyRules;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Many rules on one stream, each with a range of its own; every second row is in one of them. Rows come as from a bus, clocks included. */
@OperationsPerInvocation(Feed.ROWS)
public class ManyRulesBench {
    /** Half of the values are in a range. */
    private static double begin(int rule, int rules) {
        return 100.0 * rule / rules;
    }

    private static double end(int rule, int rules) {
        return 100.0 * (rule + 0.5) / rules;
    }

    /** The rule of a number. */
    static String sql(int rule, int rules) {
        return "SELECT * FROM s WHERE value > " + begin(rule, rules) + " AND value < " + end(rule, rules);
    }

    /** The engine. */
    @State(Scope.Thread)
    public static class Rules {
        /** How many. */
        @Param({"1", "100", "1000", "10000"})
        public int rules;

        /** Enough different values for most rules to have their turn: with the same few again and again they would stay in the cache. */
        private final Row[][] turns = new Row[20][];

        private int turn;
        private final Feed.Sink sink = new Feed.Sink();
        private final ManyRules many = new ManyRules(sink::take);

        /** Adds them. */
        @Setup
        public void start() throws Exception {
            for (int i = 0; i < turns.length; i++) {
                turns[i] = new Feed(i).rows();
            }
            for (int i = 0; i < rules; i++) {
                many.add(sql(i, rules));
            }
        }

        Row[] next() {
            turn = (turn + 1) % turns.length;
            return turns[turn];
        }

        /** Adds one more rule, lets it see a row, and removes it. */
        long addOne() throws Exception {
            var added = many.add("SELECT device, value * 2 AS twice FROM s WHERE value > 200");
            many.rows(new Row[] {turns[0][0]});
            many.remove(added);
            return sink.results;
        }
    }

    /** The peer; more than 1,000 queries take minutes to start. */
    @State(Scope.Thread)
    public static class Siddhi {
        /** How many. */
        @Param({"1", "100", "1000"})
        public int rules;

        private final Feed.Sink sink = new Feed.Sink();
        private Peer peer;

        /** Starts them. */
        @Setup
        public void start() {
            Peer made = new Peer(new Feed());
            for (int i = 0; i < rules; i++) {
                made.filter(begin(i, rules), end(i, rules));
            }
            peer = made.start(sink);
        }

        /** Stops them. */
        @TearDown
        public void stop() {
            peer.close();
        }
    }

    /** What somebody would write by hand: all limits in two arrays, asked one after the other. */
    @State(Scope.Thread)
    public static class Loop {
        /** How many. */
        @Param({"1", "100", "1000", "10000"})
        public int rules;

        private final Feed feed = new Feed();
        private final Feed.Sink sink = new Feed.Sink();
        private double[] least;
        private double[] greatest;

        /** Fills the arrays. */
        @Setup
        public void start() {
            least = new double[rules];
            greatest = new double[rules];
            for (int i = 0; i < rules; i++) {
                least[i] = begin(i, rules);
                greatest[i] = end(i, rules);
            }
        }
    }

    /** The engine. */
    @Benchmark
    public long headgate(Rules state) {
        state.many.rows(state.next());
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
            double value = Double.longBitsToDouble(row.bits(1));
            if (!row.isNull(1)) {
                for (int i = 0; i < state.least.length; i++) {
                    if (value > state.least[i] && value < state.greatest[i]) {
                        state.sink.take(row);
                    }
                }
            }
        }
        return state.sink.results;
    }

    /** A rule is added while the others run: text, compilation, index, the first row; and removed. */
    @Benchmark
    @OperationsPerInvocation(1)
    public long hotAdd(Rules state) throws Exception {
        return state.addOne();
    }
}
