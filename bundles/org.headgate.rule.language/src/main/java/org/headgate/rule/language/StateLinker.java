package org.headgate.rule.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.headgate.data.api.Type;
import org.headgate.rule.functions.Aggregate;
import org.headgate.rule.functions.ArgumentException;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.FunctionDefinition;
import org.headgate.rule.functions.Holding;
import org.headgate.rule.functions.Reduction;
import org.headgate.rule.functions.Tracking;

/** Compiles calls of functions that see several rows: aggregates, analytic functions, and conditions with a memory. */
record StateLinker(Scope scope, Scope.Clause clause) {
    Typed aggregate(Syntax.Call call, FunctionDefinition.Aggregating function) throws RuleException {
        if (!clause.ofResults()) {
            throw new RuleException(call.at(), "expected a value of one row, found " + function.usage());
        }
        if (call.over().isPresent()) {
            throw new RuleException(
                    call.over().get().at(), "expected OVER behind an analytic function, found " + function.usage());
        }
        Optional<Slots.Slot> known = scope.slots.known(call);
        if (known.isEmpty()) {
            known = Optional.of(newAggregate(call, function));
        }
        return used(call, known.get());
    }

    private Slots.Slot newAggregate(Syntax.Call call, FunctionDefinition.Aggregating function) throws RuleException {
        Scope.Met outer = scope.forget();
        List<Typed> arguments = new ArrayList<>();
        boolean counts = function.name().equals("count");
        for (Syntax argument : call.arguments()) {
            if (!(argument instanceof Syntax.Star star)) {
                arguments.add(new ExpressionLinker(scope, Scope.Clause.ARGUMENT).link(argument));
            } else if (!counts) {
                arguments.add(new Wildcards(scope).struct(star));
            }
        }
        if (counts && call.arguments().isEmpty()) {
            throw new RuleException(call.at(), "expected " + function.usage());
        }
        Aggregate compiled;
        try {
            compiled = function.compiler().compile(CallLinker.expressions(arguments));
        } catch (ArgumentException wrong) {
            throw CallLinker.wrongArgument(call, wrong, arguments);
        }
        String unit =
                compiled.keepsUnit() && !arguments.isEmpty() ? arguments.get(0).unit() : "";
        if (call.filter().isPresent()) {
            Expression condition = new ExpressionLinker(scope, Scope.Clause.ARGUMENT)
                    .condition(call.filter().get());
            Aggregate plain = compiled;
            compiled = new Aggregate(
                    plain.type(),
                    plain.keepsUnit(),
                    () -> new FilteredAccumulator(plain.accumulators().get(), condition));
        }
        Scope.Met inner = scope.forget();
        scope.met = outer;
        inner.aggregate = true;
        return scope.slots.aggregate(call, compiled, unit, inner);
    }

    private Typed used(Syntax.Call call, Slots.Slot slot) {
        scope.met.add(slot.met());
        return new Typed(slot.value(), slot.unit(), call.at(), call.name());
    }

    Typed analytic(Syntax.Call call, FunctionDefinition.Analytic function) throws RuleException {
        if (clause == Scope.Clause.ON || scope.sources.joinsStreams()) {
            throw new RuleException(
                    call.at(),
                    "expected " + function.usage()
                            + " in a rule of its own, whose stream is joined then: it follows the rows of one stream");
        }
        if (call.filter().isPresent()) {
            throw new RuleException(
                    call.filter().get().at(),
                    "expected FILTER behind an aggregate, found " + function.usage() + " (try OVER (WHEN ...))");
        }
        Optional<Slots.Slot> known = scope.slots.known(call);
        if (known.isEmpty()) {
            known = Optional.of(newAnalytic(call, function));
        }
        return used(call, known.get());
    }

    private Slots.Slot newAnalytic(Syntax.Call call, FunctionDefinition.Analytic function) throws RuleException {
        Scope.Met outer = scope.forget();
        ExpressionLinker ofRow = new ExpressionLinker(scope, Scope.Clause.ARGUMENT);
        List<Typed> arguments = new ArrayList<>();
        for (Syntax argument : new Wildcards(scope).expanded(call.arguments())) {
            arguments.add(ofRow.link(argument));
        }
        List<Expression> partition = new ArrayList<>();
        Optional<Expression> when = Optional.empty();
        if (call.over().isPresent()) {
            for (Syntax part : call.over().get().partition()) {
                partition.add(ofRow.link(part).expression());
            }
            Optional<Syntax> written = call.over().get().when();
            when = written.isEmpty() ? Optional.empty() : Optional.of(ofRow.condition(written.get()));
        }
        Scope.Met inner = scope.forget();
        scope.met = outer;
        if ((inner.sources & ~1) != 0) {
            throw new RuleException(
                    call.at(),
                    "expected columns of " + scope.sources.name(0) + " only: " + function.usage()
                            + " follows the rows of the stream");
        }
        inner.analytic = true;
        try {
            Tracking tracking = function.compiler().compile(CallLinker.expressions(arguments));
            String unit = tracking.keepsUnit() ? unit(arguments) : "";
            return scope.slots.analytic(call, new Plan.Analytic(tracking, List.copyOf(partition), when), unit, inner);
        } catch (ArgumentException wrong) {
            throw CallLinker.wrongArgument(call, wrong, arguments);
        }
    }

    /** The unit of what is followed: of the first argument that is no flag, as ignoreNull is one. */
    private static String unit(List<Typed> arguments) {
        return arguments.stream()
                .filter(argument -> argument.type() != Type.BOOLEAN)
                .findFirst()
                .map(Typed::unit)
                .orElse("");
    }

    Typed reduction(Syntax.Call call, FunctionDefinition.Reducing reducing, List<Typed> arguments)
            throws RuleException {
        if (clause != Scope.Clause.WHERE) {
            throw new RuleException(call.at(), "expected " + reducing.usage() + " in WHERE: it is a condition on rows");
        }
        try {
            Reduction reduction = reducing.compiler().compile(CallLinker.expressions(arguments));
            scope.slots.reductions.add(reduction);
            return new Typed(reduction, "", call.at(), call.name());
        } catch (ArgumentException wrong) {
            throw CallLinker.wrongArgument(call, wrong, arguments);
        }
    }

    /** The condition that holds rows back until newer ones have come. */
    Holding holding(Syntax.Call call, FunctionDefinition.Delaying delaying) throws RuleException {
        List<Typed> arguments = new ArrayList<>();
        for (Syntax argument : call.arguments()) {
            arguments.add(new ExpressionLinker(scope, Scope.Clause.WHERE).link(argument));
        }
        try {
            return delaying.compiler().compile(CallLinker.expressions(arguments));
        } catch (ArgumentException wrong) {
            throw CallLinker.wrongArgument(call, wrong, arguments);
        }
    }
}
