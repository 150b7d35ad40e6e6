package org.headgate.rule.language;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.headgate.data.api.Column;
import org.headgate.data.api.Schema;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.FunctionCatalog;

/** Compiles a rule for the schema of its stream. */
public final class Linker {
    private final Query query;
    private final Schema input;
    private final Scope scope;
    /** Output columns by name, in order; an alias takes the place of a column of {@code *} with its name. */
    private final Map<String, Output> outputs = new LinkedHashMap<>();

    private int unnamed;

    private record Output(Typed value, boolean replaceable) {}

    private Linker(Query query, Schema input, FunctionCatalog functions) {
        this.query = query;
        this.input = input;
        this.scope = new Scope(query.stream(), input, functions);
    }

    /**
     * The plan of a rule for rows of these schemas.
     *
     * @throws RuleException at the first name that is unknown or value that has the wrong type
     */
    public static Plan link(Query query, Inputs inputs, FunctionCatalog functions) throws RuleException {
        Schema input = inputs.stream(query.stream()).orElseThrow();
        return new Linker(query, input, functions).link();
    }

    private Plan link() throws RuleException {
        for (Query.Item item : query.items()) {
            if (item instanceof Query.Item.Selected selected) {
                select(selected);
            } else {
                selectEverything(((Query.Item.Everything) item).at());
            }
        }
        Optional<Expression> where = condition(query.where(), Scope.Clause.WHERE);
        List<Expression> dimensions = new ArrayList<>();
        for (Syntax dimension : query.dimensions()) {
            dimensions.add(dimension(new ExpressionLinker(scope, Scope.Clause.GROUP_BY).link(dimension)));
        }
        Optional<Expression> having = condition(query.having(), Scope.Clause.HAVING);
        checkWindow();
        List<Column> columns = new ArrayList<>();
        List<Expression> expressions = new ArrayList<>();
        outputs.forEach((name, output) -> {
            columns.add(new Column(name, output.value().type(), output.value().unit()));
            expressions.add(output.value().expression());
        });
        return new Plan(
                List.of(new Plan.Input(query.stream(), input, Optional.empty())),
                List.of(),
                query.isPlain() ? input : Schema.of(columns),
                query.isPlain(),
                List.of(),
                where,
                List.copyOf(scope.reductions),
                Optional.empty(),
                query.window().map(Linker::window),
                query.window().isPresent(),
                List.copyOf(dimensions),
                List.copyOf(scope.aggregates),
                having,
                List.of(),
                Integer.MAX_VALUE,
                List.copyOf(expressions),
                OptionalInt.empty());
    }

    private static Plan.Window window(Query.Window written) {
        return new Plan.Window(
                Plan.Window.Kind.TUMBLING,
                false,
                written.sizeNanos(),
                written.sizeNanos(),
                0,
                0,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private void select(Query.Item.Selected item) throws RuleException {
        scope.metAggregate = false;
        int before = scope.steps;
        Typed value = new ExpressionLinker(scope, Scope.Clause.SELECT).link(item.expression());
        String name = item.alias().orElseGet(() -> name(item.expression()));
        Output known = outputs.get(name);
        if (known != null && !known.replaceable()) {
            throw new RuleException(
                    value.at(), "expected another name, " + name + " is there already: write AS and a name");
        }
        outputs.put(name, new Output(value, false));
        item.alias().ifPresent(alias -> scope.alias(alias, value, scope.steps - before));
    }

    /** The name that LF Edge eKuiper gives: the column's, the function's, or a number. */
    private String name(Syntax expression) {
        if (expression instanceof Syntax.Column column) {
            return column.name();
        }
        if (expression instanceof Syntax.Call call) {
            return call.name().toLowerCase(Locale.ROOT);
        }
        return "kuiper_field_" + unnamed++;
    }

    private void selectEverything(Position at) throws RuleException {
        for (Column column : input.columns()) {
            Syntax.Column name = new Syntax.Column(at, Optional.of(query.stream()), column.name());
            Typed value = scope.resolve(name, Scope.Clause.SELECT);
            outputs.putIfAbsent(column.name(), new Output(value, true));
        }
    }

    private Optional<Expression> condition(Optional<Syntax> written, Scope.Clause clause) throws RuleException {
        return written.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new ExpressionLinker(scope, clause).link(written.get()).condition());
    }

    private static Expression dimension(Typed value) throws RuleException {
        return switch (value.type()) {
            case BOOLEAN, LONG, DOUBLE, STRING -> value.expression();
            default -> value.complain("a number, a text or a boolean");
        };
    }

    private void checkWindow() throws RuleException {
        if (query.window().isPresent()) {
            if (scope.aggregates.isEmpty() && query.dimensions().isEmpty()) {
                throw new RuleException(
                        query.window().get().at(),
                        "expected no window, or an aggregate such as avg(x) in SELECT, or a dimension beside the window");
            }
            return;
        }
        Precheck.checkNoWindow(query, scope.firstAggregate);
    }
}
