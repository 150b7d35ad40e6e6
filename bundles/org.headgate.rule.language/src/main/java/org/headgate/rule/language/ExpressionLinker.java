package org.headgate.rule.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.headgate.data.api.Type;
import org.headgate.rule.functions.Aggregate;
import org.headgate.rule.functions.ArgumentException;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.FunctionDefinition;
import org.headgate.rule.functions.Reduction;

/** Resolves names, checks types and compiles one clause's expressions. */
record ExpressionLinker(Scope scope, Scope.Clause clause) {
    Typed link(Syntax node) throws RuleException {
        scope.spend(1, node.at());
        if (node instanceof Syntax.Column column) {
            return scope.resolve(column, clause);
        }
        if (node instanceof Syntax.IntegerLiteral literal) {
            return new Typed(new Constants.OfLong(literal.value()), literal.at());
        }
        if (node instanceof Syntax.DecimalLiteral literal) {
            return new Typed(new Constants.OfDouble(literal.value()), literal.at());
        }
        if (node instanceof Syntax.TextLiteral literal) {
            return new Typed(new Constants.OfText(literal.value()), "", literal.at(), "'" + literal.value() + "'");
        }
        if (node instanceof Syntax.BooleanLiteral literal) {
            return new Typed(new Constants.OfBoolean(literal.value()), literal.at());
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
        return node instanceof Syntax.Call call ? call(call) : test(node);
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
                    default -> Comparisons.of(node.operator(), left, right);
                },
                left.at());
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
        List<Typed> results = new ArrayList<>();
        for (Syntax.When when : node.whens()) {
            Typed condition = link(when.condition());
            conditions.add(
                    subject.isPresent()
                            ? Comparisons.of(Operator.EQUAL, subject.get(), condition)
                            : condition.condition());
            results.add(link(when.result()));
        }
        if (node.otherwise().isPresent()) {
            results.add(link(node.otherwise().get()));
        }
        Type type = results.get(0).type();
        for (Typed result : results) {
            if (result.isNumber() && results.get(0).isNumber()) {
                type = result.type() == Type.DOUBLE ? Type.DOUBLE : type;
            } else if (result.type() != type || type.ordinal() > Type.STRING.ordinal()) {
                result.complain("the same type as in the first THEN, " + type);
            }
        }
        List<Expression> compiled = results.stream().map(Typed::expression).toList();
        return new Typed(Cases.of(type, conditions, compiled), node.at());
    }

    private Typed call(Syntax.Call node) throws RuleException {
        FunctionDefinition found = Precheck.find(node, scope.functions);
        if (found instanceof FunctionDefinition.Aggregating aggregating) {
            return aggregate(node, aggregating);
        }
        if (node.star()) {
            throw new RuleException(node.at(), "expected " + found.usage());
        }
        List<Typed> arguments = new ArrayList<>();
        for (Syntax argument : node.arguments()) {
            arguments.add(link(argument));
        }
        List<Expression> compiled = arguments.stream().map(Typed::expression).toList();
        try {
            if (found instanceof FunctionDefinition.Scalar scalar) {
                return new Typed(scalar.compiler().compile(compiled), "", node.at(), node.name());
            }
            return reduction(node, (FunctionDefinition.Reducing) found, compiled);
        } catch (ArgumentException wrong) {
            throw argument(node, wrong, arguments);
        }
    }

    private Typed reduction(Syntax.Call node, FunctionDefinition.Reducing reducing, List<Expression> arguments)
            throws RuleException {
        if (clause != Scope.Clause.WHERE) {
            throw new RuleException(node.at(), "expected " + reducing.usage() + " in WHERE: it is a condition on rows");
        }
        Reduction reduction = reducing.compiler().compile(arguments);
        scope.reductions.add(reduction);
        return new Typed(reduction, "", node.at(), node.name());
    }

    private Typed aggregate(Syntax.Call node, FunctionDefinition.Aggregating function) throws RuleException {
        if (clause != Scope.Clause.SELECT && clause != Scope.Clause.HAVING) {
            throw new RuleException(node.at(), "expected a value of one row, found " + function.usage());
        }
        if (node.star() != node.arguments().isEmpty()
                || node.star() && !function.usage().contains("*")) {
            throw new RuleException(node.at(), "expected " + function.usage());
        }
        ExpressionLinker ofRow = new ExpressionLinker(scope, Scope.Clause.ARGUMENT);
        List<Typed> arguments = new ArrayList<>();
        for (Syntax argument : node.arguments()) {
            arguments.add(ofRow.link(argument));
        }
        Aggregate aggregate;
        try {
            aggregate = function.compiler()
                    .compile(arguments.stream().map(Typed::expression).toList());
        } catch (ArgumentException wrong) {
            throw argument(node, wrong, arguments);
        }
        int index = scope.aggregates.size();
        scope.metAggregate = true;
        scope.aggregates.add(aggregate);
        scope.firstAggregate = scope.firstAggregate.or(() -> Optional.of(node.at()));
        Expression result = aggregate.type() == Type.LONG
                ? (Expression.OfLong) frame -> frame.aggregate(index).asLong(frame)
                : (Expression.OfDouble) frame -> frame.aggregate(index).asDouble(frame);
        String unit = aggregate.keepsUnit() ? arguments.get(0).unit() : "";
        return new Typed(result, unit, node.at(), node.name());
    }

    private static RuleException argument(Syntax.Call node, ArgumentException wrong, List<Typed> arguments) {
        if (wrong.argument() < 0) {
            return new RuleException(node.at(), "expected " + wrong.getMessage());
        }
        Typed argument = arguments.get(wrong.argument());
        return new RuleException(argument.at(), "expected " + wrong.getMessage() + ", found " + argument.words());
    }
}
