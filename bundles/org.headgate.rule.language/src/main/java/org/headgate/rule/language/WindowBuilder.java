package org.headgate.rule.language;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.headgate.config.api.Texts;
import org.headgate.rule.language.Plan.Window.Kind;
import org.headgate.rule.language.grammar.RuleSqlParser;

/** Builds the window of GROUP BY: units become nanoseconds, and what cannot be is refused with its place. */
record WindowBuilder(ExpressionBuilder expressions) {
    /** The units of LF Edge eKuiper's time windows, in nanoseconds. */
    private static final Map<String, Long> UNITS = Map.of(
            "dd",
            86_400_000_000_000L,
            "hh",
            3_600_000_000_000L,
            "mi",
            60_000_000_000L,
            "ss",
            1_000_000_000L,
            "ms",
            1_000_000L);
    /** A window of a year is a mistake, and so long as one does not overflow. */
    private static final long MAX_WINDOW_NANOS = 366 * UNITS.get("dd");

    Query.Window window(RuleSqlParser.WindowedContext tree) {
        Query.Window plain = plain(tree.window());
        if (tree.filter().size() > 1) {
            throw TreeBuilder.wrong(TreeBuilder.at(tree.filter(1)), "expected one FILTER only");
        }
        Optional<Syntax> filter =
                tree.filter().stream().findFirst().map(clause -> expressions.visit(clause.expression()));
        return new Query.Window(
                plain.at(),
                plain.kind(),
                plain.days(),
                plain.sizeNanos(),
                plain.hopNanos(),
                plain.delayNanos(),
                plain.count(),
                plain.countHop(),
                filter,
                trigger(plain.kind(), tree.trigger()),
                plain.begin(),
                plain.end());
    }

    private Optional<Syntax> trigger(Kind kind, List<RuleSqlParser.TriggerContext> clauses) {
        if (clauses.isEmpty()) {
            return Optional.empty();
        }
        if (kind != Kind.SLIDING) {
            throw TreeBuilder.wrong(
                    TreeBuilder.at(clauses.get(0)), "expected OVER (WHEN ...) behind SLIDINGWINDOW only");
        }
        if (clauses.size() > 1) {
            throw TreeBuilder.wrong(TreeBuilder.at(clauses.get(1)), "expected one OVER only");
        }
        return Optional.of(expressions.visit(clauses.get(0).expression()));
    }

    private Query.Window plain(RuleSqlParser.WindowContext tree) {
        Position at = TreeBuilder.at(tree);
        if (tree instanceof RuleSqlParser.TumblingContext tumbling) {
            long size = length(tumbling.name(), tumbling.INTEGER(), 1);
            return time(at, Kind.TUMBLING, tumbling.name(), size, size, 0);
        }
        if (tree instanceof RuleSqlParser.HoppingContext hopping) {
            long size = length(hopping.name(), hopping.INTEGER(0), 1);
            long hop = length(hopping.name(), hopping.INTEGER(1), 1);
            if (hop > size) {
                throw TreeBuilder.wrong(
                        TreeBuilder.at(hopping.INTEGER(1).getSymbol()),
                        "expected a distance of "
                                + hopping.INTEGER(0).getText() + " at most, the window's length, found "
                                + hopping.INTEGER(1).getText());
            }
            return time(at, Kind.HOPPING, hopping.name(), size, hop, 0);
        }
        if (tree instanceof RuleSqlParser.SlidingContext sliding) {
            long size = length(sliding.name(), sliding.INTEGER(0), 1);
            long delay = sliding.INTEGER(1) == null ? 0 : length(sliding.name(), sliding.INTEGER(1), 0);
            return time(at, Kind.SLIDING, sliding.name(), size, 0, delay);
        }
        if (tree instanceof RuleSqlParser.SessionContext session) {
            long longest = length(session.name(), session.INTEGER(0), 1);
            long silence = length(session.name(), session.INTEGER(1), 1);
            return time(at, Kind.SESSION, session.name(), longest, silence, 0);
        }
        if (tree instanceof RuleSqlParser.CountContext count) {
            return count(at, count);
        }
        RuleSqlParser.StateContext state = (RuleSqlParser.StateContext) tree;
        return new Query.Window(
                at,
                Kind.STATE,
                false,
                0,
                0,
                0,
                0,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.of(expressions.visit(state.expression(0))),
                Optional.ofNullable(state.expression(1)).map(expressions::visit));
    }

    private static Query.Window count(Position at, RuleSqlParser.CountContext tree) {
        int size = TreeBuilder.number(tree.INTEGER(0).getSymbol(), 1, "a number of rows");
        int hop = size;
        if (tree.INTEGER(1) != null) {
            Token second = tree.INTEGER(1).getSymbol();
            hop = TreeBuilder.number(second, 1, "a number of rows");
            if (hop > size) {
                throw TreeBuilder.wrong(
                        TreeBuilder.at(second),
                        "expected " + size + " rows at most, the window's length, found " + hop);
            }
        }
        return new Query.Window(
                at,
                Kind.COUNT,
                false,
                0,
                0,
                0,
                size,
                hop,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Query.Window time(
            Position at, Kind kind, RuleSqlParser.NameContext unit, long size, long hop, long delay) {
        return new Query.Window(
                at,
                kind,
                unit(unit).equals("dd"),
                size,
                hop,
                delay,
                0,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static String unit(RuleSqlParser.NameContext unit) {
        return TreeBuilder.name(unit).toLowerCase(Locale.ROOT);
    }

    private static long length(RuleSqlParser.NameContext unitName, TerminalNode written, int least) {
        String unit = unit(unitName);
        Long nanos = UNITS.get(unit);
        if (nanos == null) {
            throw TreeBuilder.wrong(TreeBuilder.at(unitName), "expected a unit (dd, hh, mi, ss or ms), found " + unit);
        }
        long count = Texts.number(written.getText()).orElse(Long.MAX_VALUE);
        if (count < least || count > MAX_WINDOW_NANOS / nanos) {
            throw TreeBuilder.wrong(
                    TreeBuilder.at(written.getSymbol()),
                    "expected a length from " + (least == 0 ? "0" : "1 ms") + " to 366 days, found " + written.getText()
                            + " " + unit);
        }
        return count * nanos;
    }
}
