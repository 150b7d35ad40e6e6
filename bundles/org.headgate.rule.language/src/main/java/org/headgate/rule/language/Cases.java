package org.headgate.rule.language;

import java.util.List;
import org.headgate.data.api.Type;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.Frame;

/** CASE: the result of the first branch whose condition is true; null where none is and there is no ELSE. */
final class Cases {
    private final Expression[] conditions;
    private final Expression[] results;

    /** The last result is ELSE, where there is one more result than conditions. */
    private Cases(List<Expression> conditions, List<Expression> results) {
        this.conditions = conditions.toArray(Expression[]::new);
        // NULL among numbers is no number that could be asked for.
        this.results = results.stream()
                .map(result -> result instanceof Constants.OfNull ? null : result)
                .toArray(Expression[]::new);
    }

    static Expression of(List<Expression> conditions, List<Expression> results) {
        Type type = type(results);
        Cases cases = new Cases(conditions, results);
        return switch (type) {
            case BOOLEAN ->
                (Expression.OfBoolean) frame -> {
                    Expression chosen = cases.chosen(frame);
                    return chosen != null && chosen.evalBoolean(frame);
                };
            case LONG ->
                (Expression.OfLong) frame -> {
                    Expression chosen = cases.chosen(frame);
                    return chosen == null ? 0 : chosen.evalLong(frame);
                };
            case DOUBLE ->
                (Expression.OfDouble) frame -> {
                    Expression chosen = cases.chosen(frame);
                    return chosen == null ? 0 : chosen.evalDouble(frame);
                };
            case STRING ->
                (Expression.OfText) frame -> {
                    Expression chosen = cases.chosen(frame);
                    return chosen == null ? null : (String) chosen.evalObject(frame);
                };
            default -> new OfObject(type, cases);
        };
    }

    /** BYTES, ARRAY, STRUCT, or branches of several types. */
    private record OfObject(Type type, Cases cases) implements Expression.OfObject {
        @Override
        public Object evalObject(Frame frame) {
            Expression chosen = cases.chosen(frame);
            return chosen == null ? null : chosen.evalObject(frame);
        }
    }

    /** The type that all results have, NULL left out; DOUBLE of numbers; ANY where they differ. */
    private static Type type(List<Expression> results) {
        Type type = null;
        for (Expression result : results) {
            Type next = result.type();
            if (result instanceof Constants.OfNull || next == type) {
                continue;
            }
            boolean numbers = (next == Type.LONG || next == Type.DOUBLE) && (type == Type.LONG || type == Type.DOUBLE);
            if (type == null) {
                type = next;
            } else {
                type = numbers ? Type.DOUBLE : Type.ANY;
            }
        }
        return type == null ? Type.ANY : type;
    }

    private Expression chosen(Frame frame) {
        for (int i = 0; i < conditions.length; i++) {
            if (conditions[i].evalBoolean(frame) && !frame.isNull()) {
                return orNull(frame, results[i]);
            }
        }
        return orNull(frame, results.length > conditions.length ? results[conditions.length] : null);
    }

    private static Expression orNull(Frame frame, Expression result) {
        if (result == null) {
            frame.setNull(true);
        }
        return result;
    }
}
