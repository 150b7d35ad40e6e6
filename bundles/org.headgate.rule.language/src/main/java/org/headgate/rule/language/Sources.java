package org.headgate.rule.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.headgate.config.api.Texts;
import org.headgate.data.api.Column;
import org.headgate.data.api.Schema;
import org.headgate.rule.functions.Expression;

/** The streams and tables of a rule with their columns. */
final class Sources {
    /** More inputs than anybody joins; a set of them fits into a number. */
    private static final int MAX = 16;

    private final List<Source> all = new ArrayList<>();

    /** One input; of an open one other columns than those of the schema may come, too. */
    private record Source(String label, String name, Schema schema, Optional<Table> table, boolean open) {}

    Sources(Query query, Inputs inputs) throws RuleException {
        for (Query.Source written : query.inputs()) {
            Source known = source(written, inputs);
            if (find(known.label()) >= 0) {
                throw new RuleException(
                        written.at(),
                        "expected another name, " + known.label() + " is there already: write AS and a name");
            }
            if (all.size() == MAX) {
                throw new RuleException(written.at(), "expected " + MAX + " streams and tables at most");
            }
            all.add(known);
        }
        if (all.get(0).table().isPresent()) {
            throw new RuleException(
                    query.streamAt(),
                    "expected a stream, found the table " + query.stream() + " (write it behind JOIN)");
        }
    }

    private static Source source(Query.Source written, Inputs inputs) throws RuleException {
        Optional<Table> table = inputs.table(written.name());
        if (table.isPresent()) {
            return new Source(written.label(), written.name(), table.get().schema(), table, false);
        }
        Schema schema = inputs.stream(written.name())
                .orElseThrow(() -> new RuleException(
                        written.at(),
                        "expected a stream whose columns are known, or a table, found " + written.name()));
        return new Source(written.label(), written.name(), schema, Optional.empty(), inputs.open(written.name()));
    }

    List<Plan.Input> inputs() {
        return all.stream()
                .map(source -> new Plan.Input(source.name(), source.schema(), source.table()))
                .toList();
    }

    int count() {
        return all.size();
    }

    boolean isTable(int source) {
        return all.get(source).table().isPresent();
    }

    /** Whether streams are joined, be it with tables, too: what a window is needed for. */
    boolean joinsStreams() {
        return all.stream().filter(source -> source.table().isEmpty()).count() > 1;
    }

    boolean anyOpen() {
        return all.stream().anyMatch(Source::open);
    }

    String name(int source) {
        return all.get(source).name();
    }

    String label(int source) {
        return all.get(source).label();
    }

    Schema schema(int source) {
        return all.get(source).schema();
    }

    /** The source of a label, or -1. */
    int find(String label) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).label().equals(label)) {
                return i;
            }
        }
        return -1;
    }

    /** The source of a label. */
    int get(String label, Position at) throws RuleException {
        int source = find(label);
        if (source < 0) {
            throw new RuleException(at, "expected " + labels() + ", found " + label);
        }
        return source;
    }

    /** The sources that have a column of this name. */
    List<Integer> having(String column) {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).schema().indexOf(column) >= 0) {
                found.add(i);
            }
        }
        return found;
    }

    /** A column of a source; of an open one that does not have it, a null. */
    Optional<Typed> column(int source, String name, Position at) {
        Source known = all.get(source);
        int index = known.schema().indexOf(name);
        if (index < 0) {
            return known.open() ? Optional.of(new Typed(new Constants.OfNull(), "", at, name)) : Optional.empty();
        }
        Column column = known.schema().column(index);
        Expression expression =
                all.size() == 1 ? Columns.of(column.type(), index) : JoinedColumns.of(column.type(), source, index);
        return Optional.of(new Typed(expression, column.unit(), at, name));
    }

    /** How a message names what has columns: {@code a column of boiler}. */
    RuleException unknown(Position at, String name, Optional<Integer> source, Set<String> aliases) {
        Set<String> known = new TreeSet<>(aliases);
        for (int i = 0; i < all.size(); i++) {
            if (source.isEmpty() || source.get() == i) {
                all.get(i).schema().columns().forEach(column -> known.add(column.name()));
            }
        }
        String where = source.map(only -> all.get(only).label()).orElseGet(this::labels);
        String hint = Texts.nearest(name, known)
                .map(nearest -> ": did you mean " + nearest + "?")
                .orElse(" (there are " + String.join(", ", known) + ")");
        return new RuleException(at, "expected a column of " + where + ", found " + name + hint);
    }

    private String labels() {
        List<String> labels = all.stream().map(Source::label).toList();
        int last = labels.size() - 1;
        return last == 0 ? labels.get(0) : String.join(", ", labels.subList(0, last)) + " or " + labels.get(last);
    }
}
