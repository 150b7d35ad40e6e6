package org.headgate.rule.engine;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Row;
import org.headgate.rule.functions.FunctionCatalog;
import org.headgate.rule.language.Inputs;
import org.headgate.rule.language.RuleException;
import org.headgate.rule.language.RuleParser;
import org.headgate.stream.api.OverflowPolicy;
import org.headgate.stream.api.Publisher;
import org.headgate.stream.api.RowConsumer;
import org.headgate.stream.api.StreamBus;
import org.headgate.stream.api.Subscription;
import org.headgate.system.api.Clock;
import org.headgate.system.api.ClockStep;
import org.headgate.system.api.Loop;

/** The rules of one stream as a gateway runs them, with the machine's clocks, but with rows from a benchmark instead of a bus. In the engine's package: its index is its own. */
public final class ManyRules {
    /** The stream that all of them read. */
    public static final String STREAM = "s";

    private static final FunctionCatalog FUNCTIONS = new FunctionCatalog(BuiltIns.all(ZoneOffset.UTC, new Random(1)));
    private final RuleOutput output;
    private final StreamRules rules = new StreamRules(STREAM, new NoBus(), new JvmClock(), new NoLoop());

    /** No rules yet; all of them will put out here. */
    public ManyRules(RuleOutput output) {
        this.output = output;
    }

    /** A rule that reads {@link #STREAM}, on its own. */
    public static RuleProgram program(String sql, RuleOutput output) throws RuleException {
        return new RuleProgram("rule", RuleParser.parse(sql), FUNCTIONS, Inputs.NONE, RuleOptions.DEFAULT, output);
    }

    /** Adds a rule. */
    public RuleProgram add(String sql) throws RuleException {
        RuleProgram program = program(sql, output);
        rules.add(program);
        return program;
    }

    /** Removes a rule. */
    public void remove(RuleProgram program) {
        rules.remove(program);
    }

    /** Rows as a bus hands them over: one turn. */
    public void rows(Row[] rowsOfTurn) {
        rules.rows(STREAM, rowsOfTurn, 0, rowsOfTurn.length, (index, why) -> {});
    }

    private static final class NoBus implements StreamBus {
        @Override
        public Publisher publisher(String stream) {
            throw new IllegalStateException("nothing is published");
        }

        @Override
        public Subscription subscribe(
                String name, List<String> streams, int capacity, OverflowPolicy policy, RowConsumer consumer) {
            return new Subscription() {
                @Override
                public void close() {}

                @Override
                public void handOver(Duration patience) {}
            };
        }

        @Override
        public Optional<Row> last(String stream) {
            return Optional.empty();
        }

        @Override
        public List<String> streams() {
            return List.of();
        }
    }

    private static final class NoLoop implements Loop {
        @Override
        public void execute(Runnable task) {}

        @Override
        public Timer schedule(Duration delay, Runnable task) {
            return () -> {};
        }

        @Override
        public void close() {}
    }

    /** The machine's clocks, which cost what they cost in a gateway. */
    private static final class JvmClock implements Clock {
        private final long offset = System.currentTimeMillis() * 1_000_000 - System.nanoTime();

        @Override
        public long epochNanos() {
            return System.nanoTime() + offset;
        }

        @Override
        public long monotonicNanos() {
            return System.nanoTime();
        }

        @Override
        public ClockState state() {
            return ClockState.SYNCED;
        }

        @Override
        public OptionalLong corrected(long epochNanos) {
            return OptionalLong.of(epochNanos);
        }

        @Override
        public Optional<ClockStep> lastStep() {
            return Optional.empty();
        }

        @Override
        public String bootId() {
            return "";
        }

        @Override
        public long processStartNanos() {
            return 0;
        }
    }
}
