package org.headgate.rule.reduce;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.headgate.data.api.Type;
import org.headgate.rule.functions.ArgumentException;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.Frame;

/** An argument that is a length of time: a text such as {@code '60s'} (ms, s, m, h, d), or a number of milliseconds. */
final class Span {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
    private static final long MILLISECOND = 1_000_000;

    private final String function;
    private final Expression argument;
    /** The text that was read last, so that a constant is read once. */
    private String text = "";

    private long nanos = Long.MAX_VALUE;

    Span(String function, Expression argument) {
        this.function = function;
        this.argument = argument;
    }

    /** An argument that is a length of time, or may turn out to be one. */
    static Expression argument(List<Expression> arguments, int index) {
        Expression argument = arguments.get(index);
        return switch (argument.type()) {
            case LONG, DOUBLE, STRING, ANY -> argument;
            default -> throw new ArgumentException(index, "a length of time such as '60s', or milliseconds");
        };
    }

    /** The length; {@link Long#MAX_VALUE}, and a failure, where there is none. */
    long nanos(Frame frame) {
        if (argument.type() == Type.LONG) {
            return milliseconds(frame, argument.evalLong(frame));
        }
        if (argument.type() == Type.DOUBLE) {
            return milliseconds(frame, argument.evalDouble(frame));
        }
        Object value = argument.evalObject(frame);
        if (frame.isNull() || value == null || value instanceof Number) {
            return milliseconds(frame, value instanceof Number number ? number.doubleValue() : 0);
        }
        if (!text.equals(value)) {
            text = value.toString();
            nanos = parse(text);
        }
        if (nanos == Long.MAX_VALUE) {
            frame.fail(function + ": expected a length of time such as '60s', found '" + text + "'");
        }
        return nanos;
    }

    private long milliseconds(Frame frame, double number) {
        if (frame.isNull() || !(number > 0)) {
            frame.fail(function + ": expected a number of milliseconds, found " + (frame.isNull() ? "null" : number));
            return Long.MAX_VALUE;
        }
        return (long) (number * MILLISECOND);
    }

    /** The length, {@link Long#MAX_VALUE} for a text that is none. */
    static long parse(String text) {
        Matcher matcher = TEXT.matcher(text.trim());
        if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
            return Long.MAX_VALUE;
        }
        double unit = switch (matcher.group(2)) {
            case "ms" -> MILLISECOND;
            case "s" -> 1e9;
            case "m" -> 60e9;
            case "h" -> 3600e9;
            default -> 86400e9;
        };
        return (long) (Long.parseLong(matcher.group(1)) * unit);
    }
}
