package org.headgate.rule.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.headgate.config.api.Texts;
import org.headgate.rule.language.grammar.RuleSqlBaseVisitor;
import org.headgate.rule.language.grammar.RuleSqlParser;

/** Builds the tree of an expression. */
final class ExpressionBuilder extends RuleSqlBaseVisitor<Syntax> {
    @Override
    public Syntax visitTest(RuleSqlParser.TestContext tree) {
        Syntax value = visit(tree.predicate().value());
        RuleSqlParser.TailContext tail = tree.predicate().tail();
        return tail == null ? value : test(value, tail);
    }

    private Syntax test(Syntax value, RuleSqlParser.TailContext tail) {
        Position at = TreeBuilder.at(tail);
        if (tail instanceof RuleSqlParser.ComparisonContext comparison) {
            return new Syntax.Binary(at, Operator.of(comparison.op.getText()), value, visit(comparison.value()));
        }
        if (tail instanceof RuleSqlParser.BetweenContext between) {
            return new Syntax.Between(
                    at, between.NOT() != null, value, visit(between.value(0)), visit(between.value(1)));
        }
        if (tail instanceof RuleSqlParser.InContext in) {
            boolean not = in.NOT() != null;
            return in.array() == null
                    ? new Syntax.In(at, not, value, visitAll(in.value()))
                    : new Syntax.InArray(at, not, value, visit(in.array()));
        }
        if (tail instanceof RuleSqlParser.LikeContext like) {
            return new Syntax.Like(at, like.NOT() != null, value, pattern(like.value()));
        }
        return new Syntax.NullTest(at, ((RuleSqlParser.NullTestContext) tail).NOT() != null, value);
    }

    /** A text behind LIKE keeps its escapes of %, _ and the backslash: they are meant for the pattern. */
    private Syntax pattern(RuleSqlParser.ValueContext tree) {
        return tree instanceof RuleSqlParser.TextContext text
                ? new Syntax.TextLiteral(TreeBuilder.at(text), unquoted(text.getText(), "%_\\"))
                : visit(tree);
    }

    @Override
    public Syntax visitNot(RuleSqlParser.NotContext tree) {
        return new Syntax.Not(TreeBuilder.at(tree), visit(tree.expression()));
    }

    @Override
    public Syntax visitAnd(RuleSqlParser.AndContext tree) {
        return new Syntax.Binary(
                TreeBuilder.at(tree.AND().getSymbol()),
                Operator.AND,
                visit(tree.expression(0)),
                visit(tree.expression(1)));
    }

    @Override
    public Syntax visitOr(RuleSqlParser.OrContext tree) {
        return new Syntax.Binary(
                TreeBuilder.at(tree.OR().getSymbol()),
                Operator.OR,
                visit(tree.expression(0)),
                visit(tree.expression(1)));
    }

    @Override
    public Syntax visitNegation(RuleSqlParser.NegationContext tree) {
        // The sign belongs to a literal: -9223372036854775808 has no positive twin.
        if (tree.value() instanceof RuleSqlParser.IntegerContext number) {
            return integer(number.INTEGER().getSymbol(), TreeBuilder.at(tree), "-");
        }
        Syntax operand = visit(tree.value());
        if (operand instanceof Syntax.DecimalLiteral number) {
            return new Syntax.DecimalLiteral(TreeBuilder.at(tree), -number.value());
        }
        return new Syntax.Negation(TreeBuilder.at(tree), operand);
    }

    @Override
    public Syntax visitProduct(RuleSqlParser.ProductContext tree) {
        return binary(tree.op, tree.value(0), tree.value(1));
    }

    @Override
    public Syntax visitSum(RuleSqlParser.SumContext tree) {
        return binary(tree.op, tree.value(0), tree.value(1));
    }

    private Syntax binary(Token operator, RuleSqlParser.ValueContext left, RuleSqlParser.ValueContext right) {
        return new Syntax.Binary(TreeBuilder.at(operator), Operator.of(operator.getText()), visit(left), visit(right));
    }

    @Override
    public Syntax visitCase(RuleSqlParser.CaseContext tree) {
        List<Syntax.When> whens = new ArrayList<>();
        for (RuleSqlParser.WhenContext when : tree.when()) {
            whens.add(new Syntax.When(visit(when.condition), visit(when.result)));
        }
        return new Syntax.Case(
                TreeBuilder.at(tree),
                Optional.ofNullable(tree.subject).map(this::visit),
                List.copyOf(whens),
                Optional.ofNullable(tree.otherwise).map(this::visit));
    }

    @Override
    public Syntax visitNamed(RuleSqlParser.NamedContext tree) {
        if (tree.call == null) {
            return column(tree.name());
        }
        return new Syntax.Call(
                TreeBuilder.at(tree),
                TreeBuilder.name(tree.name()),
                arguments(tree.call),
                Optional.ofNullable(tree.filter()).map(filter -> visit(filter.expression())),
                Optional.ofNullable(tree.over()).map(this::over));
    }

    private Syntax.Over over(RuleSqlParser.OverContext tree) {
        int partitions = tree.expression().size() - (tree.when_ == null ? 0 : 1);
        return new Syntax.Over(
                TreeBuilder.at(tree),
                visitAll(tree.expression().subList(0, partitions)),
                Optional.ofNullable(tree.when_).map(this::visit));
    }

