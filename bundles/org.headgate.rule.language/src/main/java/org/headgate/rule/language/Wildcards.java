package org.headgate.rule.language;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headgate.data.api.Column;
import org.headgate.data.api.Type;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.Frame;

/** What a {@code *} stands for. Of columns with one name in several sources of a join the first with a value counts, as in eKuiper. */
record Wildcards(Scope scope) {
    /** The columns by their names, in the order of the sources. */
    Map<String, Typed> columns(Position at, Optional<String> label) throws RuleException {
        Sources sources = scope.sources;
        Map<String, List<Typed>> found = new LinkedHashMap<>();
        int first = label.isEmpty() ? 0 : sources.get(label.get(), at);
        int last = label.isEmpty() ? sources.count() - 1 : first;
        for (int source = first; source <= last; source++) {
            scope.met.sources |= 1 << source;
            for (Column column : sources.schema(source).columns()) {
                scope.spend(1, at);
                found.computeIfAbsent(column.name(), name -> new ArrayList<>())
                        .add(sources.column(source, column.name(), at).orElseThrow());
            }
        }
        Map<String, Typed> columns = new LinkedHashMap<>();
        found.forEach((name, typed) -> columns.put(name, first(typed, at, name)));
        return columns;
    }

    private static Typed first(List<Typed> columns, Position at, String name) {
        if (columns.size() == 1) {
            return columns.get(0);
        }
        Type type = columns.get(0).type();
        boolean same = columns.stream().allMatch(column -> column.type() == type);
        return new Typed(
                new JoinedColumns.FirstPresent(
                        same ? type : Type.ANY,
                        columns.stream().map(Typed::expression).toList()),
                columns.get(0).unit(),
                at,
                name);
    }

    /** Arguments with a column for each that a {@code *} stands for. */
    List<Syntax> expanded(List<Syntax> arguments) throws RuleException {
        List<Syntax> all = new ArrayList<>();
        for (Syntax argument : arguments) {
            if (argument instanceof Syntax.Star star) {
                Sources sources = scope.sources;
                int source =
                        star.stream().isEmpty() ? 0 : sources.get(star.stream().get(), star.at());
                for (Column column : sources.schema(source).columns()) {
                    all.add(new Syntax.Column(star.at(), Optional.of(sources.label(source)), column.name()));
                }
            } else {
                all.add(argument);
            }
        }
        return all;
    }

    /** The row as one value: a struct of the columns that have a value. */
    Typed struct(Syntax.Star star) throws RuleException {
        Map<String, Typed> columns = columns(star.at(), star.stream());
        return new Typed(
                new RowStruct(
                        columns.keySet().toArray(String[]::new),
                        columns.values().stream().map(Typed::expression).toArray(Expression[]::new)),
                "",
                star.at(),
                "*");
    }

    /** A row as a struct. */
    private static final class RowStruct implements Expression.OfObject {
        private final String[] names;
        private final Expression[] columns;

        RowStruct(String[] names, Expression[] columns) {
            this.names = names;
            this.columns = columns;
        }

        @Override
        public Type type() {
            return Type.STRUCT;
        }

        @Override
        public Object evalObject(Frame frame) {
            Map<String, Object> fields = new LinkedHashMap<>();
            for (int i = 0; i < names.length; i++) {
                Object value = columns[i].evalObject(frame);
                if (!frame.isNull()) {
                    fields.put(names[i], value);
                }
            }
            frame.setNull(false);
            return fields;
        }
    }
}
