package org.headgate.rule.aggregates;

import java.util.List;
import java.util.function.Supplier;
import org.headgate.data.api.Type;
import org.headgate.rule.functions.Accumulator;
import org.headgate.rule.functions.Aggregate;
import org.headgate.rule.functions.ArgumentException;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.FunctionDefinition;
import org.headgate.rule.functions.Signature;

/**
 * The aggregate functions, with the semantics of LF Edge eKuiper 2.4 (SQL reference, "Aggregate Functions"): nulls are
 * skipped; a group without any value gives null, and 0 for count; sum and avg of integers are integers, avg being
 * rounded towards zero, as there. A value of another type than a function takes is a failure, and skipped as a null is.
 */
public final class Aggregates {
    private static final String X = "{\"x\": 1.5} {} {\"x\": 3}";
    private static final String SERIES = "{\"x\": 2} {\"x\": 4} {\"x\": 4} {\"x\": 6}";
    private static final String PAIRS = "{\"x\": \"a\", \"y\": 3} {\"x\": \"b\", \"y\": 9} {\"x\": \"c\", \"y\": 1}";

    private Aggregates() {}

    /** Every aggregate. */
    public static List<FunctionDefinition> all() {
        return List.of(
                total("avg", "the average; of integers an integer, rounded towards zero", "2.25", true),
                total("sum", "the sum; of integers an integer", "4.5", false),
                extreme("min", "the smallest number, or the first text by its characters", "1.5", false),
                extreme("max", "the greatest number, or the last text by its characters", "3", true),
                of(
                        "count(x) or count(*)",
                        "how many values are not null, or how many rows there are",
                        "count(x)",
                        X,
                        "2",
                        Aggregates::count),
                of(
                        "collect(x) or collect(*)",
                        "an array of all values, nulls among them, or of all rows; 100,000 at most",
                        "collect(x)",
                        "{\"x\": 1} {\"x\": 2} {\"x\": 1}",
                        "[1,2,1]",
                        Aggregates::collect),
                of(
                        "merge_agg(x) or merge_agg(*)",
                        "an object with the fields of all objects, of two with one name the later; of all rows with *",
                        "merge_agg(x)",
                        "{\"x\": {\"a\": 1, \"b\": 1}} {\"x\": {\"b\": 2}}",
                        "{\"a\":1,\"b\":2}",
                        Aggregates::mergeAgg),
                of(
                        "deduplicate(x, all)",
                        "the rows whose x did not occur before; with all false the newest row, if its x did not",
                        "deduplicate(x, true)",
                        "{\"x\": 1} {\"x\": 2} {\"x\": 1}",
                        "[{\"x\":1},{\"x\":2}]",
                        Aggregates::deduplicate),
                variance("stddev", "the standard deviation of all values", "1.4142135623730951", false, true),
                variance("stddevs", "the standard deviation of a sample", "1.632993161855452", true, true),
                variance("var", "the variance of all values", "2", false, false),
                variance("vars", "the variance of a sample", "2.6666666666666665", true, false),
                percentile(
                        "percentile_cont",
                        ExactPercentile.Kind.CONTINUOUS,
                        "3",
                        "the value at n * p, or the mean of the two there, of 100,000 values at most"),
                percentile(
                        "percentile",
                        ExactPercentile.Kind.CONTINUOUS,
                        "3",
                        "percentile_cont by the name that its manual gives it"),
                percentile(
                        "percentile_disc",
                        ExactPercentile.Kind.DISCRETE,
                        "4",
                        "the value of rank n * p, rounded up, of 100,000 values at most"),
                of(
                        "median(x)",
                        "the value in the middle, or the mean of the two there; of 100,000 values at most",
                        "median(x)",
                        "{\"x\": 2} {\"x\": 9} {\"x\": 4}",
                        "4",
                        arguments -> number(
                                arguments,
                                1,
                                "median(x)",
                                true,
                                () -> new ExactPercentile(ExactPercentile.Kind.MEDIAN, arguments.get(0), null))),
                of(
                        "percentile_approx(x, p)",
                        "percentile_disc(x, p) of any number of values, at most 1 % of the value off",
                        "percentile_approx(x, 1)",
                        SERIES,
                        "6",
                        arguments -> number(
                                arguments,
                                2,
                                "percentile_approx(x, p)",
                                true,
                                () -> new ApproximatePercentile(arguments.get(0), arguments.get(1)))),
                end("last_value", "the last value, with ignoreNull the last that is not null", "3", true),
                end("first_value", "the first value, with ignoreNull the first that is not null", "1.5", false),
                by("max_by", "x in the last row with the greatest y", "\"b\"", true),
                by("min_by", "x in the last row with the smallest y", "\"c\"", false),
                of(
                        "time_weighted_avg(x)",
                        "the average over time: x runs straight from row to row, by the rows' times",
                        "time_weighted_avg(x)",
                        "{\"x\": 0} {\"x\": 2} {\"x\": 2}",
                        "1.5",
                        arguments -> number(
                                arguments,
                                1,
                                "time_weighted_avg(x)",
                                true,
                                () -> new TimeWeighted(arguments.get(0), true))),
                of(
                        "integral(x)",
                        "x times seconds: x runs straight from row to row, by the rows' times",
                        "integral(x)",
                        "{\"x\": 0} {\"x\": 2} {\"x\": 2}",
                        "3",
                        arguments -> number(
                                arguments, 1, "integral(x)", false, () -> new TimeWeighted(arguments.get(0), false))));
    }

