package org.headgate.rule.aggregates;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.headgate.data.api.Type;
import org.headgate.rule.functions.Accumulator;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.FunctionDefinition;
import org.headgate.rule.functions.Signature;
import org.headgate.rule.functions.Tracker;
import org.headgate.rule.functions.Tracking;

/**
 * The analytic functions, with the semantics of LF Edge eKuiper 2.4 (SQL reference, "Analytic Functions"), and rate_of_change and ewma. They
 * see every row, whatever WHERE says. For a row whose WHEN is not true nothing changes: functions that keep a value give it again,
 * functions that say what has changed say that nothing has.
 */
public final class Analytics {
    private static final String X = "{\"x\": 1} {\"x\": 3} {} {\"x\": 3}";
    private static final String SWITCH = "{\"on\": false, \"x\": 1} {\"on\": true, \"x\": 2} {\"on\": true, \"x\": 3}";

    private Analytics() {}

    /** Every analytic function. */
    public static List<FunctionDefinition> all() {
        return List.of(
                of(
                        "lag(x [, offset [, default [, ignoreNull]]])",
                        "x in the row before, or offset rows before, 1000 at most; the default where there is none",
                        "lag(x, 1, 0)",
                        "{\"x\": 1} {\"x\": 3} {\"x\": 5}",
                        "0 1 3",
                        Analytics::lag),
                of(
                        "latest(x [, default])",
                        "the latest x that is not null; the default until there is one",
                        "latest(x, 0)",
                        "{} {\"x\": 3} {}",
                        "0 3 3",
                        Analytics::latest),
                of(
                        "changed_col(ignoreNull, x)",
                        "x where it differs from the x before, otherwise null",
                        "changed_col(true, x)",
                        X,
                        "1 3 null null",
                        Analytics::changedColumn),
                of(
                        "had_changed(ignoreNull, x, ...)",
                        "whether any of the values differs from the one before",
                        "had_changed(true, x)",
                        X,
                        "true true false false",
                        Analytics::hadChanged),
                of(
                        "change_to(x [, value [, ignoreNull]])",
                        "whether x has changed to the value, or at all",
                        "change_to(x, 3, true)",
                        X,
                        "false true false false",
                        Analytics::changeTo),
                of(
                        "change_capture(y, x [, value [, ignoreNull]])",
                        "y in the newest row where x had changed to the value, or at all",
                        "change_capture(x, on, true)",
                        SWITCH,
                        "null 2 2",
                        Analytics::changeCapture),
                of(
                        "consecutive_count(condition)",
                        "for how many rows in a row, this one included, the condition has been true",
                        "consecutive_count(on)",
                        SWITCH,
                        "0 1 2",
                        arguments -> {
                            FunctionDefinition.count(arguments, 1, "consecutive_count(condition)");
                            Expression condition = Arguments.condition(arguments, 0);
                            return new Tracking(Type.LONG, false, () -> new Consecutive.Count(condition));
                        }),
                of(
                        "consecutive_start(condition, x)",
                        "x in the first row since which the condition has been true",
                        "consecutive_start(on, x)",
                        SWITCH,
                        "null 2 2",
                        Analytics::consecutiveStart),
                running(
                        "acc_avg",
                        "the average of all x so far",
                        "1 2 2 2.3333333333333335",
                        DoubleAccumulators.Average::new),
                running("acc_max", "the greatest x so far", "1 3 3 3", DoubleAccumulators.Greatest::new),
                running("acc_min", "the smallest x so far", "1 1 1 1", DoubleAccumulators.Least::new),
                running("acc_sum", "the sum of all x so far", "1 4 4 7", DoubleAccumulators.Sum::new),
                accumulated(
                        "acc_count",
                        1,
                        "how many x that are not null there were so far",
                        "1 2 2 3",
                        x -> new Accumulation(Type.LONG, false, () -> new LongAccumulators.Count(x.get(0)))),
                accumulated(
                        "acc_collect",
                        1,
                        "an array of all x so far that are not null",
                        "[1] [1,3] [1,3] [1,3,3]",
                        x -> new Accumulation(
                                Type.ARRAY, false, () -> new CollectingAccumulators.Collect(x.get(0), false, false))),
                accumulated(
                        "acc_distinct_collect",
                        1,
                        "an array of all different x so far",
                        "[1] [1,3] [1,3] [1,3]",
                        x -> new Accumulation(
                                Type.ARRAY, false, () -> new CollectingAccumulators.Collect(x.get(0), false, true))),
                accumulated(
                        "acc_max_by", 2, "x in the last row so far with the greatest y", "1 3 3 3", x -> by(x, true)),
                accumulated(
                        "acc_min_by", 2, "x in the last row so far with the smallest y", "1 1 1 1", x -> by(x, false)),
                of(
                        "rate_of_change(x)",
                        "by how much x changes a second, by the rows' times",
                        "rate_of_change(x)",
                        "{\"x\": 1} {\"x\": 3} {}",
                        "null 2 null",
                        arguments -> {
                            FunctionDefinition.count(arguments, 1, "rate_of_change(x)");
                            Expression x = FunctionDefinition.number(arguments, 0);
                            return new Tracking(Type.DOUBLE, false, () -> new RateOfChange(x));
                        }),
                of(
                        "ewma(x, alpha)",
                        "the exponentially weighted moving average, alpha * x + (1 - alpha) * the average before",
                        "ewma(x, 0.5)",
                        X,
                        "1 2 2 2.5",
                        arguments -> {
                            FunctionDefinition.count(arguments, 2, "ewma(x, alpha)");
                            Expression x = FunctionDefinition.number(arguments, 0);
                            Expression alpha = FunctionDefinition.number(arguments, 1);
                            return new Tracking(Type.DOUBLE, true, () -> new MovingAverage(x, alpha));
                        }));
    }

