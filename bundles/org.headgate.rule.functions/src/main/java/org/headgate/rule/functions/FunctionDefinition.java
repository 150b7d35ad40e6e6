package org.headgate.rule.functions;

import java.util.List;
import org.headgate.data.api.Type;

/** A function by which a rule can compute. */
public sealed interface FunctionDefinition {
    /** The name, in lower case; rules may write it in any case. */
    String name();

    /** How it is written, for messages: {@code deadband(x, d)}. */
    String usage();

    /**
     * Computes a value from values of the same row.
     *
     * @param compiler makes the compiled call; throws {@link ArgumentException}
     */
    record Scalar(String name, String usage, ScalarCompiler compiler) implements FunctionDefinition {}

    /**
     * Computes one value from all rows of a group.
     *
     * @param compiler makes the aggregate; its argument is null for {@code count(*)}; throws {@link ArgumentException}
     */
    record Aggregating(String name, String usage, AggregateCompiler compiler) implements FunctionDefinition {}

    /**
     * Decides, by what the rule has let through so far, whether a row is worth to be let through. Written in WHERE.
     *
     * @param compiler makes the condition; throws {@link ArgumentException}
     */
    record Reducing(String name, String usage, ReducingCompiler compiler) implements FunctionDefinition {}

    /** Compiles a call for its arguments. */
    @FunctionalInterface
    interface ScalarCompiler {
        /** The compiled call. */
        Expression compile(List<Expression> arguments);
    }

    /** Compiles an aggregate for its argument. */
    @FunctionalInterface
    interface AggregateCompiler {
        /** The compiled aggregate. */
        Aggregate compile(Expression argument);
    }

    /** Compiles a reducing condition for its arguments. */
    @FunctionalInterface
    interface ReducingCompiler {
        /** The compiled condition, with a state of its own. */
        Reduction compile(List<Expression> arguments);
    }

    /** A number of arguments. */
    static void count(List<Expression> arguments, int expected, String usage) {
        if (arguments.size() != expected) {
            throw new ArgumentException(-1, usage);
        }
    }

    /** A LONG or DOUBLE argument. */
    static Expression number(List<Expression> arguments, int index) {
        Expression argument = arguments.get(index);
        if (argument.type() != Type.LONG && argument.type() != Type.DOUBLE) {
            throw new ArgumentException(index, "a number");
        }
        return argument;
    }
}
