package org.headgate.rule.functions;

import java.util.List;
import java.util.function.Function;
import org.headgate.data.api.Type;

/**
 * The aggregate functions, with the semantics of LF Edge eKuiper 2.4 (SQL reference, "Aggregate Functions"): nulls are
 * skipped; a group without any value gives null, and 0 for count; sum and avg of integers are integers, avg being
 * rounded towards zero, as there.
 */
public final class Aggregates {
    private Aggregates() {}

    /** avg, min, max, sum, count. */
    public static List<FunctionDefinition> all() {
        return List.of(
                numeric("avg", "the average", "2.25", LongAccumulators.Average::new, DoubleAccumulators.Average::new),
                numeric("min", "the smallest value", "1.5", LongAccumulators.Least::new, DoubleAccumulators.Least::new),
                numeric(
                        "max",
                        "the greatest value",
                        "3",
                        LongAccumulators.Greatest::new,
                        DoubleAccumulators.Greatest::new),
                numeric("sum", "the sum", "4.5", LongAccumulators.Sum::new, DoubleAccumulators.Sum::new),
                new FunctionDefinition.Aggregating(
                        Signature.of(
                                "count(x) or count(*)",
                                "how many values are not null, or how many rows there are",
                                "count(x)",
                                "{\"x\": 1} {} {\"x\": 3}",
                                "2"),
                        Aggregates::count));
    }

    private static Aggregate count(List<Expression> arguments) {
        FunctionDefinition.count(arguments, 0, 1, "count(x) or count(*)");
        Expression argument = arguments.isEmpty() ? null : arguments.get(0);
        return new Aggregate(Type.LONG, false, () -> new LongAccumulators.Count(argument));
    }

    private static FunctionDefinition numeric(
            String name,
            String summary,
            String result,
            Function<Expression, Accumulator> ofLong,
            Function<Expression, Accumulator> ofDouble) {
        String usage = name + "(x)";
        Signature signature = Signature.of(usage, summary, usage, "{\"x\": 1.5} {} {\"x\": 3}", result);
        return new FunctionDefinition.Aggregating(signature, arguments -> {
            FunctionDefinition.count(arguments, 1, usage);
            Expression argument = FunctionDefinition.number(arguments, 0);
            boolean whole = argument.type() == Type.LONG;
            Function<Expression, Accumulator> made = whole ? ofLong : ofDouble;
            return new Aggregate(whole ? Type.LONG : Type.DOUBLE, true, () -> made.apply(argument));
        });
    }
}
