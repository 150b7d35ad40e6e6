package org.headgate.rule.library;

import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.Frame;
import org.headgate.rule.functions.FunctionDefinition;
import org.headgate.rule.functions.Scalars;
import org.headgate.rule.functions.Signature;

/** Mathematical functions. What is not a finite number (the root of -1, the logarithm of 0) is null and a failure. */
final class Maths {
    private Maths() {}

    static List<FunctionDefinition> all(RandomGenerator random) {
        FunctionDefinition power = ofTwo("power(x, y)", "x to the power of y", "power(2, 10)", "1024", Math::pow);
        return List.of(
                Define.alias("ceiling", ceil()),
                of("acos", "the angle in radians whose cosine is x", "acos(1)", "0", Math::acos),
                of("asin", "the angle in radians whose sine is x", "asin(0)", "0", Math::asin),
                of("atan", "the angle in radians whose tangent is x", "atan(0)", "0", Math::atan),
                ofTwo(
                        "atan2(y, x)",
                        "the angle in radians between the x axis and the point (x, y)",
                        "atan2(0, 1)",
                        "0",
                        Math::atan2),
                of("cos", "the cosine of an angle in radians", "cos(0)", "1", Math::cos),
                of("cosh", "the hyperbolic cosine", "cosh(0)", "1", Math::cosh),
                of("cot", "the cotangent of an angle in radians", "round(cot(0.5), 4)", "1.8305", x -> 1 / Math.tan(x)),
                of(
                        "degrees",
                        "an angle in radians, in degrees",
                        "round(degrees(pi()), 9)",
                        "180",
                        x -> x * (180 / Math.PI)),
                of("exp", "e to the power of x", "exp(0)", "1", Math::exp),
                of("ln", "the natural logarithm", "ln(1)", "0", Math::log),
                log(),
                ofTwo(
                        "mod(x, y)",
                        "the remainder of x divided by y, with the sign of x",
                        "mod(-7, 4)",
                        "-3",
                        (x, y) -> x % y),
                pi(),
                power,
                Define.alias("pow", power),
                of("radians", "an angle in degrees, in radians", "radians(0)", "0", x -> x * (Math.PI / 180)),
                new FunctionDefinition.Scalar(
                        Signature.of("rand()", "a random number, 0 <= rand() < 1", "rand() < 1", "true"), arguments -> {
                            FunctionDefinition.count(arguments, 0, "rand()");
                            return (Expression.OfDouble) frame -> {
                                frame.setNull(false);
                                return random.nextDouble();
                            };
                        }),
                sign(),
                of("sin", "the sine of an angle in radians", "sin(0)", "0", Math::sin),
                of("sinh", "the hyperbolic sine", "sinh(0)", "0", Math::sinh),
                of("tan", "the tangent of an angle in radians", "tan(0)", "0", Math::tan),
                of("tanh", "the hyperbolic tangent", "tanh(0)", "0", Math::tanh),
                trunc());
    }

    private static FunctionDefinition ceil() {
        return of("ceil", "the next whole number upwards", "ceil(1.2)", "2", Math::ceil);
    }

    private static FunctionDefinition log() {
        String usage = "log(x) or log(base, x)";
        return new FunctionDefinition.Scalar(
                Signature.of(usage, "the logarithm of x to base 10, or to any base", "log(2, 8)", "3"), arguments -> {
                    FunctionDefinition.count(arguments, 1, 2, usage);
                    Expression first = FunctionDefinition.number(arguments, 0);
                    return arguments.size() == 1
                            ? one("log", first, Math::log10)
                            : two("log", first, FunctionDefinition.number(arguments, 1), Maths::log);
                });
    }

    /** Of the powers of 2 and 10 exactly. */
    private static double log(double base, double x) {
        double quotient = Math.log(x) / Math.log(base);
        double whole = Math.rint(quotient);
        return Math.pow(base, whole) == x ? whole : quotient;
    }

    private static FunctionDefinition pi() {
        return new FunctionDefinition.Scalar(
                Signature.of("pi()", "the number pi", "round(pi(), 4)", "3.1416"), arguments -> {
                    FunctionDefinition.count(arguments, 0, "pi()");
                    return (Expression.OfDouble) frame -> {
                        frame.setNull(false);
                        return Math.PI;
                    };
                });
    }

    private static FunctionDefinition sign() {
        return new FunctionDefinition.Scalar(
                Signature.of("sign(x)", "1 for a positive number, -1 for a negative one, else 0", "sign(-2.5)", "-1"),
                arguments -> {
                    FunctionDefinition.count(arguments, 1, "sign(x)");
                    Expression x = FunctionDefinition.number(arguments, 0);
                    return (Expression.OfLong) frame -> (long) Math.signum(x.evalDouble(frame));
                });
    }

    private static FunctionDefinition trunc() {
        String usage = "trunc(x, n)";
        return new FunctionDefinition.Scalar(
                Signature.of(usage, "x with n decimal places, rounded as eKuiper does", "trunc(2.71828, 2)", "2.72"),
                arguments -> {
                    FunctionDefinition.count(arguments, 2, usage);
                    return Scalars.rounded(arguments);
                });
    }

    private static FunctionDefinition of(
            String name, String summary, String example, String result, DoubleUnaryOperator function) {
        String usage = name + "(x)";
        return new FunctionDefinition.Scalar(Signature.of(usage, summary, example, result), arguments -> {
            FunctionDefinition.count(arguments, 1, usage);
            return one(name, FunctionDefinition.number(arguments, 0), function);
        });
    }

    private static FunctionDefinition ofTwo(
            String usage, String summary, String example, String result, DoubleBinaryOperator function) {
        Signature signature = Signature.of(usage, summary, example, result);
        return new FunctionDefinition.Scalar(signature, arguments -> {
            FunctionDefinition.count(arguments, 2, usage);
            Expression x = FunctionDefinition.number(arguments, 0);
            Expression y = FunctionDefinition.number(arguments, 1);
            return two(signature.name(), x, y, function);
        });
    }

    private static Expression one(String name, Expression x, DoubleUnaryOperator function) {
        return (Expression.OfDouble) frame -> {
            double value = x.evalDouble(frame);
            return frame.isNull() ? 0 : finite(frame, name, function.applyAsDouble(value));
        };
    }

    private static Expression two(String name, Expression x, Expression y, DoubleBinaryOperator function) {
        return (Expression.OfDouble) frame -> {
            double a = x.evalDouble(frame);
            if (frame.isNull()) {
                return 0;
            }
            double b = y.evalDouble(frame);
            return frame.isNull() ? 0 : finite(frame, name, function.applyAsDouble(a, b));
        };
    }

    private static double finite(Frame frame, String name, double value) {
        if (!Double.isFinite(value)) {
            frame.fail(name + " has no result");
        }
        return value;
    }
}
