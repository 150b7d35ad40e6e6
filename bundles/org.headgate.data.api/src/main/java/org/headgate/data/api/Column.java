package org.headgate.data.api;

import java.util.Objects;

/**
 * One column of a schema.
 *
 * @param name the channel's or the expression's name, not empty
 * @param type the type of every value in the column
 * @param unit a UCUM unit such as {@code Cel} or {@code bar}; empty where there is none
 */
public record Column(String name, Type type, String unit) {
    public Column {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a column without a name");
        }
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(unit, "unit");
    }

    /** A column without a unit. */
    public static Column of(String name, Type type) {
        return new Column(name, type, "");
    }
}
