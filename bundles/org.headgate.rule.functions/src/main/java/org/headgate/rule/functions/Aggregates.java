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
                numeric("avg", LongAccumulators.Average::new, DoubleAccumulators.Average::new),
                numeric("min", LongAccumulators.Least::new, DoubleAccumulators.Least::new),
                numeric("max", LongAccumulators.Greatest::new, DoubleAccumulators.Greatest::new),
                numeric("sum", LongAccumulators.Sum::new, DoubleAccumulators.Sum::new),
                new FunctionDefinition.Aggregating(
                        "count",
                        "count(x) or count(*)",
                        argument -> new Aggregate(Type.LONG, false, () -> new LongAccumulators.Count(argument))));
    }

    private static FunctionDefinition numeric(
            String name, Function<Expression, Accumulator> ofLong, Function<Expression, Accumulator> ofDouble) {
        String usage = name + "(x)";
        return new FunctionDefinition.Aggregating(name, usage, argument -> {
            if (argument == null) {
                throw new ArgumentException(-1, usage);
            }
            FunctionDefinition.number(List.of(argument), 0);
            Function<Expression, Accumulator> made = argument.type() == Type.LONG ? ofLong : ofDouble;
            return new Aggregate(argument.type(), true, () -> made.apply(argument));
        });
    }
}
