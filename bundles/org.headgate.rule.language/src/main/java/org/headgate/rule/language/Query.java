package org.headgate.rule.language;

import java.util.List;
import java.util.Optional;

/**
 * A rule as it is written.
 *
 * @param items what is selected, in order
 * @param stream the stream it reads
 * @param streamAt where the stream's name stands
 * @param where the condition on rows
 * @param dimensions the expressions of GROUP BY, the window left out
 * @param window the window of GROUP BY
 * @param having the condition on results of a window
 */
public record Query(
        List<Item> items,
        String stream,
        Position streamAt,
        Optional<Syntax> where,
        List<Syntax> dimensions,
        Optional<Window> window,
        Optional<Syntax> having) {
    /** One item of SELECT. */
    public sealed interface Item {
        /** {@code *}: all columns. */
        record Everything(Position at) implements Item {}

        /** An expression, with a name of its own where AS gives it one. */
        record Selected(Syntax expression, Optional<String> alias) implements Item {}
    }

    /**
     * {@code TUMBLINGWINDOW(unit, length)}.
     *
     * @param at where it begins
     * @param sizeNanos its size in nanoseconds
     */
    public record Window(Position at, long sizeNanos) {}

    /** The streams and tables that it reads, in the order of the text, each once. */
    public List<String> sources() {
        return List.of(stream);
    }

    /** Whether the rule hands on every row as it is: {@code SELECT *} and perhaps a WHERE. */
    public boolean isPlain() {
        return window.isEmpty() && items.size() == 1 && items.get(0) instanceof Item.Everything;
    }
}
