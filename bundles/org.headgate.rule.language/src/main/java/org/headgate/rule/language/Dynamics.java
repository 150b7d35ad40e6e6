package org.headgate.rule.language;

import java.util.List;
import java.util.Map;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.Frame;

/**
 * Operators on values whose type shows only when they are there. Numbers are compared and computed with whatever their kind, as LONG where
 * both are whole; what does not fit is null, and counted.
 */
final class Dynamics {
    private Dynamics() {}

    static Expression arithmetic(Operator operator, Expression left, Expression right) {
        Arithmetic.LongOperation ofLongs = Arithmetic.longOperation(operator);
        boolean bits = operator == Operator.BIT_AND || operator == Operator.BIT_OR || operator == Operator.BIT_XOR;
        Arithmetic.DoubleOperation ofDoubles = bits ? null : Arithmetic.doubleOperation(operator);
        return (Expression.OfAny) frame -> {
            Object a = left.evalObject(frame);
            if (frame.isNull()) {
                return null;
            }
            Object b = right.evalObject(frame);
            if (frame.isNull()) {
                return null;
            }
            if (isWhole(a) && isWhole(b)) {
                long result = ofLongs.apply(frame, ((Number) a).longValue(), ((Number) b).longValue());
                return frame.isNull() ? null : (Object) result;
            }
            if (!bits && a instanceof Number x && b instanceof Number y) {
                double result = Arithmetic.finite(frame, ofDoubles.apply(frame, x.doubleValue(), y.doubleValue()));
                return frame.isNull() ? null : (Object) result;
            }
            String expected = bits ? "whole numbers" : "numbers";
            frame.fail(
                    "expected " + expected + " beside " + operator.symbol() + ", found " + text(a) + " and " + text(b));
            return null;
        };
    }

    static Expression comparison(Operator operator, Expression left, Expression right) {
        Comparisons.OrderTest test = Comparisons.orderTest(operator);
        boolean equality = operator == Operator.EQUAL || operator == Operator.UNEQUAL;
        return (Expression.OfBoolean) frame -> {
            Object a = left.evalObject(frame);
            if (frame.isNull()) {
                return Comparisons.isFalse(frame);
            }
            Object b = right.evalObject(frame);
            if (frame.isNull()) {
                return Comparisons.isFalse(frame);
            }
            if (isWhole(a) && isWhole(b)) {
                return test.test(Long.compare(((Number) a).longValue(), ((Number) b).longValue()));
            }
            if (a instanceof Number x && b instanceof Number y) {
                return test.test(compare(x.doubleValue(), y.doubleValue()));
            }
            if (a instanceof String x && b instanceof String y) {
                return test.test(x.compareTo(y));
            }
            if (equality && a instanceof Boolean x && b instanceof Boolean y) {
                return test.test(x.compareTo(y));
            }
            frame.fail("expected two numbers or two texts beside " + operator.symbol() + ", found " + text(a) + " and "
                    + text(b));
            return Comparisons.isFalse(frame);
        };
    }

    /** Whether a value is one of the elements of an array; a null is not. */
    static Expression in(boolean not, Expression value, Expression array) {
        return (Expression.OfBoolean) frame -> {
            Object wanted = value.evalObject(frame);
            if (frame.isNull()) {
                return Comparisons.isFalse(frame);
            }
            Object elements = array.evalObject(frame);
            if (frame.isNull()) {
                return Comparisons.isFalse(frame);
            }
            if (elements instanceof List<?> list) {
                return contains(list, wanted) != not;
            }
            frame.fail("expected an array behind IN, found " + text(elements));
            return Comparisons.isFalse(frame);
        };
    }

    private static boolean contains(List<?> list, Object wanted) {
        for (Object element : list) {
            if (equal(element, wanted)) {
                return true;
            }
        }
        return false;
    }

    private static boolean equal(Object a, Object b) {
        if (a instanceof Number x && b instanceof Number y) {
            return isWhole(x) && isWhole(y) ? x.longValue() == y.longValue() : x.doubleValue() == y.doubleValue();
        }
        return a != null && a.equals(b);
    }

    /** A number as it is compared: equal ones are equal objects. Other values as they are. */
    static Object key(Object value) {
        // Adding zero makes a zero of minus zero.
        return value instanceof Number number ? (Object) (number.doubleValue() + 0.0) : value;
    }

    static boolean isWhole(Object value) {
        return value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte;
    }

    /** As == and < order them: -0 is 0. */
    private static int compare(double a, double b) {
        return a < b ? -1 : a > b ? 1 : 0;
    }

    /** A value as a message shows it: in a line, and short. */
    static String text(Object value) {
        if (value instanceof Map) {
            return "a struct";
        }
        if (value instanceof List) {
            return "an array";
        }
        String text = value instanceof String ? "'" + value + "'" : String.valueOf(value);
        return text.length() > 40 ? text.substring(0, 40) + "..." : text;
    }

    /** Why a value of another type than wanted is null. */
    static void wrong(Frame frame, String expected, Object found) {
        frame.fail("expected " + expected + ", found " + text(found));
    }
}
