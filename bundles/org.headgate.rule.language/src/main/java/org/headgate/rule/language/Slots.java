package org.headgate.rule.language;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headgate.data.api.Type;
import org.headgate.rule.functions.Aggregate;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.Frame;
import org.headgate.rule.functions.Holding;
import org.headgate.rule.functions.Reduction;
import org.headgate.rule.functions.Result;

/**
 * What a rule keeps from row to row, each with its place in the frame. A call that is written twice has one place: its text is the key, for
 * names mean the same in the arguments of all such calls.
 */
final class Slots {
    final List<Aggregate> aggregates = new ArrayList<>();
    final List<Plan.Analytic> analytics = new ArrayList<>();
    final List<Reduction> reductions = new ArrayList<>();
    Optional<Holding> holding = Optional.empty();
    Optional<Position> firstAggregate = Optional.empty();

    private final Map<String, Slot> known = new HashMap<>();

    /** The place of a call, and what is known of its value. */
    record Slot(Expression value, String unit, Scope.Met met) {}

    Optional<Slot> known(Syntax.Call call) {
        return Optional.ofNullable(known.get(call.text()));
    }

    Slot aggregate(Syntax.Call call, Aggregate aggregate, String unit, Scope.Met met) {
        int index = aggregates.size();
        aggregates.add(aggregate);
        firstAggregate = firstAggregate.or(() -> Optional.of(call.at()));
        return keep(call, value(aggregate.type(), frame -> frame.aggregate(index)), unit, met);
    }

    Slot analytic(Syntax.Call call, Plan.Analytic analytic, String unit, Scope.Met met) {
        int index = analytics.size();
        analytics.add(analytic);
        return keep(call, value(analytic.tracking().type(), frame -> frame.tracker(index)), unit, met);
    }

    private Slot keep(Syntax.Call call, Expression value, String unit, Scope.Met met) {
        Slot slot = new Slot(value, unit, met);
        known.put(call.text(), slot);
        return slot;
    }

    @FunctionalInterface
    private interface Place {
        Result of(Frame frame);
    }

    /** The value of a slot as an expression of its type. */
    private static Expression value(Type type, Place place) {
        return switch (type) {
            case BOOLEAN -> (Expression.OfBoolean) frame -> place.of(frame).asBoolean(frame);
            case LONG -> (Expression.OfLong) frame -> place.of(frame).asLong(frame);
            case DOUBLE -> (Expression.OfDouble) frame -> place.of(frame).asDouble(frame);
            case STRING -> (Expression.OfText) frame -> (String) place.of(frame).asObject(frame);
            default -> new OfObject(type, place);
        };
    }

    private record OfObject(Type type, Place place) implements Expression.OfObject {
        @Override
        public Object evalObject(Frame frame) {
            return place.of(frame).asObject(frame);
        }
    }
}
