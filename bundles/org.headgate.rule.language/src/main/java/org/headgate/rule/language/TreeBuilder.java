package org.headgate.rule.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.ParseCancellationException;
import org.headgate.config.api.Texts;
import org.headgate.rule.language.grammar.RuleSqlParser;

/** Turns the parse tree into the syntax tree: from here on nothing knows the parser's library. */
final class TreeBuilder {
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

    private final ExpressionBuilder expressions = new ExpressionBuilder();

    Query query(RuleSqlParser.QueryContext tree) {
        List<Query.Item> items = new ArrayList<>();
        for (RuleSqlParser.SelectItemContext item : tree.selectItem()) {
            items.add(item(item));
        }
        List<Syntax> dimensions = new ArrayList<>();
        Optional<Query.Window> window = Optional.empty();
        for (RuleSqlParser.GroupItemContext item : tree.groupItem()) {
            if (item instanceof RuleSqlParser.DimensionContext dimension) {
                dimensions.add(expressions.visit(dimension.expression()));
            } else if (window.isPresent()) {
                throw wrong(at(item), "expected one window only");
            } else {
                window = Optional.of(window((RuleSqlParser.TumblingContext) item));
            }
        }
        return new Query(
                List.copyOf(items),
                stream(tree.name()),
                at(tree.name()),
                Optional.ofNullable(tree.where).map(expressions::visit),
                List.copyOf(dimensions),
                window,
                Optional.ofNullable(tree.having).map(expressions::visit));
    }

    /** A stream is named as devices and rules are; a pattern here would read the rule's own results. */
    private static String stream(RuleSqlParser.NameContext tree) {
        String name = name(tree);
        if (!Texts.isName(name)) {
            throw wrong(at(tree), "expected a stream's name (" + Texts.NAME_EXPECTED + "), found " + name);
        }
        return name;
    }

    private Query.Item item(RuleSqlParser.SelectItemContext item) {
        if (item instanceof RuleSqlParser.SelectedContext selected) {
            return new Query.Item.Selected(
                    expressions.visit(selected.expression()),
                    Optional.ofNullable(selected.name()).map(TreeBuilder::name));
        }
        return new Query.Item.Everything(at(item));
    }

    private static Query.Window window(RuleSqlParser.TumblingContext tree) {
        String unit = name(tree.name()).toLowerCase(Locale.ROOT);
        Long nanos = UNITS.get(unit);
        if (nanos == null) {
            throw wrong(at(tree.name()), "expected a unit (dd, hh, mi, ss or ms), found " + unit);
        }
        Token length = tree.INTEGER().getSymbol();
        long count = Texts.number(length.getText()).orElse(0L);
        if (count < 1 || count > MAX_WINDOW_NANOS / nanos) {
            throw wrong(at(length), "expected a length from 1 ms to 366 days, found " + length.getText() + " " + unit);
        }
        return new Query.Window(at(tree), count * nanos);
    }

    static String name(RuleSqlParser.NameContext name) {
        String text = name.getText();
        return text.startsWith("`") ? text.substring(1, text.length() - 1) : text;
    }

    static Position at(ParserRuleContext tree) {
        return at(tree.getStart());
    }

    static Position at(Token token) {
        return new Position(token.getLine(), token.getCharPositionInLine() + 1);
    }

    static ParseCancellationException wrong(Position at, String complaint) {
        return new ParseCancellationException(new RuleException(at, complaint));
    }
}
