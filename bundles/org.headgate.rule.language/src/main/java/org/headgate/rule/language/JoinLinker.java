package org.headgate.rule.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.headgate.data.api.Type;
import org.headgate.rule.functions.Expression;

/** Compiles joins; what has to be equal becomes keys, so that partners are found without asking each row. */
record JoinLinker(Scope scope) {
    List<Plan.Join> link(Query query) throws RuleException {
        List<Plan.Join> joins = new ArrayList<>();
        for (int i = 0; i < query.joins().size(); i++) {
            Query.Join written = query.joins().get(i);
            check(query, written, i + 1);
            joins.add(join(written, i + 1));
        }
        return List.copyOf(joins);
    }

    private void check(Query query, Query.Join join, int source) throws RuleException {
        if (query.window().isPresent()) {
            return;
        }
        if (!scope.sources.isTable(source)) {
            throw new RuleException(
                    join.at(), "expected a window for a join of streams, such as GROUP BY TUMBLINGWINDOW(ss, 10)");
        }
        if (join.kind() == Plan.JoinKind.RIGHT || join.kind() == Plan.JoinKind.FULL) {
            throw new RuleException(
                    join.at(),
                    "expected INNER, LEFT or CROSS JOIN with a table, or a window: a row is no reason to put out all of "
                            + join.source().name());
        }
    }

    private Plan.Join join(Query.Join written, int source) throws RuleException {
        if (written.on().isEmpty()) {
            return new Plan.Join(written.kind(), Optional.empty(), List.of(), List.of());
        }
        List<Expression> left = new ArrayList<>();
        List<Expression> right = new ArrayList<>();
        scope.forget();
        Expression on = new ExpressionLinker(scope, Scope.Clause.ON)
                .condition(written.on().get());
        if (scope.met.sources >>> (source + 1) != 0) {
            throw new RuleException(
                    written.on().get().at(), "expected columns of what was joined so far, found some of a later join");
        }
        for (Syntax part : Where.parts(written.on().get())) {
            if (part instanceof Syntax.Binary equality && equality.operator() == Operator.EQUAL) {
                key(equality, source, left, right);
            }
        }
        return new Plan.Join(written.kind(), Optional.of(on), List.copyOf(left), List.copyOf(right));
    }

    /** An equality between this input on one side and the inputs before it on the other. */
    private void key(Syntax.Binary equality, int source, List<Expression> left, List<Expression> right)
            throws RuleException {
        Side one = side(equality.left());
        Side two = side(equality.right());
        int mine = 1 << source;
        Side ofThis = one.sources() == mine ? one : two;
        Side ofOthers = ofThis == one ? two : one;
        boolean separate = ofThis.sources() == mine && ofOthers.sources() != 0 && (ofOthers.sources() & mine) == 0;
        if (!separate) {
            return;
        }
        Type type = ofThis.value().type();
        boolean exact =
                type == ofOthers.value().type() && (type == Type.LONG || type == Type.STRING || type == Type.BOOLEAN);
        left.add(exact ? ofOthers.value() : normal(ofOthers.value()));
        right.add(exact ? ofThis.value() : normal(ofThis.value()));
    }

    private record Side(Expression value, int sources) {}

    private Side side(Syntax node) throws RuleException {
        scope.forget();
        Expression value =
                new ExpressionLinker(scope, Scope.Clause.ON).link(node).expression();
        return new Side(value, scope.met.sources);
    }

    /** Numbers that are equal become equal objects, whatever their types. */
    private static Expression normal(Expression value) {
        return (Expression.OfAny) frame -> {
            Object key = value.evalObject(frame);
            return frame.isNull() ? null : Dynamics.key(key);
        };
    }
}
