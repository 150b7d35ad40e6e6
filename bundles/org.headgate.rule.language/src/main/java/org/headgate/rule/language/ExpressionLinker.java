package org.headgate.rule.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.headgate.rule.functions.Expression;

/** Resolves names, checks types and compiles one clause's expressions; calls are the {@link CallLinker}'s. */
record ExpressionLinker(Scope scope, Scope.Clause clause) {
    Typed link(Syntax node) throws RuleException {
        scope.spend(1, node.at());
        if (node instanceof Syntax.Column column) {
            return scope.resolve(column, clause);
        }
        if (node instanceof Syntax.Star star) {
            throw new RuleException(star.at(), "expected a value, found *");
        }
        if (node instanceof Syntax.Call call) {
            return new CallLinker(scope, clause, this).link(call);
        }
        if (node instanceof Syntax.Negation negation) {
            Typed operand = link(negation.operand());
            return new Typed(Arithmetic.negated(operand.number()), operand.unit(), negation.at(), "");
        }
        if (node instanceof Syntax.Not not) {
            return new Typed(Conditions.not(link(not.operand()).condition()), not.at());
        }
        if (node instanceof Syntax.Binary binary) {
            return binary(binary);
        }
        if (node instanceof Syntax.Case choice) {
            return choice(choice);
        }
        return node.parts().isEmpty() ? literal(node) : partOrTest(node);
    }

    /** A condition, be its type known or not. */
    Expression condition(Syntax node) throws RuleException {
        return link(node).condition();
    }

    private static Typed literal(Syntax node) {
        if (node instanceof Syntax.IntegerLiteral literal) {
            return new Typed(new Constants.OfLong(literal.value()), literal.at());
        }
        if (node instanceof Syntax.DecimalLiteral literal) {
            return new Typed(new Constants.OfDouble(literal.value()), literal.at());
        }
        if (node instanceof Syntax.TextLiteral literal) {
            return new Typed(new Constants.OfText(literal.value()), "", literal.at(), "'" + literal.value() + "'");
        }
        return node instanceof Syntax.BooleanLiteral literal
                ? new Typed(new Constants.OfBoolean(literal.value()), literal.at())
                : new Typed(new Constants.OfNull(), "", node.at(), "NULL");
    }

    private Typed binary(Syntax.Binary node) throws RuleException {
        Typed left = link(node.left());
        Typed right = link(node.right());
        return new Typed(
                switch (node.operator()) {
                    case AND -> Conditions.and(left.condition(), right.condition());
                    case OR -> Conditions.or(left.condition(), right.condition());
                    case PLUS, MINUS, TIMES, DIVIDE, REMAINDER ->
                        Arithmetic.of(node.operator(), left.number(), right.number());
                    case BIT_AND, BIT_OR, BIT_XOR -> Arithmetic.of(node.operator(), left.whole(), right.whole());
                    default -> Comparisons.of(node.operator(), left, right);
                },
                left.at());
    }

    private Typed partOrTest(Syntax node) throws RuleException {
        if (node instanceof Syntax.Member member) {
            Expression struct = link(member.value()).struct();
            return new Typed(Structures.member(struct, member.name()), "", member.at(), member.name());
        }
        if (node instanceof Syntax.Element element) {
            Expression array = link(element.value()).array();
            return new Typed(Structures.element(array, link(element.index()).number()), element.at());
        }
        if (node instanceof Syntax.Slice slice) {
            Expression array = link(slice.value()).array();
            return new Typed(new Structures.Slice(array, bound(slice.from()), bound(slice.to())), slice.at());
        }
        return test(node);
    }

    private Expression bound(Optional<Syntax> written) throws RuleException {
        return written.isEmpty() ? null : link(written.get()).number();
    }

    private Typed test(Syntax node) throws RuleException {
        if (node instanceof Syntax.Between between) {
            Typed value = linkRepeated(between.value(), 2);
            Typed low = link(between.low());
            Typed high = link(between.high());
            Expression test = between.not()
                    ? Conditions.or(
                            Comparisons.of(Operator.LESS, value, low), Comparisons.of(Operator.GREATER, value, high))
                    : Conditions.and(
                            Comparisons.of(Operator.AT_LEAST, value, low),
                            Comparisons.of(Operator.AT_MOST, value, high));
            return new Typed(test, value.at());
        }
        if (node instanceof Syntax.In in) {
            Typed value = linkRepeated(in.value(), in.choices().size());
            Operator operator = in.not() ? Operator.UNEQUAL : Operator.EQUAL;
            List<Expression> tests = new ArrayList<>();
            for (Syntax choice : in.choices()) {
                tests.add(Comparisons.of(operator, value, link(choice)));
            }
            return new Typed(Conditions.firstThatIs(!in.not(), tests), value.at());
        }
        if (node instanceof Syntax.InArray in) {
            Typed value = link(in.value());
            Expression array = link(in.array()).array();
            return new Typed(Dynamics.in(in.not(), value.expression(), array), value.at());
        }
        if (node instanceof Syntax.Like like) {
            Typed value = link(like.value());
            Expression pattern = link(like.pattern()).text();
            return new Typed(Conditions.like(like.not(), value.text(), pattern), value.at());
        }
        Syntax.NullTest test = (Syntax.NullTest) node;
        Typed value = link(test.value());
        return new Typed(Conditions.nullTest(test.not(), value.expression()), value.at());
    }

    /** A value that each of several tests computes anew. */
    private Typed linkRepeated(Syntax node, int times) throws RuleException {
        int before = scope.steps;
        Typed value = link(node);
        scope.spend((times - 1L) * (scope.steps - before), node.at());
        return value;
    }

    private Typed choice(Syntax.Case node) throws RuleException {
        Optional<Typed> subject = Optional.empty();
        if (node.subject().isPresent()) {
            subject =
                    Optional.of(linkRepeated(node.subject().get(), node.whens().size()));
        }
        List<Expression> conditions = new ArrayList<>();
        List<Expression> results = new ArrayList<>();
        for (Syntax.When when : node.whens()) {
            Typed condition = link(when.condition());
            conditions.add(
                    subject.isPresent()
                            ? Comparisons.of(Operator.EQUAL, subject.get(), condition)
                            : condition.condition());
            results.add(link(when.result()).expression());
        }
        if (node.otherwise().isPresent()) {
            results.add(link(node.otherwise().get()).expression());
        }
        return new Typed(Cases.of(conditions, results), node.at());
    }
}
