package org.headgate.rule.engine;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.headgate.data.api.DropReason;
import org.headgate.data.api.FlowSnapshot;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;
import org.headgate.rule.api.RuleStatus.State;
import org.headgate.rule.functions.Frame;
import org.headgate.rule.functions.FunctionCatalog;
import org.headgate.rule.language.Inputs;
import org.headgate.rule.language.Query;
import org.headgate.rule.language.RuleException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One rule at work: it is fed rows and time, and puts rows out. It knows no bus, no timer and no clock, so that a live
 * gateway and a replay run the same code. Time is nanoseconds since the epoch and may jump; the monotonic clock, given
 * with it, tells a jump from the passing of time. Who has one clock only, as a replay, gives its time twice.
 *
 * <p>Every method may be called by any thread. The monitor of the first edge's flow is the rule's one lock: rows come on the
 * loop of a subscription and time on the engine's loop. A lock that is nearly never contended costs less than handing
 * each row over, allocates nothing, and makes the counters exact at each instant. {@code output} is called inside of it
 * and must not block.
 */
public final class RuleProgram {
    private static final Logger LOG = LoggerFactory.getLogger(RuleProgram.class);
    private final RuleInputs inputs;
    private final KeptState kept;
    private final RuleOptions options;
    private final RuleOutput output;
    private final RuleEdge[] edges;
    private final Object lock;
    private final Health health;
    private final Frame frame;
    private final Pending pending;
    private LinkedRule linked;
    private final Timeline timeline = new Timeline();
    private final Meter meter;
    private boolean stopped;

    /**
     * A rule that has not seen its streams yet, with counters of its own: for a replay.
     *
     * @param known what is known of the streams before their first row, and the tables
     */
    public RuleProgram(
            String name, Query query, FunctionCatalog functions, Inputs known, RuleOptions options, RuleOutput output) {
        this(name, query, functions, known, options, output, at -> new RuleEdge(at, name), new StateLog(LOG, name));
    }

    /** A rule that has not seen its streams yet; it goes on counting where the last one on these edges stopped. */
    RuleProgram(
            String name,
            Query query,
            FunctionCatalog functions,
            Inputs known,
            RuleOptions options,
            RuleOutput output,
            Function<String, RuleEdge> edge,
            StateLog stateLog) {
        this.kept = new KeptState(name);
        this.inputs = new RuleInputs(query, functions, known, options);
        this.options = options;
        this.output = output;
        this.edges = inputs.sources().stream().map(edge).toArray(RuleEdge[]::new);
        this.lock = edges[0].flow();
        this.meter = new Meter(lock);
        this.health = new Health(LOG, name, stateLog);
        this.frame = new Frame(name);
        this.pending = new Pending(edges.length);
        IntStream.range(0, edges.length).forEach(input -> edges[input].heldBy(lock, () -> queued(input)));
    }

    /** The streams and tables that it reads; the index of one is its input's number. */
    public List<String> sources() {
        return inputs.sources();
    }

    /** Takes a row that arrived at this instant, in a time that does not jump. */
    public void row(int input, Row row, long nowNanos) {
        row(input, row, nowNanos, nowNanos);
    }

    /** Takes a row that arrived at this instant. What is due by then happens first. */
    public void row(int input, Row row, long nowNanos, long monotonicNanos) {
        synchronized (lock) {
            if (stopped) {
                return;
            }
            edges[input].in();
            meter.row();
            time(nowNanos, monotonicNanos);
            if (!inputs.has(input, row.schema())) {
                link(input, row.schema(), nowNanos);
            }
            if (linked == null) {
                pending.hold(input, row, nowNanos, edges[input].flow(), health);
            } else {
                linked.row(input, row, nowNanos);
            }
        }
    }

    /** Takes rows that arrived together: as {@link #row} does, with one look at the time for all of them. */
    public void rows(int input, Row[] rows, int from, int to, long nowNanos, long monotonicNanos) {
        synchronized (lock) {
            for (int i = from; i < to && !stopped; ) {
                if (linked != null && linked.isStraight() && inputs.has(input, rows[i].schema())) {
                    time(nowNanos, monotonicNanos);
                    int next = linked.straight(rows, i, to, nowNanos);
                    meter.rows(next - i);
                    i = next;
                } else {
                    row(input, rows[i], nowNanos, monotonicNanos);
                    i++;
                }
            }
        }
    }

    /** Rows of an input that an index has kept from the rule, because its WHERE does not let them through. */
    void skipped(int input, long rows) {
        synchronized (lock) {
            edges[input].skipped(rows);
        }
    }

