package org.headgate.rule.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.FunctionDefinition;

/** Compiles WHERE: the part that waits for later rows is taken out, and what an index can find is noted. */
final class Where {
    private final Scope scope;
    private final Query query;

    Where(Scope scope, Query query) {
        this.scope = scope;
        this.query = query;
    }

    Optional<Expression> link() throws RuleException {
        if (query.where().isEmpty()) {
            return Optional.empty();
        }
        Optional<Expression> all = Optional.empty();
        ExpressionLinker linker = new ExpressionLinker(scope, Scope.Clause.WHERE);
        for (Syntax part : parts(query.where().get())) {
            if (!isHolding(part)) {
                Expression condition = linker.condition(part);
                scope.spend(1, part.at());
                all = Optional.of(
                        all.map(before -> Conditions.and(before, condition)).orElse(condition));
            }
        }
        return all;
    }

    private boolean isHolding(Syntax part) throws RuleException {
        if (!(part instanceof Syntax.Call call)
                || !(scope.functions.find(call.name()).orElse(null) instanceof FunctionDefinition.Delaying delaying)) {
            return false;
        }
        if (scope.slots.holding.isPresent()) {
            throw new RuleException(call.at(), "expected " + delaying.usage() + " once");
        }
        if (query.window().isPresent() || !query.joins().isEmpty()) {
            throw new RuleException(
                    call.at(),
                    "expected " + delaying.usage()
                            + " in a rule without window and join: let another rule read its stream");
        }
        scope.slots.holding = Optional.of(new StateLinker(scope, Scope.Clause.WHERE).holding(call, delaying));
        return true;
    }

    /** What AND joins, in the order of the text; parentheses do not matter. */
    static List<Syntax> parts(Syntax condition) {
        List<Syntax> parts = new ArrayList<>();
        collect(condition, parts);
        return parts;
    }

    private static void collect(Syntax condition, List<Syntax> parts) {
        if (condition instanceof Syntax.Binary both && both.operator() == Operator.AND) {
            collect(both.left(), parts);
            collect(both.right(), parts);
        } else {
            parts.add(condition);
        }
    }
}
