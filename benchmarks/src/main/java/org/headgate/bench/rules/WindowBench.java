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
import org.openjdk.jmh.annotations.TearDown;

/** The average, least and greatest value of each of 100 devices over 1,000 of its rows. */
@OperationsPerInvocation(Feed.ROWS)
public class WindowBench {
    private static final int DEVICE_ROWS = 1_000;
    private static final int WINDOW_ROWS = DEVICE_ROWS * Feed.DEVICES;
    private static final int WINDOW_SECONDS = WINDOW_ROWS / Feed.ROWS;

    /** The engine. */
    @State(Scope.Thread)
    public static class Rule {
        /** What ends the window. */
        @Param({"count", "time"})
        public String by;

        private final Feed feed = new Feed();
        private final Feed.Sink sink = new Feed.Sink();
        private RuleProgram program;

        /** Compiles the rule. */
        @Setup
        public void start() throws Exception {
            String window = by.equals("count")
                    ? "COUNTWINDOW(" + WINDOW_ROWS + ")"
                    : "TUMBLINGWINDOW(ss, " + WINDOW_SECONDS + ")";
            program = ManyRules.program(
                    "SELECT device, avg(value) AS average, min(value) AS least, max(value) AS greatest FROM s "
                            + "GROUP BY device, " + window,
                    sink::take);
        }
    }

    /** The peer. */
    @State(Scope.Thread)
    public static class Siddhi {
        /** What ends the window. */
        @Param({"count", "time"})
        public String by;

        private final Feed.Sink sink = new Feed.Sink();
        private Peer peer;

        /** Starts it. */
        @Setup
        public void start() {
            Peer made = new Peer(new Feed());
            peer = (by.equals("count") ? made.countWindow(WINDOW_ROWS) : made.timeWindow(WINDOW_SECONDS)).start(sink);
        }

        /** Stops it. */
        @TearDown
        public void stop() {
            peer.close();
        }
    }

    /** What somebody would write by hand who knows that devices are numbers below 100. */
    @State(Scope.Thread)
    public static class Loop {
        private final Feed feed = new Feed();
        private final Feed.Sink sink = new Feed.Sink();
        private final double[] sum = new double[Feed.DEVICES];
        private final double[] least = new double[Feed.DEVICES];
        private final double[] greatest = new double[Feed.DEVICES];
        private final int[] count = new int[Feed.DEVICES];

        void take(Row row) {
            if (row.isNull(0) || row.isNull(1)) {
                return;
            }
            int device = (int) row.bits(0);
            double value = Double.longBitsToDouble(row.bits(1));
            if (count[device] == 0) {
                sum[device] = 0;
                least[device] = Double.POSITIVE_INFINITY;
                greatest[device] = Double.NEGATIVE_INFINITY;
            }
            sum[device] += value;
            least[device] = Math.min(least[device], value);
            greatest[device] = Math.max(greatest[device], value);
            if (++count[device] == DEVICE_ROWS) {
                sink.take(sum[device] / DEVICE_ROWS + least[device] + greatest[device]);
                count[device] = 0;
            }
        }
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
        state.peer.sendLater();
        return state.sink.results;
    }

    /** By hand. */
    @Benchmark
    public long loop(Loop state) {
        for (Row row : state.feed.rows()) {
            state.take(row);
        }
        return state.sink.results;
    }
}
