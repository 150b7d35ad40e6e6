package org.headgate.data.api;

import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * The ordered columns of a row. Interned: equal schemas are the same object as long as one of them is in use, so a
 * compiled rule recognises "its" schema by {@code ==} and links again when another one arrives.
 */
public final class Schema {
    private static final Map<Schema, WeakReference<Schema>> INTERNED = new WeakHashMap<>();

    private final Column[] columns;
    private final Map<String, Integer> indexes;

    private Schema(Column[] columns) {
        this.columns = columns;
        this.indexes = new HashMap<>(columns.length * 2);
        for (int i = 0; i < columns.length; i++) {
            if (indexes.put(columns[i].name(), i) != null) {
                throw new IllegalArgumentException("two columns named " + columns[i].name());
            }
        }
    }

    /**
     * The schema of these columns, in this order.
     *
     * @throws IllegalArgumentException when two columns have the same name
     */
    public static Schema of(List<Column> columns) {
        Schema schema = new Schema(columns.toArray(Column[]::new));
        synchronized (INTERNED) {
            WeakReference<Schema> known = INTERNED.get(schema);
            Schema interned = known == null ? null : known.get();
            if (interned != null) {
                return interned;
            }
            INTERNED.put(schema, new WeakReference<>(schema));
            return schema;
        }
    }

    /** The schema of these columns, in this order. */
    public static Schema of(Column... columns) {
        return of(List.of(columns));
    }

    /** How many columns there are. */
    public int size() {
        return columns.length;
    }

    /** The column at an index from 0. */
    public Column column(int index) {
        return columns[index];
    }

    /** The type of the column at an index from 0. */
    public Type type(int index) {
        return columns[index].type();
    }

    /** The index of the column with this name, or -1. */
    public int indexOf(String name) {
        return indexes.getOrDefault(name, -1);
    }

    /** All columns, in order. */
    public List<Column> columns() {
        return List.of(columns);
    }

    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof Schema schema && Arrays.equals(columns, schema.columns);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(columns);
    }

    @Override
    public String toString() {
        return Arrays.toString(columns);
    }
}
