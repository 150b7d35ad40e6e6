package org.headgate.rule.language;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.headgate.config.api.Texts;
import org.headgate.data.api.Column;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.rule.functions.Expression;

/** Compiles SELECT: which columns come out, in which order, under which names. */
final class SelectLinker {
    private final Scope scope;
    /** Output columns by name, in order; an alias takes the place of a column of {@code *} with its name. */
    private final Map<String, Output> outputs = new LinkedHashMap<>();

    private Optional<String> unnested = Optional.empty();
    private int unnamed;
    /** Whether an aggregate was met. */
    boolean aggregated;

    private record Output(Typed value, boolean replaceable) {}

    SelectLinker(Scope scope) {
        this.scope = scope;
    }

    void link(List<Query.Item> items) throws RuleException {
        for (Query.Item item : items) {
            if (item instanceof Query.Item.Everything everything) {
                everything(everything);
            } else {
                selected((Query.Item.Selected) item);
            }
        }
        if (outputs.isEmpty() && !scope.sources.anyOpen()) {
            throw new RuleException(Position.START, "expected at least one column that is put out");
        }
    }

    private void selected(Query.Item.Selected item) throws RuleException {
        if (CallLinker.is(CallLinker.CHANGED_COLS, item.expression())) {
            changedColumns((Syntax.Call) item.expression(), item.alias());
            return;
        }
        String name = item.alias().orElseGet(() -> name(item.expression()));
        if (CallLinker.is(CallLinker.UNNEST, item.expression())) {
            unnest((Syntax.Call) item.expression(), name);
            return;
        }
        add(name, item.expression(), item.alias().isPresent(), item.invisible());
    }

    private void add(String name, Syntax expression, boolean alias, boolean invisible) throws RuleException {
        scope.forget();
        int before = scope.steps;
        Typed value = new ExpressionLinker(scope, Scope.Clause.SELECT).link(expression);
        aggregated |= scope.met.aggregate;
        if (invisible) {
            hide(name);
        } else {
            put(name, value);
        }
        if (alias) {
            scope.alias(name, value, scope.steps - before);
        }
    }

    private void put(String name, Typed value) throws RuleException {
        Output known = outputs.get(name);
        if (known != null && !known.replaceable()) {
            throw new RuleException(
                    value.at(), "expected another name, " + name + " is there already: write AS and a name");
        }
        outputs.put(name, new Output(value, false));
    }

    /** What is invisible takes a column of {@code *} with its name along. */
    private void hide(String name) {
        Output known = outputs.get(name);
        if (known != null && known.replaceable()) {
            outputs.remove(name);
        }
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

    private void everything(Query.Item.Everything item) throws RuleException {
        scope.forget();
        Map<String, Typed> columns = new Wildcards(scope).columns(item.at(), item.stream());
        for (Query.Name name : item.except()) {
            if (columns.remove(name.text()) == null && !scope.sources.anyOpen()) {
                String hint = Texts.nearest(name.text(), columns.keySet())
                        .map(nearest -> ": did you mean " + nearest + "?")
                        .orElse("");
                throw new RuleException(name.at(), "expected a column to leave out, found " + name.text() + hint);
            }
        }
        columns.forEach((name, value) -> outputs.putIfAbsent(name, new Output(value, true)));
        for (Query.Item.Selected replaced : item.replaced()) {
            add(replaced.alias().orElseThrow(), replaced.expression(), true, false);
        }
    }

    /** {@code unnest(array)}: its elements become results, one each; what they are is known only then. */
    private void unnest(Syntax.Call call, String name) throws RuleException {
        if (unnested.isPresent() || call.arguments().size() != 1) {
            throw new RuleException(call.at(), "expected unnest(array) as an item of SELECT, once");
        }
        scope.forget();
        Typed array = new ExpressionLinker(scope, Scope.Clause.SELECT)
                .link(call.arguments().get(0));
        aggregated |= scope.met.aggregate;
        array.array();
        put(name, array);
        unnested = Optional.of(name);
    }

    /** {@code changed_cols(prefix, ignoreNull, a, b)} is {@code changed_col(ignoreNull, a) AS prefixa, ...}. */
    private void changedColumns(Syntax.Call call, Optional<String> alias) throws RuleException {
        List<Syntax> arguments = call.arguments();
        if (arguments.size() < 3 || !(arguments.get(0) instanceof Syntax.TextLiteral prefix)) {
            throw new RuleException(
                    call.at(), "expected changed_cols(prefix, ignoreNull, x, ...), prefix being a text");
        }
        if (alias.isPresent()) {
            throw new RuleException(
                    call.at(), "expected no AS behind changed_cols: its first argument is a prefix of the names");
        }
        List<Syntax> columns = new Wildcards(scope).expanded(arguments.subList(2, arguments.size()));
        for (Syntax column : columns) {
            add(
                    prefix.value() + name(column),
                    new Syntax.Call(
                            call.at(), "changed_col", List.of(arguments.get(1), column), call.filter(), call.over()),
                    false,
                    false);
        }
    }

    Schema schema() {
        List<Column> columns = new ArrayList<>();
        outputs.forEach((name, output) -> {
            Type type = unnested.filter(name::equals).isPresent()
                    ? Type.ANY
                    : output.value().type();
            columns.add(new Column(name, type, output.value().unit()));
        });
        return Schema.of(columns);
    }

    List<Expression> columns() {
        return outputs.values().stream()
                .map(output -> output.value().expression())
                .toList();
    }

    OptionalInt unnested() {
        int index = 0;
        for (String name : outputs.keySet()) {
            if (unnested.filter(name::equals).isPresent()) {
                return OptionalInt.of(index);
            }
            index++;
        }
        return OptionalInt.empty();
    }
}
