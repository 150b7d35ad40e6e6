package org.headgate.rule.functions;

import java.util.List;
import org.headgate.data.api.Type;

/** A function by which a rule can compute. */
public sealed interface FunctionDefinition {
    /** How it is called. */
    Signature signature();

    /** The name, in lower case; rules may write it in any case. */
    default String name() {
        return signature().name();
    }

    /** How it is written, for messages: {@code deadband(x, d)}. */
    default String usage() {
        return signature().usage();
    }

    /**
     * Computes a value from values of the same row.
     *
     * @param compiler makes the compiled call; throws {@link ArgumentException}
     */
    record Scalar(Signature signature, ScalarCompiler compiler) implements FunctionDefinition {}

    /**
     * Computes one value from all rows of a group.
     *
     * @param compiler makes the aggregate; {@code count(*)} has no argument; throws {@link ArgumentException}
     */
    record Aggregating(Signature signature, AggregateCompiler compiler) implements FunctionDefinition {}

    /**
     * Computes a value from a row and the rows before it.
     *
     * @param compiler makes the call; throws {@link ArgumentException}
     */
    record Analytic(Signature signature, AnalyticCompiler compiler) implements FunctionDefinition {}

    /**
     * Decides, by what the rule has let through so far, whether a row is worth to be let through. Written in WHERE.
     *
     * @param compiler makes the condition; throws {@link ArgumentException}
     */
    record Reducing(Signature signature, ReducingCompiler compiler) implements FunctionDefinition {}

    /**
     * Decides, by the rows that come after it, whether a row is worth to be let through. Written in WHERE, once.
     *
     * @param compiler makes the condition; throws {@link ArgumentException}
     */
    record Delaying(Signature signature, DelayingCompiler compiler) implements FunctionDefinition {}

    /** Compiles a call for its arguments. */
    @FunctionalInterface
    interface ScalarCompiler {
        /** The compiled call. */
        Expression compile(List<Expression> arguments);
    }

    /** Compiles an aggregate for its arguments. */
    @FunctionalInterface
    interface AggregateCompiler {
        /** The compiled aggregate. */
        Aggregate compile(List<Expression> arguments);
    }

    /** Compiles an analytic call for its arguments. */
    @FunctionalInterface
    interface AnalyticCompiler {
        /** The compiled call. */
        Tracking compile(List<Expression> arguments);
    }

    /** Compiles a reducing condition for its arguments. */
    @FunctionalInterface
    interface ReducingCompiler {
        /** The compiled condition, with a state of its own. */
        Reduction compile(List<Expression> arguments);
    }

    /** Compiles a delaying condition for its arguments. */
    @FunctionalInterface
    interface DelayingCompiler {
        /** The compiled condition, with a state of its own. */
        Holding compile(List<Expression> arguments);
    }

    /** A number of arguments. */
    static void count(List<Expression> arguments, int expected, String usage) {
        count(arguments, expected, expected, usage);
    }

    /** A number of arguments within bounds. */
    static void count(List<Expression> arguments, int least, int most, String usage) {
        if (arguments.size() < least || arguments.size() > most) {
            throw new ArgumentException(-1, usage);
        }
    }

    /** An argument that is a number, or may turn out to be one. */
    static Expression number(List<Expression> arguments, int index) {
        Expression argument = arguments.get(index);
        return switch (argument.type()) {
            case LONG, DOUBLE, ANY -> argument;
            default -> throw new ArgumentException(index, "a number");
        };
    }

    /** An argument that is a text, or may turn out to be one. */
    static Expression text(List<Expression> arguments, int index) {
        Expression argument = arguments.get(index);
        if (argument.type() != Type.STRING && argument.type() != Type.ANY) {
            throw new ArgumentException(index, "a text");
        }
        return argument;
    }
}
