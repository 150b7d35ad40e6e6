package org.headgate.rule.engine;

import java.util.function.Consumer;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.DropReason;
import org.headgate.data.api.Flow;
import org.headgate.data.api.Row;
import org.headgate.data.api.RowBuilder;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.Frame;
import org.headgate.rule.functions.Reduction;
import org.headgate.rule.language.Plan;
import org.headgate.rule.window.Group;
import org.headgate.rule.window.Pane;
import org.headgate.rule.window.TumblingWindow;

/** A rule while its stream has one schema: the plan and the open window. Every method runs under the flow's monitor. */
final class LinkedRule {
    /** The wall clock may go back so far without a {@link #shift}: what its owner does not take for a step. */
    static final long BACK_NANOS = 1_000_000_000L;

    /** So many groups a window may have: about 2 MB with a few aggregates, and a dimension by mistake stays harmless. */
    static final int MAX_GROUPS = 10_000;

    private final Plan plan;
    private final Frame frame;
    private final RuleEdge edge;
    private final Flow flow;
    private final Consumer<Row> output;
    private final Expression where;
    private final Expression having;
    private final TumblingWindow window;
    private final Expression[] columns;
    private final Reduction[] reductions;
    private final Consumer<RuntimeException> defects;
    private Pane pane;
    private boolean counted;
    /** The open window was moved by a step of the clock, and what the last row since then says of the clock. */
    private boolean shifted;

    private ClockState latest = ClockState.UNSET;
    private long startNanos;
    private long endNanos;

    LinkedRule(Plan plan, Frame frame, RuleEdge edge, Consumer<Row> output, Consumer<RuntimeException> defects) {
        this.plan = plan;
        this.frame = frame;
        this.edge = edge;
        this.flow = edge.flow();
        this.output = output;
        this.defects = defects;
        this.where = plan.where().orElse(null);
        this.having = plan.having().orElse(null);
        this.window = plan.window()
                .map(written -> new TumblingWindow(written.sizeNanos()))
                .orElse(null);
        this.columns = plan.columns().toArray(Expression[]::new);
        this.reductions = plan.reductions().toArray(Reduction[]::new);
    }

    /** Takes a row and counts where it went; false, uncounted, when a limit forbids it. */
    boolean row(Row row, long nowNanos) {
        counted = false;
        latest = row.clock();
        advance(nowNanos);
        frame.enter(row);
        if (where != null && (!where.evalBoolean(frame) || frame.isNull())) {
            edge.filtered();
            counted = true;
            return true;
        }
        if (window == null) {
            Row result = plan.passesThrough() ? row : result(row.timeNanos(), row.clock());
            output.accept(result);
            edge.emitted();
            edge.passed();
            counted = true;
            letThrough();
            return true;
        }
        if (pane == null) {
            pane = new Pane(plan.dimensions(), plan.aggregates(), MAX_GROUPS);
            startNanos = window.start(nowNanos);
            endNanos = startNanos + window.sizeNanos();
            shifted = false;
        }
        counted = pane.add(frame);
        if (counted) {
            letThrough();
        }
        return counted;
    }

    /** Whether the row that {@link #row} took last was counted: for the case that a defect made it throw. */
    boolean counted() {
        return counted;
    }

    /** The clock was stepped: the open window keeps its length, and its bounds are what the clock would have shown. */
    void shift(long byNanos) {
        startNanos += byNanos;
        endNanos += byNanos;
        shifted = true;
        latest = ClockState.UNSET;
    }

    /**
     * Closes the open window when this instant is not in it: after its end, as usual, or long before its start, when time
     * went back without a {@link #shift}; waiting for the end again might take years.
     */
    void advance(long nowNanos) {
        if (pane != null && (nowNanos >= endNanos || nowNanos < startNanos - BACK_NANOS)) {
            close(endNanos);
        }
    }

    /** Closes the open window and puts its results out with this time. Its rows are aggregated, whatever HAVING says. */
    void close(long timeNanos) {
        if (pane == null) {
            return;
        }
        Pane closing = pane;
        pane = null;
        flow.aggregated(closing.rows());
        closing.forEach(group -> emit(group, timeNanos));
    }

    void drop(DropReason reason) {
        flow.dropped(reason, queued());
        pane = null;
    }

    /** The rows in the open window, counted by the window itself. */
    long queued() {
        return pane == null ? 0 : pane.rows();
    }

    long deadlineNanos() {
        return pane == null ? Long.MAX_VALUE : endNanos;
    }

    private void emit(Group group, long timeNanos) {
        try {
            group.show(frame);
            if (having == null || having.evalBoolean(frame) && !frame.isNull()) {
                output.accept(result(timeNanos, clock(group)));
                edge.emitted();
            }
        } catch (RuntimeException defect) {
            // One group's failure must not take the results of the others, nor the row that closed the window.
            defects.accept(defect);
        }
    }

    /**
     * What the time of a group's result is worth. Of a window that was shifted it is a time from after the step, though the group's
     * last row may be from before: marked as that one is, it would be corrected by the step once more.
     */
    private ClockState clock(Group group) {
        boolean isSet = shifted && latest != ClockState.UNSET;
        return group.clock() == ClockState.UNSET && isSet ? ClockState.STEPPED : group.clock();
    }

    private Row result(long timeNanos, ClockState clock) {
        RowBuilder builder = Row.builder(plan.output());
        for (int i = 0; i < columns.length; i++) {
            columns[i].store(frame, builder, i);
        }
        return builder.build(timeNanos, clock);
    }

    /** The row is still in the frame. */
    private void letThrough() {
        for (Reduction reduction : reductions) {
            reduction.passed(frame);
        }
    }
}
