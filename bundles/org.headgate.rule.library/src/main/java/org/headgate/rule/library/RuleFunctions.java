package org.headgate.rule.library;

import java.util.List;
import java.util.UUID;
import java.util.function.ToLongFunction;
import java.util.random.RandomGenerator;
import org.headgate.data.api.Row;
import org.headgate.data.api.Type;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.Frame;
import org.headgate.rule.functions.FunctionDefinition;
import org.headgate.rule.functions.Signature;

/** What a rule knows of itself, and what concerns null. */
final class RuleFunctions {
    private static final long MILLI = 1_000_000;

    private RuleFunctions() {}

    static List<FunctionDefinition> all(RandomGenerator random) {
        return List.of(
                Define.of("rule_id()", "the rule's name", "rule_id() LIKE '%'", "true")
                        .text((frame, v) -> frame.rule()),
                Define.of("newuuid()", "a random UUID", "length(newuuid())", "36")
                        .text((frame, v) -> uuid(random)),
                of(
                        "event_time()",
                        "the row's time, or that of a group's result, in milliseconds since the epoch",
                        "event_time() >= 0",
                        "true",
                        frame -> {
                            Row row = frame.row();
                            return Math.floorDiv(
                                    row == null || frame.isGroup() ? frame.nowNanos() : row.timeNanos(), MILLI);
                        }),
                of(
                        "window_start()",
                        "when the window began, in milliseconds since the epoch; 0 without a window",
                        "window_start()",
                        "0",
                        frame -> Math.floorDiv(frame.windowStartNanos(), MILLI)),
                of(
                        "window_end()",
                        "when the window ended, in milliseconds since the epoch; 0 without a window",
                        "window_end()",
                        "0",
                        frame -> Math.floorDiv(frame.windowEndNanos(), MILLI)),
                of(
                        Signature.of(
                                "last_hit_count()",
                                "how many rows the rule has let through before",
                                "last_hit_count()",
                                "{\"x\": 1} {\"x\": 2}",
                                "0 1"),
                        frame -> frame.hits().count()),
                of(
                        "last_hit_time()",
                        "when the rule let a row through last, in milliseconds since the epoch; 0 for never",
                        "last_hit_time()",
                        "0",
                        frame -> Math.floorDiv(frame.hits().lastNanos(), MILLI)),
                of(
                        "last_agg_hit_count()",
                        "how many windows have put out results before",
                        "last_agg_hit_count()",
                        "0",
                        frame -> frame.aggregateHits().count()),
                of(
                        "last_agg_hit_time()",
                        "when a window put out results last, in milliseconds since the epoch; 0 for never",
                        "last_agg_hit_time()",
                        "0",
                        frame -> Math.floorDiv(frame.aggregateHits().lastNanos(), MILLI)),
                of(
                        "row_number()",
                        "the number of a result among those of its instant, from 1",
                        "row_number() >= 0",
                        "true",
                        frame -> frame.rowNumber()),
                new FunctionDefinition.Scalar(
                        Signature.of(
                                "isnull(x)", "whether a value is null", "isnull(x)", "{\"x\": 1} {}", "false true"),
                        arguments -> {
                            FunctionDefinition.count(arguments, 1, "isnull(x)");
                            Expression x = arguments.get(0);
                            return (Expression.OfBoolean) frame -> {
                                boolean isNull = x.isNull(frame);
                                frame.setNull(false);
                                return isNull;
                            };
                        }),
                new FunctionDefinition.Scalar(
                        Signature.of(
                                "coalesce(a, b, ...)",
                                "the first value that is not null",
                                "coalesce(x, 7)",
                                "{\"x\": 1} {}",
                                "1 7"),
                        RuleFunctions::coalesce));
    }

    private static FunctionDefinition of(
            String usage, String summary, String example, String result, ToLongFunction<Frame> value) {
        return of(Signature.of(usage, summary, example, result), value);
    }

    private static FunctionDefinition of(Signature signature, ToLongFunction<Frame> value) {
        return new FunctionDefinition.Scalar(signature, arguments -> {
            FunctionDefinition.count(arguments, 0, signature.usage());
            return (Expression.OfLong) frame -> {
                frame.setNull(false);
                return value.applyAsLong(frame);
            };
        });
    }

    private static String uuid(RandomGenerator random) {
        // RFC 9562, section 5.4: version 4, variant 10.
        long high = random.nextLong() & ~0xF000L | 0x4000L;
        long low = random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }

    private static Expression coalesce(List<Expression> arguments) {
        FunctionDefinition.count(arguments, 1, Integer.MAX_VALUE, "coalesce(a, b, ...)");
        Expression[] all = arguments.toArray(Expression[]::new);
        Type type = all[0].type();
        for (Expression one : all) {
            if (isNumber(type) && isNumber(one.type())) {
                type = one.type() == Type.DOUBLE ? Type.DOUBLE : type;
            } else if (one.type() != type) {
                type = Type.ANY;
            }
        }
        return switch (type) {
            case BOOLEAN ->
                (Expression.OfBoolean) frame -> {
                    boolean value = false;
                    for (int i = 0; i == 0 || i < all.length && frame.isNull(); i++) {
                        value = all[i].evalBoolean(frame);
                    }
                    return value;
                };
            case LONG ->
                (Expression.OfLong) frame -> {
                    long value = 0;
                    for (int i = 0; i == 0 || i < all.length && frame.isNull(); i++) {
                        value = all[i].evalLong(frame);
                    }
                    return value;
                };
            case DOUBLE ->
                (Expression.OfDouble) frame -> {
                    double value = 0;
                    for (int i = 0; i == 0 || i < all.length && frame.isNull(); i++) {
                        value = all[i].evalDouble(frame);
                    }
                    return value;
                };
            case STRING -> (Expression.OfText) frame -> (String) first(all, frame);
            default -> new First(type, all);
        };
    }

    private static Object first(Expression[] all, Frame frame) {
        Object value = null;
        for (int i = 0; i == 0 || i < all.length && frame.isNull(); i++) {
            value = all[i].evalObject(frame);
        }
        return frame.isNull() ? null : value;
    }

    private record First(Type type, Expression[] all) implements Expression.OfObject {
        @Override
        public Object evalObject(Frame frame) {
            return first(all, frame);
        }
    }

    private static boolean isNumber(Type type) {
        return type == Type.LONG || type == Type.DOUBLE;
    }
}