    /** The rule as it is compiled now, for what an index wants to know of it. */
    Optional<LinkedRule> linked() {
        synchronized (lock) {
            return Optional.ofNullable(linked);
        }
    }

    /** Does what is due, in a time that does not jump. */
    public void advance(long nowNanos) {
        advance(nowNanos, nowNanos);
    }

    /** Does what is due: closes windows, puts out what was held. In event time only rows make time pass. */
    public void advance(long nowNanos, long monotonicNanos) {
        synchronized (lock) {
            if (stopped) {
                return;
            }
            time(nowNanos, monotonicNanos);
            if (linked != null) {
                linked.advance(nowNanos);
            }
        }
    }

    /** No row comes any more: rows that wait for the watermark go on, and time runs until every window that knows its end has closed. */
    public void finish() {
        synchronized (lock) {
            if (!stopped && linked != null) {
                linked.finish();
            }
        }
    }

    /** When {@link #advance} is wanted next, on the monotonic clock; {@link Long#MAX_VALUE} for never. */
    public long deadlineNanos() {
        synchronized (lock) {
            long end = linked == null ? Long.MAX_VALUE : linked.deadlineNanos();
            return end == Long.MAX_VALUE ? end : timeline.monotonic(end);
        }
    }

    /** Ends the rule. Rows in its open window are dropped and counted as stopped; rows that still come are ignored. */
    public void stop() {
        synchronized (lock) {
            if (!stopped && linked != null) {
                linked.release(health.latestNanos());
            }
            suspend();
        }
    }

    /** Ends the rule for another one that goes on with its state, which is given: what is held stays held. */
    byte[] suspend() {
        synchronized (lock) {
            byte[] state = state();
            for (int input = 0; input < edges.length && !stopped; input++) {
                edges[input].flow().dropped(DropReason.STOPPED, queued(input));
                edges[input].released();
            }
            stopped = true;
            return state;
        }
    }

    /** All that the rule remembers: for {@link #restore} of a rule with the same text on the same columns. */
    public byte[] state() {
        synchronized (lock) {
            return kept.of(linked, inputs, health.latestNanos());
        }
    }

    /** What it does and keeps now. */
    RuleView view() {
        synchronized (lock) {
            long held = IntStream.range(0, edges.length).mapToLong(this::queued).sum();
            return RuleView.of(linked, held, options.maxState(), meter.rows());
        }
    }

    /** Its rows; whoever feeds it may measure what one costs. */
    Meter meter() {
        return meter;
    }

    /** Gives the rule what another one remembered, before its first row; it is taken over once the streams' columns are known. */
    public void restore(byte[] state) {
        synchronized (lock) {
            kept.keep(state);
        }
    }

    private long queued(int input) {
        long rows = pending.queued(input);
        return linked == null ? rows : rows + linked.queued(input);
    }

    /** The counters of the edge of one input. */
    public FlowSnapshot counters(int input) {
        return edges[input].snapshot();
    }

    /** Where the rule stands. */
    public State state(long nowNanos) {
        synchronized (lock) {
            return health.state(nowNanos);
        }
    }

    /** Why it is INVALID or DEGRADED. */
    public String detail(long nowNanos) {
        synchronized (lock) {
            return health.detail(nowNanos);
        }
    }

    /** Rows and results on which an expression failed and gave null, and those that met a defect. */
    public long errors() {
        synchronized (lock) {
            return frame.failures() + health.defects();
        }
    }

    /**
     * Links again when a schema is another object. The open window is closed at once: its columns are no more, and
     * dropping what it holds would lose rows that nobody did anything wrong with.
     */
    private void link(int input, Schema newSchema, long nowNanos) {
        if (linked != null) {
            linked.close(nowNanos);
        }
        inputs.set(input, newSchema);
        linked = null;
        health.time(nowNanos);
        health.waiting();
        if (inputs.areComplete()) {
            try {
                linked = link();
                if (kept.giveTo(linked, inputs, nowNanos)) {
                    linked.recovered();
                } else {
                    linked = link();
                }
                health.running();
                pending.release(linked::row);
            } catch (RuleException wrong) {
                health.invalid(wrong.getMessage());
                pending.release((waiting, row, then) -> edges[waiting].flow().dropped(DropReason.ERROR, 1));
            }
        }
    }

    private LinkedRule link() throws RuleException {
        return new LinkedRule(inputs.plan(), options, frame, edges, output, health);
    }

    /** Looks at the time; a jump and trouble that is over are noticed here. */
    private void time(long nowNanos, long monotonicNanos) {
        long by = timeline.look(nowNanos, monotonicNanos);
        if (by != 0) {
            health.shift(by);
            if (linked != null) {
                linked.shift(by);
            }
        }
        health.time(nowNanos);
    }
}
