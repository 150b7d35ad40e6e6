package org.headgate.rule.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Column;
import org.headgate.data.api.Row;
import org.headgate.data.api.RowBuilder;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.rule.language.Table;

/** Gathers the values of a table, finds the types of its columns, and makes its rows. */
final class TableBuilder {
    static final int MAX_COLUMNS = 256;

    private final List<String> names;
    private final String place;
    private final boolean texts;
    /** Whether the columns that are wanted are all that the table has. */
    private final boolean only;

    private final Map<String, Type> wanted;
    private final Optional<String> key;
    private final List<List<?>> rows = new ArrayList<>();
    private final List<Integer> places = new ArrayList<>();

    private TableBuilder(
            List<String> names,
            String place,
            boolean texts,
            boolean only,
            Map<String, Type> wanted,
            Optional<String> key)
            throws TableException {
        this.names = names;
        this.place = place;
        this.texts = texts;
        this.only = only;
        this.wanted = wanted;
        this.key = key;
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (name == null || name.isBlank()) {
                throw new TableException("a column without a name (expected: a name for each column)");
            }
            if (!seen.add(name)) {
                throw new TableException("column " + name + ": twice (expected: a name for each column)");
            }
        }
        List<String> needed = new ArrayList<>(wanted.keySet());
        key.ifPresent(needed::add);
        for (String column : needed) {
            // An empty JSON file names no columns.
            if (!seen.contains(column) && (texts || !names.isEmpty())) {
                throw new TableException("column " + column + ": missing (there are " + String.join(", ", names) + ")");
            }
        }
    }

    /** Cells are texts, whose types have to be found. */
    static TableBuilder ofTexts(List<String> names, Map<String, Type> wanted, Optional<String> key)
            throws TableException {
        return new TableBuilder(names, "line ", true, !wanted.isEmpty(), wanted, key);
    }

    /** Values have their types already. */
    static TableBuilder ofValues(List<String> names, Map<String, Type> wanted, Optional<String> key)
            throws TableException {
        return new TableBuilder(names, "row ", false, !wanted.isEmpty(), wanted, key);
    }

    /** Texts that come from no file; some types are known. */
    static TableBuilder ofCells(List<String> names, Map<String, Type> wanted) throws TableException {
        return new TableBuilder(names, "row ", true, false, wanted, Optional.empty());
    }

    static TableException tooManyColumns() {
        return new TableException("too many columns (expected: at most " + MAX_COLUMNS + ")");
    }

    /** Adds a row; {@code at} is its line or number. */
    void add(int at, List<?> values) throws TableException {
        if (rows.size() == TableReader.MAX_ROWS) {
            throw new TableException("too many rows (expected: at most " + TableReader.MAX_ROWS + ")");
        }
        rows.add(values);
        places.add(at);
    }

    Table build() throws TableException {
        Map<String, Type> types = only ? wanted : found();
        Schema schema = Schema.of(types.entrySet().stream()
                .map(column -> Column.of(column.getKey(), column.getValue()))
                .toList());
        int[] from = types.keySet().stream().mapToInt(names::indexOf).toArray();
        List<Row> built = new ArrayList<>(rows.size());
        Map<Object, Integer> keys = new HashMap<>();
        int keyAt = key.map(names::indexOf).orElse(-1);
        for (int i = 0; i < rows.size(); i++) {
            List<?> values = rows.get(i);
            if (keyAt >= 0) {
                unique(keys, values.get(keyAt), i);
            }
            RowBuilder row = Row.builder(schema);
            for (int column = 0; column < from.length; column++) {
                Object value = from[column] < 0 ? null : values.get(from[column]);
                if (value != null) {
                    row.set(column, fitting(schema.column(column), value, i));
                }
            }
            built.add(row.build(0, ClockState.SYNCED));
        }
        return new Table(schema, List.copyOf(built));
    }

    private void unique(Map<Object, Integer> keys, Object value, int row) throws TableException {
        if (value == null) {
            throw wrong(row, key.orElseThrow(), "missing", "a value in every row, being the key");
        }
        Object same = value instanceof Number number ? (Object) number.doubleValue() : value;
        Integer before = keys.put(same, row);
        if (before != null) {
            throw wrong(
                    row, key.orElseThrow(), value + " is in " + at(before), "another value in each row, being the key");
        }
    }

    private Map<String, Type> found() {
        Map<String, Type> types = new LinkedHashMap<>();
        for (int column = 0; column < names.size(); column++) {
            Type type = null;
            for (List<?> row : rows) {
                Object value = row.get(column);
                if (value != null) {
                    type = both(type, texts ? Values.typeOf((String) value) : Values.typeOf(value));
                }
            }
            Type unknown = texts ? Type.STRING : Type.ANY;
            types.put(names.get(column), wanted.getOrDefault(names.get(column), type == null ? unknown : type));
        }
        return types;
    }

    private Type both(Type known, Type type) {
        if (known == null || known == type) {
            return type;
        }
        boolean numbers = (known == Type.LONG || known == Type.DOUBLE) && (type == Type.LONG || type == Type.DOUBLE);
        Type mixed = texts ? Type.STRING : Type.ANY;
        return numbers ? Type.DOUBLE : mixed;
    }

    private Object fitting(Column column, Object value, int row) throws TableException {
        Object fitting = texts ? Values.parse(column.type(), (String) value) : Values.fit(column.type(), value);
        if (fitting == null) {
            throw wrong(row, column.name(), String.valueOf(value), "a " + column.type());
        }
        return fitting;
    }

    private TableException wrong(int row, String column, String found, String expected) {
        String shown = found.length() <= 40 ? found : found.substring(0, 40) + "...";
        return new TableException(at(row) + ": " + column + " " + shown + " (expected: " + expected + ")");
    }

    private String at(int row) {
        return place + places.get(row);
    }
}
