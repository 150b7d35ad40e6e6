package org.headgate.rule.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Column;
import org.headgate.data.api.Row;
import org.headgate.data.api.RowBuilder;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.Frame;
import org.headgate.rule.language.Plan;

/** Makes the results of one instant out of what the frame shows: HAVING, the columns, unnesting, order and limit. */
final class Emission {
    private static final Comparator<Object> VALUES = Comparator.nullsFirst(Emission::compare);

    private final Plan plan;
    private final Frame frame;
    private final RuleEdge edge;
    private final RuleOutput output;
    private final Consumer<RuntimeException> defects;
    private final Expression having;
    private final Expression[] columns;
    private final boolean sorts;
    private final int limit;
    private final List<Sorted> sorted = new ArrayList<>();
    private int number;
    private int rows;

    private record Sorted(Object[] keys, Row row) {}

    Emission(Plan plan, Frame frame, RuleEdge edge, RuleOutput output, Consumer<RuntimeException> defects) {
        this.plan = plan;
        this.frame = frame;
        this.edge = edge;
        this.output = output;
        this.defects = defects;
        this.having = plan.having().filter(any -> plan.grouped()).orElse(null);
        this.sorts = !plan.order().isEmpty();
        this.limit = plan.limit();
        this.columns = plan.columns().toArray(Expression[]::new);
    }

    /** Begins the results of one instant. */
    void begin() {
        number = 0;
        rows = 0;
        if (sorts) {
            sorted.clear();
        }
    }

    /** Adds the result that the frame shows, or what unnesting makes of it. */
    void add(long timeNanos, ClockState clock) {
        if (having == null || having.evalBoolean(frame) && !frame.isNull()) {
            frame.rowNumber(++number);
            result(timeNanos, clock);
        }
    }

    /** Adds one of several results: one that fails must not take the others, nor the row that closed the window. */
    void addOneOfMany(long timeNanos, ClockState clock) {
        try {
            add(timeNanos, clock);
        } catch (RuntimeException defect) {
            defects.accept(defect);
        }
    }

    /** Puts out the row that is looked at, as it is. */
    void pass(Row row) {
        put(row);
    }

    /** Ends the emission; without results there was none. */
    void end(long timeNanos) {
        if (sorts && !sorted.isEmpty()) {
            sorted.sort(this::inOrder);
            sorted.forEach(each -> put(each.row()));
            sorted.clear();
        }
        if (rows > 0) {
            output.end(timeNanos);
        }
    }

    private void result(long timeNanos, ClockState clock) {
        if (plan.unnested().isPresent()) {
            unnest(plan.unnested().getAsInt(), timeNanos, clock);
            return;
        }
        RowBuilder builder = Row.builder(plan.output());
        for (int i = 0; i < columns.length; i++) {
            columns[i].store(frame, builder, i);
        }
        keep(builder.build(timeNanos, clock));
    }

    private void keep(Row row) {
        if (!sorts) {
            put(row);
            return;
        }
        Object[] keys = new Object[plan.order().size()];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = plan.order().get(i).by().evalObject(frame);
        }
        sorted.add(new Sorted(keys, row));
    }

    private void put(Row row) {
        if (rows < limit) {
            rows++;
            output.row(row);
            edge.emitted();
        }
    }

    /** A result for each element of an array: a struct's fields become columns, anything else takes the array's place. */
    private void unnest(int index, long timeNanos, ClockState clock) {
        if (!(columns[index].evalObject(frame) instanceof List<?> elements)) {
            return;
        }
        for (Object element : elements) {
            Map<String, Object> fields = new LinkedHashMap<>();
            if (element instanceof Map<?, ?> struct) {
                struct.forEach((name, value) -> fields.put(String.valueOf(name), value));
            } else {
                fields.put(plan.output().column(index).name(), element);
            }
            keep(spread(index, fields, timeNanos, clock));
        }
    }

    private Row spread(int index, Map<String, Object> fields, long timeNanos, ClockState clock) {
        List<Column> made = new ArrayList<>();
        List<Expression> sources = new ArrayList<>();
        for (int i = 0; i < columns.length; i++) {
            Column column = plan.output().column(i);
            if (i != index && !fields.containsKey(column.name())) {
                made.add(column);
                sources.add(columns[i]);
            }
        }
        fields.keySet().forEach(name -> made.add(Column.of(name, Type.ANY)));
        RowBuilder builder = Row.builder(Schema.of(made));
        for (int i = 0; i < sources.size(); i++) {
            sources.get(i).store(frame, builder, i);
        }
        int next = sources.size();
        for (Object value : fields.values()) {
            if (value != null) {
                builder.set(next, value);
            }
            next++;
        }
        return builder.build(timeNanos, clock);
    }

    private int inOrder(Sorted a, Sorted b) {
        for (int i = 0; i < a.keys().length; i++) {
            int order = VALUES.compare(a.keys()[i], b.keys()[i]);
            if (order != 0) {
                return plan.order().get(i).descending() ? -order : order;
            }
        }
        return 0;
    }

    /** Values of different kinds have no order of their own; they are told apart by their kind, so that sorting stays possible. */
    private static int compare(Object a, Object b) {
        if (a instanceof Long x && b instanceof Long y) {
            return Long.compare(x, y);
        }
        if (a instanceof Number x && b instanceof Number y) {
            return Double.compare(x.doubleValue(), y.doubleValue());
        }
        if (a instanceof String x && b instanceof String y) {
            return x.compareTo(y);
        }
        if (a instanceof Boolean x && b instanceof Boolean y) {
            return Boolean.compare(x, y);
        }
        return a.getClass().getName().compareTo(b.getClass().getName());
    }
}
