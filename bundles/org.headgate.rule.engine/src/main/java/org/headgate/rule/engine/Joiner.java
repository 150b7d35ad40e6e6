package org.headgate.rule.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.headgate.data.api.Row;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.Frame;
import org.headgate.rule.functions.Result;
import org.headgate.rule.language.Plan;
import org.headgate.rule.window.Entry;

/** Joins the rows of a window, and those of tables, in the order in which the joins are written. */
final class Joiner {
    private static final Result[] NONE = {};
    private final Plan plan;
    private final Frame frame;
    private final int maxRows;
    private final List<Map<Object, List<Row>>> indexes = new ArrayList<>();
    private boolean full;

    /** The rows of a join, one for each input, and what the analytic functions gave for the first of them. */
    record Joined(Row[] rows, Result[] trackers) implements Results.Shown {
        @Override
        public void enter(Frame frame) {
            frame.enter(rows);
            frame.track(trackers);
        }

        @Override
        public Row newest() {
            Row newest = null;
            for (Row row : rows) {
                if (row != null && (newest == null || row.timeNanos() >= newest.timeNanos())) {
                    newest = row;
                }
            }
            return newest;
        }
    }

    /**
     * A joiner.
     *
     * @param maxRows how many rows a join may make
     */
    Joiner(Plan plan, Frame frame, int maxRows) {
        this.plan = plan;
        this.frame = frame;
        this.maxRows = maxRows;
        for (int i = 0; i < plan.joins().size(); i++) {
            indexes.add(index(plan.joins().get(i), plan.inputs().get(i + 1)));
        }
    }

    /** Whether the last join would have had more rows than it may. */
    boolean full() {
        return full;
    }

    List<Joined> join(List<Entry> entries) {
        full = false;
        List<Joined> left = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry.input() == 0) {
                left.add(new Joined(alone(entry.row(), 0), entry.trackers()));
            }
        }
        for (int i = 0; i < plan.joins().size(); i++) {
            left = join(left, i, entries);
        }
        return left;
    }

    private List<Joined> join(List<Joined> left, int number, List<Entry> entries) {
        Plan.Join join = plan.joins().get(number);
        int input = number + 1;
        boolean isTable = plan.inputs().get(input).table().isPresent();
        List<Row> right = isTable ? plan.inputs().get(input).table().get().rows() : rows(entries, input);
        boolean keepsLeft = join.kind() == Plan.JoinKind.LEFT || join.kind() == Plan.JoinKind.FULL;
        boolean keepsRight = join.kind() == Plan.JoinKind.RIGHT || join.kind() == Plan.JoinKind.FULL;
        boolean[] matched = new boolean[keepsRight ? right.size() : 0];
        List<Joined> result = new ArrayList<>();
        for (Joined each : left) {
            boolean any = false;
            List<Row> candidates = keepsRight ? right : candidates(join, number, each, right);
            for (int i = 0; i < candidates.size(); i++) {
                Joined both = with(each, input, candidates.get(i));
                if (matches(join, both)) {
                    any = true;
                    add(result, both);
                    if (keepsRight) {
                        matched[i] = true;
                    }
                }
            }
            if (!any && keepsLeft) {
                add(result, each);
            }
        }
        for (int i = 0; i < matched.length; i++) {
            if (!matched[i]) {
                add(result, new Joined(alone(right.get(i), input), NONE));
            }
        }
        return result;
    }

    private boolean matches(Plan.Join join, Joined both) {
        if (join.on().isEmpty()) {
            return true;
        }
        both.enter(frame);
        return join.on().get().evalBoolean(frame) && !frame.isNull();
    }

    private void add(List<Joined> result, Joined joined) {
        if (result.size() < maxRows) {
            result.add(joined);
        } else {
            full = true;
        }
    }

    /** The rows of a table that may match, by its index, or all. */
    private List<Row> candidates(Plan.Join join, int number, Joined left, List<Row> right) {
        Map<Object, List<Row>> index = indexes.get(number);
        if (index == null) {
            return right;
        }
        left.enter(frame);
        return index.getOrDefault(key(join.leftKeys()), List.of());
    }

    private Map<Object, List<Row>> index(Plan.Join join, Plan.Input input) {
        if (input.table().isEmpty() || join.rightKeys().isEmpty()) {
            return null;
        }
        int position = plan.inputs().indexOf(input);
        Map<Object, List<Row>> index = new HashMap<>();
        for (Row row : input.table().get().rows()) {
            frame.enter(alone(row, position));
            index.computeIfAbsent(key(join.rightKeys()), key -> new ArrayList<>())
                    .add(row);
        }
        return index;
    }

    /** Numbers are compared as such, whatever their type. */
    private Object key(List<Expression> parts) {
        Object[] values = new Object[parts.size()];
        for (int i = 0; i < values.length; i++) {
            Object value = parts.get(i).evalObject(frame);
            values[i] = value instanceof Number number ? (Object) number.doubleValue() : value;
        }
        return Arrays.asList(values);
    }

    private Row[] alone(Row row, int input) {
        Row[] rows = new Row[plan.inputs().size()];
        rows[input] = row;
        return rows;
    }

    private static Joined with(Joined left, int input, Row right) {
        Row[] rows = left.rows().clone();
        rows[input] = right;
        return new Joined(rows, left.trackers());
    }

    private static List<Row> rows(List<Entry> entries, int input) {
        return entries.stream()
                .filter(entry -> entry.input() == input)
                .map(Entry::row)
                .toList();
    }
}
