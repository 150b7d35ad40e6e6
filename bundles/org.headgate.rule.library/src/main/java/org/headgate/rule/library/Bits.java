package org.headgate.rule.library;

import java.util.List;
import java.util.Locale;
import java.util.function.LongBinaryOperator;
import org.headgate.data.api.Type;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.Frame;
import org.headgate.rule.functions.FunctionDefinition;
import org.headgate.rule.functions.Signature;

/** Integers as bits and in other bases. */
final class Bits {
    private static final int LARGEST_BASE = 36;

    private Bits() {}

    static List<FunctionDefinition> all() {
        return List.of(
                two("bitand", "the bits that both integers have", "bitand(12, 10)", "8", (a, b) -> a & b),
                two("bitor", "the bits that one of two integers has", "bitor(12, 10)", "14", (a, b) -> a | b),
                two("bitxor", "the bits in which two integers differ", "bitxor(12, 10)", "6", (a, b) -> a ^ b),
                new FunctionDefinition.Scalar(
                        Signature.of("bitnot(x)", "each bit turned over", "bitnot(0)", "-1"), arguments -> {
                            FunctionDefinition.count(arguments, 1, "bitnot(x)");
                            Expression x = whole(arguments, 0);
                            return (Expression.OfLong) frame -> ~x.evalLong(frame);
                        }),
                Define.of("bin(x)", "an integer in binary digits", "bin(12)", "\"1100\"")
                        .takes(Kind.WHOLE)
                        .text((frame, v) -> Long.toBinaryString((Long) v[0])),
                Define.of("hex(x)", "an integer in hexadecimal digits", "hex(255)", "\"FF\"")
                        .takes(Kind.WHOLE)
                        .text((frame, v) -> Long.toHexString((Long) v[0]).toUpperCase(Locale.ROOT)),
                Define.of("dec2hex(x)", "an integer as 0x and hexadecimal digits", "dec2hex(16)", "\"0x10\"")
                        .takes(Kind.WHOLE)
                        .text((frame, v) -> "0x" + Long.toString((Long) v[0], 16)),
                Define.of(
                                "hex2dec(text)",
                                "the integer that hexadecimal digits mean, 0x before them or not",
                                "hex2dec('0x10')",
                                "16")
                        .takes(Kind.TEXT)
                        .whole(Bits::hex2dec),
                Define.of(
                                "conv(x, from, to)",
                                "a number written in another base, 2 to 36; a negative base makes the sign count",
                                "conv('a', 16, 2)",
                                "\"1010\"")
                        .takes(Kind.TEXT, Kind.WHOLE, Kind.WHOLE)
                        .text((frame, v) -> conv(frame, (String) v[0], (Long) v[1], (Long) v[2])));
    }

    /** An integer argument: one with a fraction is a failure, not a rounded number. */
    static Expression whole(List<Expression> arguments, int index) {
        Expression argument = FunctionDefinition.number(arguments, index);
        if (argument.type() == Type.LONG) {
            return argument;
        }
        return (Expression.OfLong) frame -> {
            if (argument.type() == Type.ANY) {
                Object value = argument.evalObject(frame);
                Long whole = Values.whole(value);
                frame.setNull(whole == null);
                if (value != null && whole == null) {
                    Values.wrong(frame, Kind.WHOLE.words(), value);
                }
                return whole == null ? 0 : whole;
            }
            double value = argument.evalDouble(frame);
            if (!frame.isNull() && !Values.isWhole(value)) {
                Values.wrong(frame, Kind.WHOLE.words(), value);
            }
            return (long) value;
        };
    }

    private static FunctionDefinition two(
            String name, String summary, String example, String result, LongBinaryOperator function) {
        String usage = name + "(x, y)";
        return new FunctionDefinition.Scalar(Signature.of(usage, summary, example, result), arguments -> {
            FunctionDefinition.count(arguments, 2, usage);
            Expression x = whole(arguments, 0);
            Expression y = whole(arguments, 1);
            return (Expression.OfLong) frame -> {
                long a = x.evalLong(frame);
                if (frame.isNull()) {
                    return 0;
                }
                long b = y.evalLong(frame);
                return frame.isNull() ? 0 : function.applyAsLong(a, b);
            };
        });
    }

    private static Object hex2dec(Frame frame, Object[] v) {
        String text = (String) v[0];
        try {
            return Long.parseLong(text.startsWith("0x") ? text.substring(2) : text, 16);
        } catch (NumberFormatException notOne) {
            return Values.wrong(frame, "hexadecimal digits", text);
        }
    }

    private static String conv(Frame frame, String text, long fromBase, long toBase) {
        long from = Math.abs(fromBase);
        long to = Math.abs(toBase);
        if (from < 2 || from > LARGEST_BASE || to < 2 || to > LARGEST_BASE) {
            return null;
        }
        String digits = digits(text.strip(), (int) from);
        boolean negative = digits.startsWith("-");
        if (digits.isEmpty()) {
            return "0";
        }
        long value;
        try {
            value = Long.parseUnsignedLong(negative ? digits.substring(1) : digits, (int) from);
        } catch (NumberFormatException tooLarge) {
            return Values.wrong(frame, "a number of 64 bits", text);
        }
        if (fromBase < 0 && value < 0) {
            value = negative ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        value = negative ? -value : value;
        String converted = toBase < 0 ? Long.toString(value, (int) to) : Long.toUnsignedString(value, (int) to);
        return converted.toUpperCase(Locale.ROOT);
    }

    /** The longest beginning that is a number of this base, without its plus; empty where there is none. */
    private static String digits(String text, int base) {
        int at = !text.isEmpty() && (text.charAt(0) == '-' || text.charAt(0) == '+') ? 1 : 0;
        int start = at;
        while (at < text.length() && text.charAt(at) < 128 && Character.digit(text.charAt(at), base) >= 0) {
            at++;
        }
        return at == start ? "" : text.substring(text.charAt(0) == '+' ? 1 : 0, at);
    }
}
