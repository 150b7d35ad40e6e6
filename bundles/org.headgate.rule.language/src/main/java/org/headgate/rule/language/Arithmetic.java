package org.headgate.rule.language;

import org.headgate.data.api.Type;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.Frame;

/**
 * Arithmetic as LF Edge eKuiper 2.4 does it: of two integers an integer (division rounds towards zero), else a double;
 * with null it is null. A division by zero and a result that does not fit fail: the value is null and counted.
 */
final class Arithmetic {
    private static final String TOO_LARGE = "a number beyond 64 bits";
    private static final String BY_ZERO = "a division by zero";

    private Arithmetic() {}

    static Expression of(Operator operator, Expression left, Expression right) {
        if (left.type() == Type.ANY || right.type() == Type.ANY) {
            return Dynamics.arithmetic(operator, left, right);
        }
        return left.type() == Type.LONG && right.type() == Type.LONG
                ? longs(longOperation(operator), left, right)
                : doubles(doubleOperation(operator), left, right);
    }

    static Expression negated(Expression operand) {
        if (operand.type() == Type.ANY) {
            // Zero is an integer, so that the operand alone decides.
            return Dynamics.arithmetic(Operator.MINUS, new Constants.OfLong(0), operand);
        }
        return operand.type() == Type.LONG
                ? longs((frame, zero, x) -> subtract(frame, 0, x), new Constants.OfLong(0), operand)
                : (Expression.OfDouble) frame -> -operand.evalDouble(frame);
    }

    @FunctionalInterface
    interface LongOperation {
        long apply(Frame frame, long left, long right);
    }

    @FunctionalInterface
    interface DoubleOperation {
        double apply(Frame frame, double left, double right);
    }

    private static Expression longs(LongOperation operation, Expression left, Expression right) {
        return (Expression.OfLong) frame -> {
            long a = left.evalLong(frame);
            if (frame.isNull()) {
                return 0;
            }
            long b = right.evalLong(frame);
            return frame.isNull() ? 0 : operation.apply(frame, a, b);
        };
    }

    private static Expression doubles(DoubleOperation operation, Expression left, Expression right) {
        return (Expression.OfDouble) frame -> {
            double a = left.evalDouble(frame);
            if (frame.isNull()) {
                return 0;
            }
            double b = right.evalDouble(frame);
            if (frame.isNull()) {
                return 0;
            }
            return finite(frame, operation.apply(frame, a, b));
        };
    }

    /** A result that no format downstream can say is a failure. */
    static double finite(Frame frame, double result) {
        if (!Double.isFinite(result)) {
            frame.fail(TOO_LARGE);
        }
        return result;
    }

    static LongOperation longOperation(Operator operator) {
        return switch (operator) {
            case PLUS -> Arithmetic::add;
            case MINUS -> Arithmetic::subtract;
            case TIMES -> Arithmetic::multiply;
            case DIVIDE ->
                (frame, a, b) -> {
                    if (b == 0) {
                        frame.fail(BY_ZERO);
                        return 0;
                    }
                    // The one quotient that does not fit is the least number divided by -1.
                    return b == -1 ? subtract(frame, 0, a) : a / b;
                };
            case REMAINDER ->
                (frame, a, b) -> {
                    if (b == 0) {
                        frame.fail(BY_ZERO);
                        return 0;
                    }
                    return a % b;
                };
            case BIT_AND -> (frame, a, b) -> a & b;
            case BIT_OR -> (frame, a, b) -> a | b;
            case BIT_XOR -> (frame, a, b) -> a ^ b;
            default -> throw new IllegalArgumentException(operator.symbol());
        };
    }

    static DoubleOperation doubleOperation(Operator operator) {
        return switch (operator) {
            case PLUS -> (frame, a, b) -> a + b;
            case MINUS -> (frame, a, b) -> a - b;
            case TIMES -> (frame, a, b) -> a * b;
            case DIVIDE -> (frame, a, b) -> b == 0 ? byZero(frame) : a / b;
            case REMAINDER -> (frame, a, b) -> b == 0 ? byZero(frame) : a % b;
            default -> throw new IllegalArgumentException(operator.symbol());
        };
    }

    private static double byZero(Frame frame) {
        frame.fail(BY_ZERO);
        return 0;
    }

    private static long add(Frame frame, long a, long b) {
        long sum = a + b;
        if (((a ^ sum) & (b ^ sum)) < 0) {
            frame.fail(TOO_LARGE);
        }
        return sum;
    }

    private static long subtract(Frame frame, long a, long b) {
        long difference = a - b;
        if (((a ^ b) & (a ^ difference)) < 0) {
            frame.fail(TOO_LARGE);
        }
        return difference;
    }

    private static long multiply(Frame frame, long a, long b) {
        long low = a * b;
        if (Math.multiplyHigh(a, b) != low >> 63) {
            frame.fail(TOO_LARGE);
        }
        return low;
    }
}
