package org.headgate.rule.engine;

import java.util.List;
import java.util.function.Consumer;
import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Row;
import org.headgate.rule.functions.Checkpointed;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.Frame;
import org.headgate.rule.language.Plan;
import org.headgate.rule.window.Entry;
import org.headgate.rule.window.Remembered;
import org.headgate.rule.window.RowStore;
import org.headgate.rule.window.Window;

/**
 * A rule while its streams have one schema each: the plan, what it remembers, and the window. Every method runs under the rule's lock. Rows come in
 * the order of the rule's time; what is due by then happens first.
 */
final class Pipeline implements Checkpointed {
    private final Frame frame;
    private final RuleEdge[] edges;
    private final Emission emission;
    private final AnalyticStage analytics;
    private final boolean analyses;
    private final Expression filter;
    private final Expression where;
    private final boolean whereFirst;
    private final boolean reduces;
    private final RowStage rows;
    private final Joiner joiner;
    private final Results results;
    private final Window window;
    private boolean counted;

    Pipeline(
            Plan plan,
            RuleOptions options,
            RowStore store,
            Frame frame,
            RuleEdge[] edges,
            RuleOutput output,
            Consumer<RuntimeException> defects,
            Consumer<String> limits) {
        this.frame = frame;
        this.edges = edges;
        this.emission = new Emission(plan, frame, edges[0], output, defects);
        this.analytics = new AnalyticStage(plan.analytics(), options.maxGroups(), store.budget());
        this.analyses = !plan.analytics().isEmpty();
        this.filter = plan.window().flatMap(Plan.Window::filter).orElse(null);
        this.where = plan.where().orElse(null);
        this.whereFirst = plan.whereBeforeWindow();
        this.reduces = !plan.reductions().isEmpty();
        this.rows = new RowStage(plan, frame, edges[0], emission);
        this.joiner = plan.joins().isEmpty() ? null : new Joiner(plan, frame, options.maxRows());
        this.results = new Results(plan, options, frame, edges, emission, joiner, limits);
        this.window = plan.window()
                .map(new Windows(plan, options, store, results)::window)
                .orElse(null);
    }

    /** Takes a row and counts where it went; false, uncounted, when a limit forbids it. */
    boolean row(int input, Row row, long nowNanos) {
        counted = false;
        seen(row);
        advance(nowNanos);
        enter(input, row);
        frame.now(nowNanos);
        if (analyses) {
            analytics.step(frame);
        }
        if (filter != null && isFalse(filter)) {
            return filtered(input);
        }
        if (window == null && joiner != null) {
            return joined(input, row, nowNanos);
        }
        if (reduces) {
            rows.seen(row);
        }
        if (whereFirst && where != null && isFalse(where)) {
            return filtered(input);
        }
        if (window != null) {
            return windowed(input, nowNanos);
        }
        rows.row(row, nowNanos);
        counted = true;
        return true;
    }

    /** A row has come, whatever becomes of it. */
    void seen(Row row) {
        results.seen(row.clock());
    }

    /** Takes a row of a rule with one input and without memory, for which WHERE is known to be true, when nothing is due; as {@link #row} does. */
    boolean passed(Row row, long nowNanos) {
        counted = false;
        frame.enter(row);
        frame.now(nowNanos);
        if (window != null) {
            seen(row);
            counted = window.add(frame, 0, nowNanos);
            return counted;
        }
        rows.row(row, nowNanos);
        counted = true;
        return true;
    }

    /** Whether the row that {@link #row} took last was counted: for the case that a defect made it throw. */
    boolean counted() {
        return counted;
    }

    /** The clock was stepped. */
    void shift(long byNanos) {
        if (window != null) {
            window.shift(byNanos);
        }
        results.moved();
    }

    /** Does what is due: closes windows, lets go of a row that was held long enough, puts the newest row out again. */
    void advance(long nowNanos) {
        if (window != null) {
            window.advance(nowNanos);
        }
        rows.advance(nowNanos);
    }

    /** In event time: all rows up to this instant, and at it, have come. */
    void complete(long nowNanos) {
        if (window != null) {
            window.complete(nowNanos);
        }
        rows.advance(nowNanos);
    }

    /** No row comes any more: every window that knows when it ends closes, and what is held goes out. */
    void finish() {
        while (window != null && window.deadlineNanos() != Long.MAX_VALUE) {
            window.advance(window.deadlineNanos());
        }
        rows.finish();
    }

    /** When {@link #advance} is wanted next; {@link Long#MAX_VALUE} for never. */
    long deadlineNanos() {
        return Math.min(window == null ? Long.MAX_VALUE : window.deadlineNanos(), rows.deadlineNanos());
    }

    /** Puts out what is open, whatever its end: its columns are no more. */
    void close(long nowNanos) {
        rows.release(nowNanos);
        if (window != null) {
            window.close(nowNanos);
        }
    }

    /** Puts out the row that is held: it was let through, only not yet. */
    void release(long nowNanos) {
        rows.release(nowNanos);
    }

    /** The groups that are open, and the partitions of analytic functions. */
    long groups() {
        return (window == null ? 0 : window.groups()) + analytics.partitions();
    }

    /** The rows of an input that are held. */
    long queued(int input) {
        return (window == null ? 0 : window.queued(input)) + (input == 0 ? rows.queued() : 0);
    }

    @Override
    public void save(ByteOutput out) {
        analytics.save(out);
        rows.save(out);
        if (window != null) {
            window.save(out);
        }
        frame.hits().save(out);
        frame.aggregateHits().save(out);
    }

    @Override
    public void load(ByteInput in) {
        analytics.load(in);
        rows.load(in);
        if (window != null) {
            window.load(in);
        }
        frame.hits().load(in);
        frame.aggregateHits().load(in);
    }

    private void enter(int input, Row row) {
        if (edges.length == 1) {
            frame.enter(row);
            return;
        }
        Row[] beside = new Row[edges.length];
        beside[input] = row;
        frame.enter(beside);
    }

    private boolean isFalse(Expression condition) {
        return !condition.evalBoolean(frame) || frame.isNull();
    }

    private boolean filtered(int input) {
        edges[input].filtered();
        counted = true;
        return true;
    }

    private boolean windowed(int input, long nowNanos) {
        if (analyses) {
            frame.track(Remembered.of(frame));
        }
        counted = window.add(frame, input, nowNanos);
        if (counted && reduces) {
            rows.letThrough();
        }
        return counted;
    }

    /** A row of a stream beside rows of tables only. */
    private boolean joined(int input, Row row, long nowNanos) {
        if (analyses) {
            frame.track(Remembered.of(frame));
        }
        List<Joiner.Joined> all = joiner.join(List.of(Entry.of(frame, input, nowNanos)));
        boolean passes = false;
        emission.begin();
        for (Joiner.Joined each : all) {
            each.enter(frame);
            if (where == null || !isFalse(where)) {
                passes = true;
                emission.add(row.timeNanos(), row.clock());
            }
        }
        if (!passes) {
            return filtered(input);
        }
        frame.hits().hit(nowNanos);
        emission.end(nowNanos);
        edges[input].passed();
        counted = true;
        return true;
    }

    static ClockState clock(Row row) {
        return row == null ? ClockState.SYNCED : row.clock();
    }
}
