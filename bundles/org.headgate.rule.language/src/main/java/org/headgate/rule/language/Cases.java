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
        this.results = results.toArray(Expression[]::new);
    }

    static Expression of(Type type, List<Expression> conditions, List<Expression> results) {
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
            default ->
                (Expression.OfText) frame -> {
                    Expression chosen = cases.chosen(frame);
                    return chosen == null ? null : (String) chosen.evalObject(frame);
                };
        };
    }

    private Expression chosen(Frame frame) {
        for (int i = 0; i < conditions.length; i++) {
            if (conditions[i].evalBoolean(frame) && !frame.isNull()) {
                return results[i];
            }
        }
        if (results.length > conditions.length) {
            return results[conditions.length];
        }
        frame.setNull(true);
        return null;
    }
}
