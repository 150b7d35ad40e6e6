package org.headgate.rule.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Row;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.Frame;
import org.headgate.rule.language.Plan;
import org.headgate.rule.window.Closing;
import org.headgate.rule.window.Content;
import org.headgate.rule.window.Entry;
import org.headgate.rule.window.Pane;
import org.headgate.rule.window.RowStore;
import org.headgate.rule.window.Rows;

/** What becomes of a window that has closed: joins, WHERE where it was put off, groups, and the emission. */
final class Results implements Closing {
    private final Plan plan;
    /** For panes that are there while a window closes; the rows in them are kept by the window. */
    private final RowStore passing;

    private final RuleOptions options;
    private final Frame frame;
    private final RuleEdge[] edges;
    private final Emission emission;
    private final Joiner joiner;
    private final Consumer<String> limits;
    private final Expression where;
    private ClockState latest = ClockState.UNSET;
    private boolean moved;
    /** Made for the first window that needs it, and used again for each. */
    private Pane pane;

    Results(
            Plan plan,
            RuleOptions options,
            Frame frame,
            RuleEdge[] edges,
            Emission emission,
            Joiner joiner,
            Consumer<String> limits) {
        this.plan = plan;
        this.passing =
                new RowStore(plan.inputs().stream().map(Plan.Input::schema).toList());
        this.options = options;
        this.frame = frame;
        this.edges = edges;
        this.emission = emission;
        this.joiner = joiner;
        this.limits = limits;
        this.where = plan.whereBeforeWindow() ? null : plan.where().orElse(null);
    }

    /**
     * The clock was stepped while rows were kept. What the rows since then say of the clock is worth more for the time of a result than what the
     * group's last row says, which may be from before: marked as that one is, the time would be corrected by the step once more.
     */
    void moved() {
        moved = true;
        latest = ClockState.UNSET;
    }

    /** A row came that says this of the clock. */
    void seen(ClockState clock) {
        latest = clock;
    }

    @Override
    public void left(int input, long rows, boolean used) {
        if (used) {
            edges[input].flow().aggregated(rows);
        } else {
            edges[input].flow().filtered(rows);
        }
    }

    @Override
    public void closed(Content content, long startNanos, long endNanos, long timeNanos) {
        frame.now(timeNanos);
        frame.window(startNanos, endNanos);
        emission.begin();
        if (content instanceof Pane pane) {
            groups(pane, timeNanos);
        } else {
            rows(((Rows) content).entries(), timeNanos);
        }
        frame.aggregateHits().hit(timeNanos);
        emission.end(timeNanos);
        moved = false;
    }

    private void groups(Pane pane, long timeNanos) {
        pane.forEach(group -> {
            group.show(frame);
            emission.addOneOfMany(timeNanos, clock(group.clock()));
        });
    }

    private ClockState clock(ClockState last) {
        boolean isSet = moved && latest != ClockState.UNSET;
        return last == ClockState.UNSET && isSet ? ClockState.STEPPED : last;
    }

    private void rows(List<Entry> entries, long timeNanos) {
        List<Shown> passing = new ArrayList<>();
        for (Shown each : shown(entries)) {
            each.enter(frame);
            if (where == null || where.evalBoolean(frame) && !frame.isNull()) {
                passing.add(each);
            }
        }
        if (plan.grouped()) {
            groups(pane(passing), timeNanos);
        } else if (isWanted(passing)) {
            for (Shown each : passing) {
                each.enter(frame);
                emission.addOneOfMany(timeNanos, clock(Pipeline.clock(each.newest())));
            }
        }
    }

    private List<? extends Shown> shown(List<Entry> entries) {
        if (joiner == null) {
            return entries.stream().map(Single::new).toList();
        }
        List<Joiner.Joined> joined = joiner.join(entries);
        if (joiner.full()) {
            limits.accept("a join of more than " + options.maxRows() + " rows in one window");
        }
        return joined;
    }

    private Pane pane(List<Shown> rows) {
        if (pane == null) {
            pane = new Windows(plan, options, passing, this).pane(options.maxGroups());
        }
        pane.clear();
        for (Shown each : rows) {
            each.enter(frame);
            if (!pane.add(frame, Pipeline.clock(each.newest()))) {
                limits.accept("more than " + options.maxGroups() + " groups in one window");
            }
        }
        return pane;
    }

    /** HAVING of a window that gives its rows is asked once for all of them: with the first one, and aggregates over all. */
    private boolean isWanted(List<Shown> rows) {
        if (plan.aggregates().isEmpty() && plan.having().isEmpty()) {
            return true;
        }
        boolean[] wanted = {false};
        pane(rows).forEach(group -> {
            group.show(frame);
            Expression having = plan.having().orElse(null);
            wanted[0] = having == null || having.evalBoolean(frame) && !frame.isNull();
        });
        return wanted[0];
    }

    /** A row of a window, or rows that were joined. */
    interface Shown {
        /** Makes it what is looked at. */
        void enter(Frame frame);

        /** The row that came last. */
        Row newest();
    }

    private record Single(Entry entry) implements Shown {
        @Override
        public void enter(Frame frame) {
            entry.enter(frame);
        }

        @Override
        public Row newest() {
            return entry.row();
        }
    }
}
