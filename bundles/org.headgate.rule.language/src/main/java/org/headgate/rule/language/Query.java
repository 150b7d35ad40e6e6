package org.headgate.rule.language;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * A rule as it is written.
 *
 * @param items what is selected, in order
 * @param from the stream it reads
 * @param joins the streams and tables that are joined with it, in order
 * @param where the condition on rows
 * @param dimensions the expressions of GROUP BY, the window left out
 * @param window the window of GROUP BY
 * @param having the condition on results of a window
 * @param order what the results of an emission are sorted by
 * @param limit how many results an emission has at most
 */
public record Query(
        List<Item> items,
        Source from,
        List<Join> joins,
        Optional<Syntax> where,
        List<Syntax> dimensions,
        Optional<Window> window,
        Optional<Syntax> having,
        List<Order> order,
        OptionalInt limit) {
    /** One item of SELECT. */
    public sealed interface Item {
        /**
         * {@code * EXCEPT(a, b) REPLACE(x + 1 AS x)}: all columns.
         *
         * @param stream whose columns, for {@code boiler.*}
         * @param except the names of those that are left out
         * @param replaced expressions that stand in for columns, each with the column's name
         */
        record Everything(Position at, Optional<String> stream, List<Name> except, List<Selected> replaced)
                implements Item {}

        /** An expression, with a name of its own where AS gives it one; not put out where it is invisible. */
        record Selected(Syntax expression, Optional<String> alias, boolean invisible) implements Item {}
    }

    /** A name with its place. */
    public record Name(Position at, String text) {}

    /** {@code boiler AS b}: a stream or a table. */
    public record Source(Position at, String name, Optional<String> alias) {
        /** What columns are qualified with: the alias, else the name. */
        public String label() {
            return alias.orElse(name);
        }
    }

    /** {@code LEFT JOIN source ON condition}. */
    public record Join(Position at, Plan.JoinKind kind, Source source, Optional<Syntax> on) {}

    /** One part of ORDER BY. */
    public record Order(Syntax by, boolean descending) {}

    /**
     * A window.
     *
     * @param at where it begins
     * @param kind its kind
     * @param days whether its unit is days
     * @param sizeNanos its size; of a session, at most
     * @param hopNanos the distance of two windows that hop, the silence that ends a session
     * @param delayNanos how long after its row a sliding window closes
     * @param count how many rows a count window has
     * @param countHop after how many rows the next count window closes
     * @param filter which rows may enter
     * @param when which rows make a sliding window close
     * @param begin which row opens a state window
     * @param end which row closes it
     */
    public record Window(
            Position at,
            Plan.Window.Kind kind,
            boolean days,
            long sizeNanos,
            long hopNanos,
            long delayNanos,
            int count,
            int countHop,
            Optional<Syntax> filter,
            Optional<Syntax> when,
            Optional<Syntax> begin,
            Optional<Syntax> end) {
        /** The conditions it has. */
        public Stream<Syntax> conditions() {
            return Stream.of(filter, when, begin, end).flatMap(Optional::stream);
        }
    }

    /** The stream it reads, the first one of a join. */
    public String stream() {
        return from.name();
    }

    /** Where that stream's name stands. */
    public Position streamAt() {
        return from.at();
    }

    /** The streams and tables that it reads, in the order of the text, each once. */
    public List<String> sources() {
        return inputs().stream().map(Source::name).distinct().toList();
    }

    /** What it reads, in the order of the text; the inputs of its plan. */
    public List<Source> inputs() {
        return Stream.concat(Stream.of(from), joins.stream().map(Join::source)).toList();
    }

    /** Whether the rule hands on every row as it is: {@code SELECT *} and perhaps a WHERE. */
    public boolean isPlain() {
        return window.isEmpty()
                && joins.isEmpty()
                && limit.isEmpty()
                && items.size() == 1
                && items.get(0) instanceof Item.Everything all
                && all.except().isEmpty()
                && all.replaced().isEmpty();
    }

    /** Every expression of the rule, clause by clause. */
    public Stream<Syntax> expressions() {
        return Stream.of(
                        items.stream().flatMap(Query::expressions),
                        joins.stream().flatMap(join -> join.on().stream()),
                        where.stream(),
                        dimensions.stream(),
                        window.stream().flatMap(Window::conditions),
                        having.stream(),
                        order.stream().map(Order::by))
                .flatMap(clause -> clause);
    }

    private static Stream<Syntax> expressions(Item item) {
        return item instanceof Item.Selected selected
                ? Stream.of(selected.expression())
                : ((Item.Everything) item).replaced().stream().map(Item.Selected::expression);
    }
}
