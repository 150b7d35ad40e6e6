package org.headgate.rule.engine;

import org.headgate.rule.language.Plan;
import org.headgate.rule.window.Alignment;
import org.headgate.rule.window.Closing;
import org.headgate.rule.window.Content;
import org.headgate.rule.window.CountWindow;
import org.headgate.rule.window.HoppingPanes;
import org.headgate.rule.window.HoppingRows;
import org.headgate.rule.window.OverlappingCount;
import org.headgate.rule.window.Pane;
import org.headgate.rule.window.RowStore;
import org.headgate.rule.window.Rows;
import org.headgate.rule.window.SessionWindow;
import org.headgate.rule.window.SlidingWindow;
import org.headgate.rule.window.StateWindow;
import org.headgate.rule.window.TumblingWindow;
import org.headgate.rule.window.Window;

/** Builds the window of a plan, with aggregates where they are enough and with rows where they are not. */
final class Windows {
    private final Plan plan;
    private final RuleOptions options;
    private final RowStore store;
    private final Closing closing;

    /** Windows of a rule whose rows are kept in this store. */
    Windows(Plan plan, RuleOptions options, RowStore store, Closing closing) {
        this.plan = plan;
        this.options = options;
        this.closing = closing;
        this.store = store;
    }

    Window window(Plan.Window shape) {
        Alignment sizes = new Alignment(Math.max(1_000_000, shape.sizeNanos()), shape.days(), options.zone());
        int inputs = store.inputs();
        return switch (shape.kind()) {
            case TUMBLING -> new TumblingWindow(sizes, content(), inputs, closing);
            case HOPPING -> hopping(shape);
            case SLIDING ->
                new SlidingWindow(
                        shape.sizeNanos(),
                        shape.delayNanos(),
                        shape.when().orElse(null),
                        options.eventTime(),
                        store,
                        options.maxRows(),
                        closing);
            case SESSION ->
                new SessionWindow(
                        sizes, shape.sizeNanos(), shape.hopNanos(), options.eventTime(), content(), inputs, closing);
            case COUNT ->
                shape.countHop() == shape.count()
                        ? new CountWindow(shape.count(), content(), inputs, closing)
                        : new OverlappingCount(shape.count(), shape.countHop(), store, options.maxRows(), closing);
            case STATE ->
                new StateWindow(shape.begin().orElseThrow(), shape.end().orElse(null), content(), inputs, closing);
        };
    }

    private Window hopping(Plan.Window shape) {
        Alignment hops = new Alignment(shape.hopNanos(), shape.days(), options.zone());
        if (keepsRows()) {
            return new HoppingRows(shape.sizeNanos(), hops, store, options.maxRows(), closing);
        }
        long pane = HoppingPanes.divisor(shape.sizeNanos(), shape.hopNanos());
        return new HoppingPanes(
                shape.sizeNanos(),
                new Alignment(pane, shape.days(), options.zone()),
                hops,
                () -> pane(options.maxGroups()),
                new Pane(plan.dimensions(), plan.aggregates(), store.unlimited(), Integer.MAX_VALUE),
                closing);
    }

    private Content content() {
        return keepsRows() ? new Rows(store, options.maxRows()) : pane(options.maxGroups());
    }

    /** A pane for rows, or for what a join has made of them. */
    Pane pane(int maxGroups) {
        return new Pane(plan.dimensions(), plan.aggregates(), store, maxGroups);
    }

    /** Whether results need the rows: there is one for each, they have to be joined, or WHERE is asked at the end. */
    private boolean keepsRows() {
        return !plan.grouped()
                || plan.inputs().size() > 1
                || !plan.whereBeforeWindow() && plan.where().isPresent();
    }
}