    private static FunctionDefinition of(
            String usage,
            String summary,
            String example,
            String input,
            String result,
            FunctionDefinition.AggregateCompiler compiler) {
        return new FunctionDefinition.Aggregating(Signature.of(usage, summary, example, input, result), compiler);
    }

    private static FunctionDefinition total(String name, String summary, String result, boolean averages) {
        return of(name + "(x)", summary, name + "(x)", X, result, arguments -> {
            FunctionDefinition.count(arguments, 1, name + "(x)");
            Expression x = FunctionDefinition.number(arguments, 0);
            return switch (x.type()) {
                case LONG ->
                    new Aggregate(
                            Type.LONG,
                            true,
                            () -> averages ? new LongAccumulators.Average(x) : new LongAccumulators.Sum(x));
                case DOUBLE ->
                    new Aggregate(
                            Type.DOUBLE,
                            true,
                            () -> averages ? new DoubleAccumulators.Average(x) : new DoubleAccumulators.Sum(x));
                default -> new Aggregate(Type.ANY, true, () -> new AnyAccumulators.Sum(x, averages));
            };
        });
    }

    private static FunctionDefinition extreme(String name, String summary, String result, boolean greatest) {
        return of(name + "(x)", summary, name + "(x)", X, result, arguments -> {
            FunctionDefinition.count(arguments, 1, name + "(x)");
            Expression x = arguments.get(0);
            return switch (x.type()) {
                case LONG ->
                    new Aggregate(
                            Type.LONG,
                            true,
                            () -> greatest ? new LongAccumulators.Greatest(x) : new LongAccumulators.Least(x));
                case DOUBLE ->
                    new Aggregate(
                            Type.DOUBLE,
                            true,
                            () -> greatest ? new DoubleAccumulators.Greatest(x) : new DoubleAccumulators.Least(x));
                case STRING, ANY -> new Aggregate(x.type(), true, () -> new AnyAccumulators.Extreme(x, greatest));
                default -> throw new ArgumentException(0, "a number or a text");
            };
        });
    }

    private static Aggregate count(List<Expression> arguments) {
        FunctionDefinition.count(arguments, 0, 1, "count(x) or count(*)");
        Expression argument = Arguments.optional(arguments, 0);
        return new Aggregate(Type.LONG, false, () -> new LongAccumulators.Count(argument));
    }

    private static Aggregate collect(List<Expression> arguments) {
        FunctionDefinition.count(arguments, 0, 1, "collect(x) or collect(*)");
        Expression argument = Arguments.optional(arguments, 0);
        return new Aggregate(Type.ARRAY, false, () -> new CollectingAccumulators.Collect(argument, true, false));
    }

    private static Aggregate mergeAgg(List<Expression> arguments) {
        FunctionDefinition.count(arguments, 0, 1, "merge_agg(x) or merge_agg(*)");
        Expression argument = Arguments.optional(arguments, 0);
        return new Aggregate(Type.STRUCT, false, () -> new CollectingAccumulators.MergedStructs(argument));
    }

    /** An array or a row: which one only the second argument's value says. */
    private static Aggregate deduplicate(List<Expression> arguments) {
        FunctionDefinition.count(arguments, 2, "deduplicate(x, all)");
        Expression all = Arguments.condition(arguments, 1);
        return new Aggregate(Type.ANY, false, () -> new Deduplicated(arguments.get(0), all));
    }

    /** Every argument is a number, and so is the result. */
    private static Aggregate number(
            List<Expression> arguments,
            int count,
            String usage,
            boolean keepsUnit,
            Supplier<Accumulator> accumulators) {
        FunctionDefinition.count(arguments, count, usage);
        for (int i = 0; i < count; i++) {
            FunctionDefinition.number(arguments, i);
        }
        return new Aggregate(Type.DOUBLE, keepsUnit, accumulators);
    }

    private static FunctionDefinition variance(
            String name, String summary, String result, boolean sample, boolean root) {
        return of(
                name + "(x)",
                summary,
                name + "(x)",
                SERIES,
                result,
                arguments ->
                        number(arguments, 1, name + "(x)", root, () -> new Variance(arguments.get(0), sample, root)));
    }

    private static FunctionDefinition percentile(
            String name, ExactPercentile.Kind kind, String result, String summary) {
        String usage = name + "(x, p)";
        return of(
                usage,
                summary,
                name + "(x, 0.4)",
                SERIES,
                result,
                arguments -> number(
                        arguments,
                        2,
                        usage,
                        true,
                        () -> new ExactPercentile(kind, arguments.get(0), arguments.get(1))));
    }

    private static FunctionDefinition end(String name, String summary, String result, boolean wantsLast) {
        String usage = name + "(x, ignoreNull)";
        return of(usage, summary, name + "(x, true)", X + " {}", result, arguments -> {
            FunctionDefinition.count(arguments, 2, usage);
            Expression x = arguments.get(0);
            Expression ignoresNull = Arguments.condition(arguments, 1);
            return new Aggregate(x.type(), true, () -> new ChosenAccumulators.End(x, ignoresNull, wantsLast));
        });
    }

    private static FunctionDefinition by(String name, String summary, String result, boolean wantsGreatest) {
        String usage = name + "(x, y)";
        return of(usage, summary, usage, PAIRS, result, arguments -> {
            FunctionDefinition.count(arguments, 2, usage);
            Expression x = arguments.get(0);
            Expression y = FunctionDefinition.number(arguments, 1);
            return new Aggregate(x.type(), true, () -> new ChosenAccumulators.By(x, y, wantsGreatest));
        });
    }
}
