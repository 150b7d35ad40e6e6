package org.headgate.rule.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.headgate.data.api.Schema;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.FunctionCatalog;

/** Compiles a rule for the schemas of its streams. The same rule and schemas give a plan of the same shape each time. */
public final class Linker {
    private final Query query;
    private final Scope scope;

    private Linker(Query query, Inputs inputs, FunctionCatalog functions) throws RuleException {
        this.query = query;
        this.scope = new Scope(new Sources(query, inputs), functions);
    }

    /**
     * The plan of a rule for rows of these schemas.
     *
     * @throws RuleException at the first name that is unknown or value that has the wrong type
     */
    public static Plan link(Query query, Inputs inputs, FunctionCatalog functions) throws RuleException {
        return new Linker(query, inputs, functions).link();
    }

    private Plan link() throws RuleException {
        SelectLinker select = new SelectLinker(scope);
        select.link(query.items());
        List<Plan.Join> joins = new JoinLinker(scope).link(query);
        Optional<Expression> where = new Where(scope, query).link();
        List<Expression> dimensions = new ArrayList<>();
        for (Syntax dimension : query.dimensions()) {
            dimensions.add(dimension(new ExpressionLinker(scope, Scope.Clause.GROUP_BY).link(dimension)));
        }
        Optional<Plan.Window> window = window();
        Optional<Expression> having = condition(query.having(), Scope.Clause.HAVING);
        List<Plan.Order> order = new ArrayList<>();
        for (Query.Order part : query.order()) {
            order.add(new Plan.Order(sortable(part), part.descending()));
        }
        if (window.isEmpty()) {
            Precheck.checkNoWindow(query, scope.slots.firstAggregate);
        }
        Schema input = scope.sources.schema(0);
        Plan plan = new Plan(
                scope.sources.inputs(),
                joins,
                query.isPlain() ? input : select.schema(),
                query.isPlain(),
                List.copyOf(scope.slots.analytics),
                where,
                List.copyOf(scope.slots.reductions),
                scope.slots.holding,
                window,
                window.isPresent() && (select.aggregated || !dimensions.isEmpty()),
                List.copyOf(dimensions),
                List.copyOf(scope.slots.aggregates),
                having,
                List.copyOf(order),
                query.limit().orElse(Integer.MAX_VALUE),
                select.columns(),
                select.unnested(),
                Predicates.of(query, input));
        checkReductions(plan);
        return plan;
    }

    private Optional<Plan.Window> window() throws RuleException {
        if (query.window().isEmpty()) {
            return Optional.empty();
        }
        Query.Window written = query.window().get();
        return Optional.of(new Plan.Window(
                written.kind(),
                written.days(),
                written.sizeNanos(),
                written.hopNanos(),
                written.delayNanos(),
                written.count(),
                written.countHop(),
                condition(written.filter(), Scope.Clause.WINDOW),
                condition(written.when(), Scope.Clause.WINDOW),
                condition(written.begin(), Scope.Clause.WINDOW),
                condition(written.end(), Scope.Clause.WINDOW)));
    }

    private Optional<Expression> condition(Optional<Syntax> written, Scope.Clause clause) throws RuleException {
        return written.isEmpty()
                ? Optional.empty()
                : Optional.of(new ExpressionLinker(scope, clause).condition(written.get()));
    }

    private static Expression dimension(Typed value) throws RuleException {
        return switch (value.type()) {
            case BOOLEAN, LONG, DOUBLE, STRING, ANY -> value.expression();
            default -> value.complain("a number, a text or a boolean");
        };
    }

    private Expression sortable(Query.Order part) throws RuleException {
        return dimension(new ExpressionLinker(scope, Scope.Clause.ORDER_BY).link(part.by()));
    }

    /** A condition that compares with what was let through must be asked row by row, in time. */
    private void checkReductions(Plan plan) throws RuleException {
        if (!plan.reductions().isEmpty() && !plan.whereBeforeWindow()) {
            throw new RuleException(
                    query.where().map(Syntax::at).orElse(Position.START),
                    "expected a WHERE without a condition such as deadband: with a join, or a count, sliding or state window, "
                            + "it is asked too late for that (let another rule read its stream)");
        }
    }
}