    private static FunctionDefinition of(
            String usage,
            String summary,
            String example,
            String input,
            String result,
            FunctionDefinition.AnalyticCompiler compiler) {
        return new FunctionDefinition.Analytic(Signature.of(usage, summary, example, input, result), compiler);
    }

    private static Tracking cell(Type type, boolean keepsUnit, Supplier<CellTracker.Steps> steps) {
        return new Tracking(type, keepsUnit, () -> new CellTracker(new Cell(type), steps.get()));
    }

    private static Tracking lag(List<Expression> arguments) {
        FunctionDefinition.count(arguments, 1, 4, "lag(x [, offset [, default [, ignoreNull]]])");
        Expression x = arguments.get(0);
        Expression offset = arguments.size() > 1 ? Arguments.whole(arguments, 1) : null;
        Type type = Cell.common(x, arguments, 2);
        Expression ignoresNull = arguments.size() > 3 ? Arguments.condition(arguments, 3) : null;
        return cell(type, true, () -> new Lag(type, x, offset, Arguments.optional(arguments, 2), ignoresNull));
    }

    private static Tracking latest(List<Expression> arguments) {
        FunctionDefinition.count(arguments, 1, 2, "latest(x [, default])");
        Type type = Cell.common(arguments.get(0), arguments, 1);
        return cell(type, true, () -> new Latest(type, arguments.get(0), Arguments.optional(arguments, 1)));
    }

    private static Tracking changedColumn(List<Expression> arguments) {
        FunctionDefinition.count(arguments, 2, "changed_col(ignoreNull, x)");
        Expression ignoresNull = Arguments.condition(arguments, 0);
        Expression x = arguments.get(1);
        return cell(x.type(), true, () -> new Changes.Column(ignoresNull, x));
    }

    private static Tracking hadChanged(List<Expression> arguments) {
        FunctionDefinition.count(arguments, 2, Integer.MAX_VALUE, "had_changed(ignoreNull, x, ...)");
        Expression ignoresNull = Arguments.condition(arguments, 0);
        List<Expression> watched = arguments.subList(1, arguments.size());
        return new Tracking(Type.BOOLEAN, false, () -> new Changes.Any(ignoresNull, watched));
    }

    private static Tracking changeTo(List<Expression> arguments) {
        FunctionDefinition.count(arguments, 1, 3, "change_to(x [, value [, ignoreNull]])");
        Supplier<Changes.To> changes = change(arguments, 0);
        return new Tracking(Type.BOOLEAN, false, changes::get);
    }

    private static Tracking changeCapture(List<Expression> arguments) {
        FunctionDefinition.count(arguments, 2, 4, "change_capture(y, x [, value [, ignoreNull]])");
        Expression captured = arguments.get(0);
        Supplier<Changes.To> changes = change(arguments, 1);
        return cell(captured.type(), true, () -> new Changes.Capture(captured, changes.get()));
    }

    private static Supplier<Changes.To> change(List<Expression> arguments, int first) {
        Expression x = arguments.get(first);
        Type type = Cell.common(x, arguments, first + 1);
        Expression target = Arguments.optional(arguments, first + 1);
        Expression ignoresNull = arguments.size() > first + 2 ? Arguments.condition(arguments, first + 2) : null;
        return () -> new Changes.To(type, x, target, ignoresNull);
    }

    private static Tracking consecutiveStart(List<Expression> arguments) {
        FunctionDefinition.count(arguments, 2, "consecutive_start(condition, x)");
        Expression condition = Arguments.condition(arguments, 0);
        Expression x = arguments.get(1);
        return cell(x.type(), true, () -> new Consecutive.Start(condition, x));
    }

    /** An aggregate of all rows so far: its type, whether it is 0 while there is nothing, and how it is computed. */
    private record Accumulation(Type type, boolean zeroIfNothing, Supplier<Accumulator> accumulators) {}

    private static Accumulation by(List<Expression> arguments, boolean wantsGreatest) {
        Expression x = arguments.get(0);
        Expression y = FunctionDefinition.number(arguments, 1);
        return new Accumulation(x.type(), false, () -> new ChosenAccumulators.By(x, y, wantsGreatest));
    }

    private static FunctionDefinition running(
            String name, String summary, String result, Function<Expression, Accumulator> accumulators) {
        return accumulated(name, 1, summary, result, arguments -> {
            Expression x = FunctionDefinition.number(arguments, 0);
            return new Accumulation(Type.DOUBLE, true, () -> accumulators.apply(x));
        });
    }

    private static FunctionDefinition accumulated(
            String name, int count, String summary, String result, Function<List<Expression>, Accumulation> compiler) {
        String call = name + (count == 1 ? "(x" : "(x, y");
        String usage = call + " [, begin, end])";
        String example = count == 1 ? name + "(x)" : name + "(x, x)";
        return of(usage, summary + ", or since begin and up to end was true", example, X, result, arguments -> {
            int given = arguments.size();
            FunctionDefinition.count(arguments, given == count ? count : count + 2, usage);
            boolean conditional = given > count;
            Expression begin = conditional ? Arguments.condition(arguments, count) : null;
            Expression end = conditional ? Arguments.condition(arguments, count + 1) : null;
            Accumulation made = compiler.apply(arguments);
            Supplier<Tracker> trackers = () -> new Accumulated(made.accumulators(), made.zeroIfNothing(), begin, end);
            return new Tracking(made.type(), count == 2 || made.zeroIfNothing(), trackers);
        });
    }
}
