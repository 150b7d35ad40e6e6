package org.headgate.rule.engine;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.headgate.data.api.DropReason;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.RowCondition;
import org.headgate.rule.language.Plan;

/**
 * The way through the commonest rules: one stream, in processing time, nothing that remembers earlier rows but a window. Rows that its WHERE, if it has
 * one, does not let through see neither the pipeline nor a frame; nothing of a rule like this is due between two rows of one instant.
 */
final class Straight {
    private final Predicate<Row> where;
    private final boolean windowed;
    private final Pipeline pipeline;
    private final RuleEdge edge;
    private final Health health;
    private final Supplier<String> limits;

    private Straight(
            Predicate<Row> where,
            boolean windowed,
            Pipeline pipeline,
            RuleEdge edge,
            Health health,
            Supplier<String> limits) {
        this.where = where;
        this.windowed = windowed;
        this.pipeline = pipeline;
        this.edge = edge;
        this.health = health;
        this.limits = limits;
    }

    /** The way through a rule, where there is one. */
    static Optional<Straight> of(Plan plan, Pipeline pipeline, RuleEdge edge, Health health, Supplier<String> limits) {
        boolean remembers = !plan.analytics().isEmpty()
                || !plan.reductions().isEmpty()
                || plan.holding().isPresent()
                || plan.inputs().size() > 1;
        Expression where = plan.where().orElse(null);
        boolean asks = where != null && !(where instanceof RowCondition && plan.whereBeforeWindow());
        if (remembers || asks || !plan.window().map(Straight::isSimple).orElse(true)) {
            return Optional.empty();
        }
        Predicate<Row> test = where == null ? row -> true : ((RowCondition) where).test();
        return Optional.of(new Straight(test, plan.window().isPresent(), pipeline, edge, health, limits));
    }

    /** Whether a window that is not over before a row of an instant is not over after it either, by time. */
    private static boolean isSimple(Plan.Window window) {
        return window.filter().isEmpty()
                && (window.kind() == Plan.Window.Kind.TUMBLING || window.kind() == Plan.Window.Kind.COUNT);
    }

    /** Takes rows up to the first with another schema, and counts them in; the index behind the last one. */
    int rows(Row[] rows, int from, int to, long nowNanos) {
        Schema schema = rows[from].schema();
        long filtered = 0;
        int i = from;
        if (windowed) {
            pipeline.seen(rows[from]);
            pipeline.advance(nowNanos);
        }
        try {
            while (i < to && rows[i].schema() == schema) {
                Row row = rows[i++];
                if (where.test(row)) {
                    pass(row, nowNanos);
                } else {
                    filtered++;
                }
            }
            if (windowed) {
                pipeline.seen(rows[i - 1]);
            }
        } finally {
            edge.took(i - from, filtered);
        }
        return i;
    }

    private void pass(Row row, long nowNanos) {
        try {
            if (!pipeline.passed(row, nowNanos)) {
                edge.flow().dropped(DropReason.LIMIT, 1);
                health.trouble(limits.get());
            }
        } catch (RuntimeException defect) {
            if (!pipeline.counted()) {
                edge.flow().dropped(DropReason.ERROR, 1);
            }
            health.defect(defect);
        }
    }
}
