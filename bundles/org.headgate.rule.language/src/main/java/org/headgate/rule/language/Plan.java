package org.headgate.rule.language;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.headgate.data.api.Schema;
import org.headgate.rule.functions.Aggregate;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.Holding;
import org.headgate.rule.functions.Reduction;
import org.headgate.rule.functions.Tracking;

/**
 * A rule compiled for the schemas of its streams: columns are indexes, types are known, everything that can be wrong with the text has
 * been found. The expressions have state (a deadband's last value): a plan belongs to one rule.
 *
 * <p>A row's way: {@code analytics}, then, in a window, {@code window.filter}; {@code where}; the window; when it closes
 * {@code joins}, {@code dimensions}, {@code aggregates}, {@code having}, {@code order}, {@code limit}, {@code columns}. In count, sliding and state
 * windows, and behind a join, {@code where} is asked later: {@link #whereBeforeWindow}.
 *
 * <p>Expressions of a rule with one input see {@link org.headgate.rule.functions.Frame#row()}; of one with several they see {@link
 * org.headgate.rule.functions.Frame#row(int)}, the row of each input, {@code null} where there is none: conditions of the window and analytic
 * functions, asked for a row that comes in, see that row alone, in the place of its input.
 *
 * <p>A window whose results are not grouped gives a result for each row. Its {@code having} is asked once, for the first row, with the
 * {@code aggregates} over all of its rows, as LF Edge eKuiper does: {@code SELECT * ... HAVING count(*) > 2}.
 *
 * @param inputs the streams and tables, in the order of FROM and JOIN; the first is a stream
 * @param joins one for each input after the first
 * @param output the schema of what it puts out; what {@code unnested} gives comes in addition
 * @param passesThrough whether output rows are the input rows themselves
 * @param analytics the calls of analytic functions, in the order of {@link org.headgate.rule.functions.Frame#tracker}
 * @param where the condition on rows
 * @param reductions the parts of {@code where} that want to hear which rows were let through
 * @param holding a condition that judges a row by later ones, asked when {@code where} is true
 * @param window the window, for a rule that has one
 * @param grouped whether a window gives one result for each group; otherwise one for each row
 * @param dimensions what the rows of a window are grouped by
 * @param aggregates the aggregates of each group, in the order of {@link org.headgate.rule.functions.Frame#aggregate}
 * @param having the condition on results of a window
 * @param order what the results of an emission are sorted by, the most significant first
 * @param limit how many results an emission has at most
 * @param columns the expression of each output column
 * @param unnested the column whose array becomes a result for each of its elements; a struct spreads into columns, by the names of its fields,
 *     which take the place of this column and of others with their names
 * @param predicates what an index over the columns of the first input can answer: {@code where} is true only where all of them are
 */
public record Plan(
        List<Input> inputs,
        List<Join> joins,
        Schema output,
        boolean passesThrough,
        List<Analytic> analytics,
        Optional<Expression> where,
        List<Reduction> reductions,
        Optional<Holding> holding,
        Optional<Window> window,
        boolean grouped,
        List<Expression> dimensions,
        List<Aggregate> aggregates,
        Optional<Expression> having,
        List<Order> order,
        int limit,
        List<Expression> columns,
        OptionalInt unnested,
        List<Predicate> predicates) {

    /** Whether {@code where} is asked when a row comes, before it enters the window; otherwise for the rows, or joined rows, of a closing window. */
    public boolean whereBeforeWindow() {
        return joins.isEmpty()
                && window.map(Window::kind).map(Window.Kind::filtersFirst).orElse(true);
    }

    /** Whether streams are joined, not only tables with a stream. */
    public boolean joinsStreams() {
        return inputs.stream().filter(input -> input.table().isEmpty()).count() > 1;
    }

    /**
     * One of the things that a rule reads.
     *
     * @param name the stream's or the table's name
     * @param schema what the plan was compiled for; rows of another schema need another plan
     * @param table the rows, where it is a table
     */
    public record Input(String name, Schema schema, Optional<Table> table) {}

    /**
     * How an input is joined to those before it.
     *
     * @param kind which rows without a partner appear
     * @param on the condition, over the rows of this input and those before it; empty for CROSS
     * @param leftKeys what has to equal {@code rightKeys} wherever {@code on} is true, evaluated over the inputs before: for a table's index
     * @param rightKeys the same, over this input's row
     */
    public record Join(JoinKind kind, Optional<Expression> on, List<Expression> leftKeys, List<Expression> rightKeys) {}

    /** Which rows without a partner a join keeps. */
    public enum JoinKind {
        /** None. */
        INNER,
        /** Those of the inputs before. */
        LEFT,
        /** Those of the input that is joined. */
        RIGHT,
        /** All. */
        FULL,
        /** Every row has every other as its partner. */
        CROSS
    }

    /**
     * A call of an analytic function.
     *
     * @param partition what the rows are told apart by; each value has a tracker of its own
     * @param when the condition for a row to count
     */
    public record Analytic(Tracking tracking, List<Expression> partition, Optional<Expression> when) {}

    /** A column that results are sorted by; null is smaller than any value. */
    public record Order(Expression by, boolean descending) {}

    /**
     * A window.
     *
     * @param kind its kind
     * @param days whether the sizes are days, which are aligned to local midnight and may have 23 or 25 hours
     * @param sizeNanos how long it is; of a session, at most
     * @param hopNanos the distance of two windows that hop; of a session, the silence that ends it
     * @param delayNanos how long after its row a sliding window closes
     * @param count how many rows a count window has
     * @param countHop after how many rows the next count window closes
     * @param filter which rows may enter
     * @param when which rows make a sliding window close
     * @param begin which row opens a state window
     * @param end which row closes it; empty where the next row that may open one does
     */
    public record Window(
            Kind kind,
            boolean days,
            long sizeNanos,
            long hopNanos,
            long delayNanos,
            int count,
            int countHop,
            Optional<Expression> filter,
            Optional<Expression> when,
            Optional<Expression> begin,
            Optional<Expression> end) {
        /** How a window opens and closes. */
        public enum Kind {
            /** One after the other, without gaps, aligned to the epoch. */
            TUMBLING,
            /** Of equal size, at equal distances. */
            HOPPING,
            /** One for each row, ending with it. */
            SLIDING,
            /** As long as rows keep coming. */
            SESSION,
            /** A number of rows. */
            COUNT,
            /** From a row to a row. */
            STATE;

            /** Whether WHERE decides which rows enter it. Of the others every row makes the bounds, and WHERE looks at what is within. */
            boolean filtersFirst() {
                return this == TUMBLING || this == HOPPING || this == SESSION;
            }
        }
    }
}
