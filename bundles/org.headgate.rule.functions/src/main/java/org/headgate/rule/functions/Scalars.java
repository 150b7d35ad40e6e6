package org.headgate.rule.functions;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.headgate.data.api.Type;

/** Scalar functions of numbers, with the names of LF Edge eKuiper 2.4. */
public final class Scalars {
    private Scalars() {}

    /** abs, ceil, floor, round, sqrt. */
    public static List<FunctionDefinition> all() {
        return List.of(
                new FunctionDefinition.Scalar(
                        Signature.of("abs(x)", "the absolute value", "abs(-3)", "3"), Scalars::abs),
                ofDouble("ceil", "the next whole number upwards", "ceil(1.2)", "2", Math::ceil),
                ofDouble("floor", "the next whole number downwards", "floor(1.8)", "1", Math::floor),
                new FunctionDefinition.Scalar(
                        Signature.of(
                                "round(x [, n])",
                                "the nearest number with n decimal places, 0 if not given, half away from zero",
                                "round(56788.345, 2)",
                                "56788.35"),
                        arguments -> {
                            FunctionDefinition.count(arguments, 1, 2, "round(x [, n])");
                            return rounded(arguments);
                        }),
                ofDouble("sqrt", "the square root", "sqrt(9)", "3", Math::sqrt));
    }

    /** Half away from zero, as eKuiper; Math.rint rounds half to even, and adding 0.5 is wrong just below a half. */
    private static double round(double x) {
        double whole = x < 0 ? Math.ceil(x) : Math.floor(x);
        return Math.abs(x - whole) >= 0.5 ? whole + Math.signum(x) : whole;
    }

    /** The first argument, rounded to as many decimal places as the second says; a negative number of them rounds to tens, hundreds ... */
    public static Expression rounded(List<Expression> arguments) {
        Expression x = FunctionDefinition.number(arguments, 0);
        if (arguments.size() == 1) {
            return (Expression.OfDouble) frame -> round(x.evalDouble(frame));
        }
        Expression places = FunctionDefinition.number(arguments, 1);
        return (Expression.OfDouble) frame -> {
            double value = x.evalDouble(frame);
            if (frame.isNull()) {
                return 0;
            }
            double n = places.evalDouble(frame);
            if (!frame.isNull() && n != Math.rint(n)) {
                frame.fail("expected a whole number of decimal places, found " + n);
            }
            return frame.isNull() ? 0 : round(value, (int) n);
        };
    }

    /** Beyond the digits of a double there is nothing to round. */
    private static double round(double x, int places) {
        double factor = Math.pow(10, Math.abs(places));
        double scaled = places < 0 ? x / factor : x * factor;
        if (places < 0) {
            return Double.isFinite(factor) ? round(scaled) * factor : 0;
        }
        return Math.abs(scaled) < 0x1p52 ? round(scaled) / factor : x;
    }

    private static Expression abs(List<Expression> arguments) {
        FunctionDefinition.count(arguments, 1, "abs(x)");
        Expression x = FunctionDefinition.number(arguments, 0);
        if (x.type() == Type.LONG) {
            return (Expression.OfLong) frame -> {
                long value = x.evalLong(frame);
                if (!frame.isNull() && value == Long.MIN_VALUE) {
                    frame.fail("abs has no result");
                }
                return Math.abs(value);
            };
        }
        return (Expression.OfDouble) frame -> Math.abs(x.evalDouble(frame));
    }

    private static FunctionDefinition ofDouble(
            String name, String summary, String example, String result, DoubleUnaryOperator function) {
        String usage = name + "(x)";
        return new FunctionDefinition.Scalar(Signature.of(usage, summary, example, result), arguments -> {
            FunctionDefinition.count(arguments, 1, usage);
            Expression x = FunctionDefinition.number(arguments, 0);
            return (Expression.OfDouble) frame -> {
                double value = function.applyAsDouble(x.evalDouble(frame));
                if (!frame.isNull() && !Double.isFinite(value)) {
                    frame.fail(name + " has no result");
                }
                return value;
            };
        });
    }
}
