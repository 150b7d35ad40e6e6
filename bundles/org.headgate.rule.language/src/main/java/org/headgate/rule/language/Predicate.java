package org.headgate.rule.language;

import java.util.List;

/**
 * A part of WHERE that an index over a column can answer: where it is not true, WHERE is not true, either. A null is never in it.
 */
public sealed interface Predicate {
    /** The column's index in a row of the first input. */
    int column();

    /**
     * The column has one of these values: Boolean, Long, Double or String, of the column's own type; numbers that the column cannot have
     * are left out, so that the list may be empty.
     *
     * @param values the values, each once
     */
    record In(int column, List<Object> values) implements Predicate {}

    /**
     * The column lies between two bounds: Double for a column of numbers (of LONG, too), String for one of texts.
     *
     * @param low the lower bound, {@code null} for none
     * @param lowIncluded whether the lower bound itself is in it
     * @param high the upper bound, {@code null} for none
     * @param highIncluded whether the upper bound itself is in it
     */
    record Range(int column, Comparable<?> low, boolean lowIncluded, Comparable<?> high, boolean highIncluded)
            implements Predicate {}
}
