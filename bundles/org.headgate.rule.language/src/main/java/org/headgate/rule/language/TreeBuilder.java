package org.headgate.rule.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.ParseCancellationException;
import org.headgate.config.api.Texts;
import org.headgate.rule.language.grammar.RuleSqlParser;

/** Turns the parse tree into the syntax tree: from here on nothing knows the parser's library. */
final class TreeBuilder {
    private final ExpressionBuilder expressions = new ExpressionBuilder();

    Query query(RuleSqlParser.QueryContext tree) {
        List<Query.Item> items = tree.selectItem().stream().map(this::item).toList();
        List<Query.Join> joins = tree.join().stream().map(this::join).toList();
        List<Syntax> dimensions = new ArrayList<>();
        Optional<Query.Window> window = Optional.empty();
        WindowBuilder windows = new WindowBuilder(expressions);
        for (RuleSqlParser.GroupItemContext item : tree.groupItem()) {
            if (item instanceof RuleSqlParser.DimensionContext dimension) {
                dimensions.add(expressions.visit(dimension.expression()));
            } else if (window.isPresent()) {
                throw wrong(at(item), "expected one window only");
            } else {
                window = Optional.of(windows.window((RuleSqlParser.WindowedContext) item));
            }
        }
        return new Query(
                items,
                source(tree.source()),
                joins,
                Optional.ofNullable(tree.where).map(expressions::visit),
                List.copyOf(dimensions),
                window,
                Optional.ofNullable(tree.having).map(expressions::visit),
                tree.orderItem().stream().map(this::order).toList(),
                limit(tree.limit));
    }

    private Query.Order order(RuleSqlParser.OrderItemContext tree) {
        return new Query.Order(expressions.visit(tree.expression()), tree.descending != null);
    }

    private static OptionalInt limit(Token written) {
        return written == null ? OptionalInt.empty() : OptionalInt.of(number(written, 0, "a number of results"));
    }

    /** A whole number that is written, within the bounds of a count. */
    static int number(Token written, int least, String expected) {
        long value = Texts.number(written.getText()).orElse(Long.MAX_VALUE);
        if (value < least || value > Integer.MAX_VALUE) {
            throw wrong(
                    at(written),
                    "expected " + expected + " from " + least + " to " + Integer.MAX_VALUE + ", found "
                            + written.getText());
        }
        return (int) value;
    }

    private Query.Join join(RuleSqlParser.JoinContext tree) {
        if (tree instanceof RuleSqlParser.ConditionalJoinContext join) {
            Plan.JoinKind kind =
                    join.kind == null ? Plan.JoinKind.INNER : Plan.JoinKind.valueOf(upper(join.kind.getText()));
            return new Query.Join(
                    at(tree), kind, source(join.source()), Optional.of(expressions.visit(join.expression())));
        }
        RuleSqlParser.CrossJoinContext cross = (RuleSqlParser.CrossJoinContext) tree;
        return new Query.Join(at(tree), Plan.JoinKind.CROSS, source(cross.source()), Optional.empty());
    }

    private static Query.Source source(RuleSqlParser.SourceContext tree) {
        return new Query.Source(
                at(tree.name(0)),
                stream(tree.name(0)),
                tree.name().size() == 1 ? Optional.empty() : Optional.of(name(tree.name(1))));
    }

    /** A stream is named as devices and rules are; a pattern here would read the rule's own results. */
    static String stream(RuleSqlParser.NameContext tree) {
        String name = name(tree);
        if (!Texts.isName(name)) {
            throw wrong(at(tree), "expected a stream's name (" + Texts.NAME_EXPECTED + "), found " + name);
        }
        return name;
    }

    private Query.Item item(RuleSqlParser.SelectItemContext item) {
        if (item instanceof RuleSqlParser.SelectedContext selected) {
            Syntax expression = expressions.visit(selected.expression());
            if (expression instanceof Syntax.Star star && selected.name() == null) {
                return new Query.Item.Everything(star.at(), star.stream(), List.of(), List.of());
            }
            return new Query.Item.Selected(
                    expression,
                    Optional.ofNullable(selected.name()).map(TreeBuilder::name),
                    selected.INVISIBLE() != null);
        }
        RuleSqlParser.EverythingContext all = (RuleSqlParser.EverythingContext) item;
        return new Query.Item.Everything(
                at(item),
                Optional.empty(),
                all.name().stream()
                        .map(name -> new Query.Name(at(name), name(name)))
                        .toList(),
                all.replacement().stream().map(this::replacement).toList());
    }

    private Query.Item.Selected replacement(RuleSqlParser.ReplacementContext tree) {
        return new Query.Item.Selected(expressions.visit(tree.expression()), Optional.of(name(tree.name())), false);
    }

    static String name(RuleSqlParser.NameContext name) {
        String text = name.getText();
        return text.startsWith("`") ? text.substring(1, text.length() - 1) : text;
    }

    private static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
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
