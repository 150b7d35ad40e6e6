package org.headgate.rule.engine;

import java.util.function.Consumer;
import org.headgate.data.api.DropReason;
import org.headgate.data.api.Flow;
import org.headgate.data.api.FlowSnapshot;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;
import org.headgate.rule.api.RuleStatus.State;
import org.headgate.rule.functions.Frame;
import org.headgate.rule.functions.FunctionCatalog;
import org.headgate.rule.language.Inputs;
import org.headgate.rule.language.Linker;
import org.headgate.rule.language.Query;
import org.headgate.rule.language.RuleException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One rule at work: it is fed rows and time, and puts rows out. It knows no bus, no timer and no clock, so that a live
 * gateway and a replay run the same code. Time is nanoseconds since the epoch and may jump; the monotonic clock, given
 * with it, tells a jump from the passing of time. Who has one clock only, as a replay, gives its time twice.
 *
 * <p>Every method may be called by any thread. The monitor of {@link #flow} is the rule's one lock: rows come on the
 * loop of a subscription and time on the engine's loop. A lock that is nearly never contended costs less than handing
 * each row over, allocates nothing, and makes the counters exact at each instant. {@code output} is called inside of it
 * and must not block.
 */
public final class RuleProgram {
    /** How long a rule counts as DEGRADED after a failure: long enough to be seen, and not for ever. */
    private static final long TROUBLE_NANOS = 60_000_000_000L;

    /** The clocks may drift apart by this between two looks: a time server slews what is less, and steps what is more. */
    private static final long STEP_NANOS = 500_000_000L;

    private static final Logger LOG = LoggerFactory.getLogger(RuleProgram.class);
    private final String name;
    private final Query query;
    private final FunctionCatalog functions;
    private final Consumer<Row> output;
    private final RuleEdge edge;
    private final Flow flow;
    private final StateLog stateLog;
    private final Frame frame = new Frame();
    private LinkedRule linked;
    private Schema schema;
    private String invalid = "";
    private String trouble = "";
    private long troubleUntil = Long.MIN_VALUE;
    private long latestNanos;
    private long offsetNanos;
    private boolean timed;
    private long defects;
    private boolean troubled;
    private boolean stopped;

    /** A rule that has not seen its stream yet, with counters of its own: for a replay. */
    public RuleProgram(String name, Query query, FunctionCatalog functions, Consumer<Row> output) {
        this(name, query, functions, output, new RuleEdge(query.stream(), name), new StateLog(LOG, name));
    }

    /** A rule that has not seen its stream yet; it goes on counting where the last one on this edge stopped. */
    RuleProgram(
            String name,
            Query query,
            FunctionCatalog functions,
            Consumer<Row> output,
            RuleEdge edge,
            StateLog stateLog) {
        this.name = name;
        this.query = query;
        this.functions = functions;
        this.output = output;
        this.edge = edge;
        this.flow = edge.flow();
        this.stateLog = stateLog;
        edge.heldBy(() -> linked == null ? 0 : linked.queued());
        stateLog.now(State.WAITING_FOR_STREAM, "");
    }

    /** Takes a row that arrived at this instant, in a time that does not jump. */
    public void row(Row row, long nowNanos) {
        row(row, nowNanos, nowNanos);
    }

    /** Takes a row that arrived at this instant. What is due by then happens first. */
    public void row(Row row, long nowNanos, long monotonicNanos) {
        synchronized (flow) {
            if (stopped) {
                return;
            }
            edge.in();
            time(nowNanos, monotonicNanos);
            long failures = frame.failures();
            try {
                link(row.schema(), nowNanos);
                if (linked == null) {
                    flow.dropped(DropReason.ERROR, 1);
                } else if (!linked.row(row, nowNanos)) {
                    flow.dropped(DropReason.LIMIT, 1);
                    trouble("more than " + LinkedRule.MAX_GROUPS + " groups in one window");
                }
            } catch (RuntimeException defect) {
                if (linked == null || !linked.counted()) {
                    flow.dropped(DropReason.ERROR, 1);
                }
                defect(defect);
            }
            if (frame.failures() != failures) {
                trouble(frame.firstFailure());
            }
        }
    }

    /** Closes the window whose end has come, in a time that does not jump. */
    public void advance(long nowNanos) {
        advance(nowNanos, nowNanos);
    }

    /** Closes the window whose end has come. */
    public void advance(long nowNanos, long monotonicNanos) {
        synchronized (flow) {
            if (stopped) {
                return;
            }
            time(nowNanos, monotonicNanos);
            if (linked != null) {
                long failures = frame.failures();
                linked.advance(nowNanos);
                if (frame.failures() != failures) {
                    trouble(frame.firstFailure());
                }
            }
        }
    }

    /** When {@link #advance} is wanted next, on the monotonic clock; {@link Long#MAX_VALUE} for never. */
    public long deadlineNanos() {
        synchronized (flow) {
            long end = linked == null ? Long.MAX_VALUE : linked.deadlineNanos();
            return end == Long.MAX_VALUE ? end : end - offsetNanos;
        }
    }

    /** Ends the rule. Rows in its open window are dropped and counted as stopped; rows that still come are ignored. */
    public void stop() {
        synchronized (flow) {
            if (stopped) {
                return;
            }
            stopped = true;
            if (linked != null) {
                linked.drop(DropReason.STOPPED);
            }
            edge.released();
        }
    }

    /** The counters of the rule's edge. */
    public FlowSnapshot counters() {
        return edge.snapshot();
    }

    /** Where the rule stands. */
    public State state(long nowNanos) {
        synchronized (flow) {
            if (!invalid.isEmpty()) {
                return State.INVALID;
            }
            if (linked == null) {
                return State.WAITING_FOR_STREAM;
            }
            return nowNanos < troubleUntil ? State.DEGRADED : State.RUNNING;
        }
    }

    /** Why it is INVALID or DEGRADED. */
    public String detail(long nowNanos) {
        synchronized (flow) {
            if (!invalid.isEmpty()) {
                return invalid;
            }
            return nowNanos < troubleUntil ? trouble : "";
        }
    }

    /** Rows and results on which an expression failed and gave null, and those that met a defect. */
    public long errors() {
        synchronized (flow) {
            return frame.failures() + defects;
        }
    }

    /**
     * Links again when the schema is another object. The open window is closed at once: its columns are no more, and
     * dropping what it holds would lose rows that nobody did anything wrong with.
     */
    private void link(Schema newSchema, long nowNanos) {
        if (newSchema == schema) {
            return;
        }
        if (linked != null) {
            linked.advance(nowNanos);
            linked.close(nowNanos);
        }
        schema = newSchema;
        linked = null;
        invalid = "";
        try {
            linked = new LinkedRule(
                    Linker.link(query, Inputs.of(query.stream(), newSchema), functions),
                    frame,
                    edge,
                    output,
                    this::defect);
        } catch (RuleException wrong) {
            invalid = wrong.getMessage();
        }
        stateLog.now(state(nowNanos), detail(nowNanos));
    }

    private void defect(RuntimeException defect) {
        if (defects++ == 0) {
            LOG.error("rule {}: a defect; further ones are only counted", name, defect);
        }
        trouble("defect: " + defect);
    }

    private void trouble(String what) {
        troubleUntil = latestNanos + TROUBLE_NANOS;
        trouble = what;
        troubled = true;
        stateLog.now(state(latestNanos), detail(latestNanos));
    }

    /** Looks at the time; a jump and trouble that is over are noticed here. */
    private void time(long nowNanos, long monotonicNanos) {
        long by = nowNanos - monotonicNanos - offsetNanos;
        offsetNanos += by;
        if (timed && Math.abs(by) > STEP_NANOS) {
            troubleUntil += troubled ? by : 0;
            if (linked != null) {
                linked.shift(by);
            }
        }
        timed = true;
        latestNanos = nowNanos;
        if (troubled && nowNanos >= troubleUntil) {
            troubled = false;
            stateLog.now(state(nowNanos), detail(nowNanos));
        }
    }
}