    private List<Syntax> arguments(RuleSqlParser.ArgumentsContext tree) {
        List<Syntax> all = new ArrayList<>();
        for (ParseTree part : tree.children) {
            if (part instanceof RuleSqlParser.ExpressionContext expression) {
                all.add(visit(expression));
            } else if (part.getText().equals("*")) {
                all.add(new Syntax.Star(TreeBuilder.at((Token) part.getPayload()), Optional.empty()));
            }
        }
        return List.copyOf(all);
    }

    private static Syntax column(RuleSqlParser.NameContext name) {
        return new Syntax.Column(TreeBuilder.at(name), Optional.empty(), TreeBuilder.name(name));
    }

    @Override
    public Syntax visitMember(RuleSqlParser.MemberContext tree) {
        Syntax value = visit(tree.value());
        boolean dot = tree.op.getText().equals(".");
        if (tree.star == null) {
            return member(value, dot, TreeBuilder.name(tree.name()));
        }
        if (dot && value instanceof Syntax.Column stream && stream.stream().isEmpty()) {
            return new Syntax.Star(stream.at(), Optional.of(stream.name()));
        }
        throw TreeBuilder.wrong(TreeBuilder.at(tree.star), "expected a name, found *");
    }

    /** A dot behind a first name is a stream's, until the linker finds that there is no such stream. */
    private static Syntax member(Syntax value, boolean dot, String name) {
        return dot && value instanceof Syntax.Column stream && stream.stream().isEmpty()
                ? new Syntax.Column(stream.at(), Optional.of(stream.name()), name)
                : new Syntax.Member(value.at(), value, name);
    }

    @Override
    public Syntax visitElement(RuleSqlParser.ElementContext tree) {
        return element(visit(tree.value()), tree.index());
    }

    private Syntax element(Syntax array, RuleSqlParser.IndexContext index) {
        return index.colon == null
                ? new Syntax.Element(array.at(), array, visit(index.from))
                : new Syntax.Slice(
                        array.at(),
                        array,
                        Optional.ofNullable(index.from).map(this::visit),
                        Optional.ofNullable(index.to).map(this::visit));
    }

    @Override
    public Syntax visitArrayNamed(RuleSqlParser.ArrayNamedContext tree) {
        return tree.arguments() == null
                ? column(tree.name())
                : new Syntax.Call(
                        TreeBuilder.at(tree),
                        TreeBuilder.name(tree.name()),
                        arguments(tree.arguments()),
                        Optional.empty(),
                        Optional.empty());
    }

    @Override
    public Syntax visitArrayMember(RuleSqlParser.ArrayMemberContext tree) {
        boolean dot = tree.getChild(1).getText().equals(".");
        return member(visit(tree.array()), dot, TreeBuilder.name(tree.name()));
    }

    @Override
    public Syntax visitArrayElement(RuleSqlParser.ArrayElementContext tree) {
        return element(visit(tree.array()), tree.index());
    }

    @Override
    public Syntax visitNull(RuleSqlParser.NullContext tree) {
        return new Syntax.NullLiteral(TreeBuilder.at(tree));
    }

    @Override
    public Syntax visitInteger(RuleSqlParser.IntegerContext tree) {
        return integer(tree.INTEGER().getSymbol(), TreeBuilder.at(tree), "");
    }

    private static Syntax integer(Token digits, Position at, String sign) {
        long value = Texts.number(sign + digits.getText())
                .orElseThrow(() -> TreeBuilder.wrong(at, "expected a number of 64 bits, found " + digits.getText()));
        return new Syntax.IntegerLiteral(at, value);
    }

    @Override
    public Syntax visitDecimal(RuleSqlParser.DecimalContext tree) {
        double value = Double.parseDouble(tree.getText());
        if (!Double.isFinite(value)) {
            throw TreeBuilder.wrong(TreeBuilder.at(tree), "expected a number of 64 bits, found " + tree.getText());
        }
        return new Syntax.DecimalLiteral(TreeBuilder.at(tree), value);
    }

    @Override
    public Syntax visitText(RuleSqlParser.TextContext tree) {
        return new Syntax.TextLiteral(TreeBuilder.at(tree), unquoted(tree.getText(), ""));
    }

    @Override
    public Syntax visitBoolean(RuleSqlParser.BooleanContext tree) {
        return new Syntax.BooleanLiteral(TreeBuilder.at(tree), tree.TRUE() != null);
    }

    @Override
    public Syntax visitParentheses(RuleSqlParser.ParenthesesContext tree) {
        return visit(tree.expression());
    }

    private List<Syntax> visitAll(List<? extends ParserRuleContext> trees) {
        List<Syntax> all = new ArrayList<>();
        trees.forEach(tree -> all.add(visit(tree)));
        return List.copyOf(all);
    }

    /** Takes the quotes away; a backslash makes the next character literal, except for n, r, t and those it is kept for. */
    static String unquoted(String quoted, String kept) {
        StringBuilder text = new StringBuilder(quoted.length());
        for (int i = 1; i < quoted.length() - 1; i++) {
            char c = quoted.charAt(i);
            if (c == '\\') {
                c = quoted.charAt(++i);
                if (kept.indexOf(c) >= 0) {
                    text.append('\\');
                }
                c = switch (c) {
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    case 't' -> '\t';
                    default -> c;
                };
            }
            text.append(c);
        }
        return text.toString();
    }
}
