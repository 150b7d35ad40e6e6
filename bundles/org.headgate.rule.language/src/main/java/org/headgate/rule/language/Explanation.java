package org.headgate.rule.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.headgate.data.api.Column;
import org.headgate.data.api.Schema;
import org.headgate.rule.functions.FunctionCatalog;
import org.headgate.rule.functions.FunctionDefinition;

/** Says in words what a plan does, step by step: for {@code rule:explain}. */
public final class Explanation {
    /** The step that says what an index over the columns of the stream may answer, where there is one. */
    public static final String INDEXED = "indexed";

    private final Query query;
    private final Plan plan;
    private final FunctionCatalog functions;
    private final List<Step> steps = new ArrayList<>();

    /**
     * One step.
     *
     * @param name what happens: {@code reads}, {@code where}, {@code window} ...
     * @param text with what
     */
    public record Step(String name, String text) {}

    private Explanation(Query query, Plan plan, FunctionCatalog functions) {
        this.query = query;
        this.plan = plan;
        this.functions = functions;
    }

    /** The steps of a plan, in the order in which a row takes them. */
    public static List<Step> of(Query query, Plan plan, FunctionCatalog functions) {
        return new Explanation(query, plan, functions).steps();
    }

    private List<Step> steps() {
        for (Plan.Input input : plan.inputs()) {
            add(input.table().isPresent() ? "table" : "reads", input.name() + " (" + columns(input.schema()) + ")");
        }
        calls(FunctionDefinition.Analytic.class).forEach(call -> add("analytic", call));
        query.window().flatMap(Query.Window::filter).ifPresent(filter -> add("filter", filter.text()));
        if (plan.whereBeforeWindow()) {
            where();
        }
        query.window().ifPresent(window -> add("window", window(window)));
        for (int i = 0; i < plan.joins().size(); i++) {
            add("join", join(query.joins().get(i), plan.joins().get(i)));
        }
        if (!plan.whereBeforeWindow()) {
            where();
        }
        addAll("groups", query.dimensions().stream().map(Syntax::text).toList());
        addAll("aggregates", calls(FunctionDefinition.Aggregating.class));
        query.having().ifPresent(having -> add("having", having.text()));
        addAll(
                "order",
                query.order().stream()
                        .map(part -> part.by().text() + (part.descending() ? " DESC" : ""))
                        .toList());
        query.limit().ifPresent(limit -> add("limit", Integer.toString(limit)));
        plan.unnested()
                .ifPresent(column -> add("unnest", plan.output().column(column).name()));
        add("puts out", plan.passesThrough() ? "the rows as they are" : columns(plan.output()));
        return List.copyOf(steps);
    }

    private void where() {
        query.where().ifPresent(where -> add("where", where.text()));
        if (!plan.predicates().isEmpty()) {
            add(INDEXED, plan.predicates().stream().map(this::predicate).collect(Collectors.joining(" AND ")));
        }
    }

    private String predicate(Predicate predicate) {
        String column = plan.inputs().get(0).schema().column(predicate.column()).name();
        if (predicate instanceof Predicate.In in) {
            return column + " IN (" + in.values().stream().map(Dynamics::text).collect(Collectors.joining(", ")) + ")";
        }
        Predicate.Range range = (Predicate.Range) predicate;
        String low = range.low() == null ? "" : Dynamics.text(range.low()) + (range.lowIncluded() ? " <= " : " < ");
        String high = range.high() == null ? "" : (range.highIncluded() ? " <= " : " < ") + Dynamics.text(range.high());
        return low + column + high;
    }

    private String join(Query.Join written, Plan.Join join) {
        String on = written.on().map(condition -> " ON " + condition.text()).orElse("");
        String keys =
                join.leftKeys().isEmpty() ? "" : " (found by " + join.leftKeys().size() + " equal values)";
        return written.kind() + " " + written.source().label() + on + keys;
    }

    private static String window(Query.Window window) {
        String name = window.kind().name().toLowerCase(Locale.ROOT);
        return switch (window.kind()) {
            case TUMBLING -> name + " " + duration(window.sizeNanos());
            case HOPPING -> name + " " + duration(window.sizeNanos()) + " every " + duration(window.hopNanos());
            case SLIDING ->
                name + " " + duration(window.sizeNanos())
                        + (window.delayNanos() == 0 ? "" : " closed " + duration(window.delayNanos()) + " later")
                        + window.when().map(when -> " when " + when.text()).orElse("");
            case SESSION ->
                name + " up to " + duration(window.hopNanos()) + " of silence, " + duration(window.sizeNanos())
                        + " at most";
            case COUNT -> name + " " + window.count() + " rows every " + window.countHop();
            case STATE ->
                name + " from " + window.begin().map(Syntax::text).orElse("") + " to "
                        + window.end().map(Syntax::text).orElse("the next of these");
        };
    }

    private static String duration(long nanos) {
        return nanos % 1_000_000_000 == 0 ? nanos / 1_000_000_000 + "s" : nanos / 1_000_000 + "ms";
    }

    /** Calls of functions of a kind, each once, in the order of the text. */
    private List<String> calls(Class<? extends FunctionDefinition> kind) {
        return Precheck.calls(query).stream()
                .filter(call ->
                        functions.find(call.name()).filter(kind::isInstance).isPresent())
                .map(Syntax::text)
                .distinct()
                .toList();
    }

    private static String columns(Schema schema) {
        return schema.columns().stream().map(Explanation::column).collect(Collectors.joining(", "));
    }

    private static String column(Column column) {
        return column.name() + " " + column.type() + (column.unit().isEmpty() ? "" : " " + column.unit());
    }

    private void addAll(String name, List<String> texts) {
        if (!texts.isEmpty()) {
            add(name, String.join(", ", texts));
        }
    }

    private void add(String name, String text) {
        steps.add(new Step(name, text));
    }
}
