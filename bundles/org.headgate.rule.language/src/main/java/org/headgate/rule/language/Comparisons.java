package org.headgate.rule.language;

import org.headgate.data.api.Row;
import org.headgate.data.api.Type;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.Frame;
import org.headgate.rule.functions.RowCondition;

/**
 * Comparisons. With a null they are false, whatever the operator ("Compare with nil always return false", LF Edge
 * eKuiper SQL reference, "Data types"), so they are never null themselves.
 */
final class Comparisons {
    private Comparisons() {}

    static Expression of(Operator operator, Typed left, Typed right) throws RuleException {
        if (left.isAny() || right.isAny()) {
            return Dynamics.comparison(operator, left.expression(), right.expression());
        }
        if (left.isNumber()) {
            return numbers(operator, left.expression(), right.number());
        }
        if (left.type() == Type.STRING) {
            return texts(operator, left.expression(), right.text());
        }
        if (left.type() == Type.BOOLEAN && (operator == Operator.EQUAL || operator == Operator.UNEQUAL)) {
            return booleans(operator == Operator.EQUAL, left.expression(), right.condition());
        }
        return left.complain("a number or a text beside " + operator.symbol());
    }

    static boolean isFalse(Frame frame) {
        frame.setNull(false);
        return false;
    }

    private static Expression numbers(Operator operator, Expression left, Expression right) {
        if (left instanceof Columns.OfDouble column && right instanceof Constants.OfDouble constant) {
            return fused(operator, column.index(), constant.value());
        }
        if (left instanceof Columns.OfDouble column && right instanceof Constants.OfLong constant) {
            return fused(operator, column.index(), (double) constant.value());
        }
        if (left instanceof Columns.OfLong column && right instanceof Constants.OfLong constant) {
            return fused(operator, column.index(), constant.value());
        }
        if (left.type() == Type.LONG && right.type() == Type.LONG) {
            return longs(operator, left, right);
        }
        DoubleTest test = doubleTest(operator);
        return (Expression.OfBoolean) frame -> {
            double a = left.evalDouble(frame);
            if (frame.isNull()) {
                return isFalse(frame);
            }
            double b = right.evalDouble(frame);
            return frame.isNull() ? isFalse(frame) : test.test(a, b);
        };
    }

    /** {@code value > 90}, by far the commonest condition: one closure, which sees nothing but the row. */
    private static RowCondition fused(Operator operator, int index, double limit) {
        return new RowCondition(
                switch (operator) {
                    case EQUAL -> row -> !row.isNull(index) && value(row, index) == limit;
                    case UNEQUAL -> row -> !row.isNull(index) && value(row, index) != limit;
                    case LESS -> row -> !row.isNull(index) && value(row, index) < limit;
                    case AT_MOST -> row -> !row.isNull(index) && value(row, index) <= limit;
                    case GREATER -> row -> !row.isNull(index) && value(row, index) > limit;
                    case AT_LEAST -> row -> !row.isNull(index) && value(row, index) >= limit;
                    default -> throw new IllegalArgumentException(operator.symbol());
                });
    }

    private static double value(Row row, int index) {
        return Double.longBitsToDouble(row.bits(index));
    }

    /** The same with integers: a device's number. */
    private static RowCondition fused(Operator operator, int index, long limit) {
        return new RowCondition(
                switch (operator) {
                    case EQUAL -> row -> !row.isNull(index) && row.bits(index) == limit;
                    case UNEQUAL -> row -> !row.isNull(index) && row.bits(index) != limit;
                    case LESS -> row -> !row.isNull(index) && row.bits(index) < limit;
                    case AT_MOST -> row -> !row.isNull(index) && row.bits(index) <= limit;
                    case GREATER -> row -> !row.isNull(index) && row.bits(index) > limit;
                    case AT_LEAST -> row -> !row.isNull(index) && row.bits(index) >= limit;
                    default -> throw new IllegalArgumentException(operator.symbol());
                });
    }

    private static Expression longs(Operator operator, Expression left, Expression right) {
        OrderTest test = orderTest(operator);
        return (Expression.OfBoolean) frame -> {
            long a = left.evalLong(frame);
            if (frame.isNull()) {
                return isFalse(frame);
            }
            long b = right.evalLong(frame);
            return frame.isNull() ? isFalse(frame) : test.test(Long.compare(a, b));
        };
    }

    private static Expression texts(Operator operator, Expression left, Expression right) {
        OrderTest test = orderTest(operator);
        return (Expression.OfBoolean) frame -> {
            String a = (String) left.evalObject(frame);
            if (frame.isNull()) {
                return isFalse(frame);
            }
            String b = (String) right.evalObject(frame);
            return frame.isNull() ? isFalse(frame) : test.test(a.compareTo(b));
        };
    }

    private static Expression booleans(boolean equal, Expression left, Expression right) {
        return (Expression.OfBoolean) frame -> {
            boolean a = left.evalBoolean(frame);
            if (frame.isNull()) {
                return isFalse(frame);
            }
            boolean b = right.evalBoolean(frame);
            return frame.isNull() ? isFalse(frame) : (a == b) == equal;
        };
    }

    @FunctionalInterface
    private interface DoubleTest {
        boolean test(double a, double b);
    }

    @FunctionalInterface
    interface OrderTest {
        boolean test(int order);
    }

    private static DoubleTest doubleTest(Operator operator) {
        return switch (operator) {
            case EQUAL -> (a, b) -> a == b;
            case UNEQUAL -> (a, b) -> a != b;
            case LESS -> (a, b) -> a < b;
            case AT_MOST -> (a, b) -> a <= b;
            case GREATER -> (a, b) -> a > b;
            case AT_LEAST -> (a, b) -> a >= b;
            default -> throw new IllegalArgumentException(operator.symbol());
        };
    }

    static OrderTest orderTest(Operator operator) {
        return switch (operator) {
            case EQUAL -> order -> order == 0;
            case UNEQUAL -> order -> order != 0;
            case LESS -> order -> order < 0;
            case AT_MOST -> order -> order <= 0;
            case GREATER -> order -> order > 0;
            case AT_LEAST -> order -> order >= 0;
            default -> throw new IllegalArgumentException(operator.symbol());
        };
    }
}
