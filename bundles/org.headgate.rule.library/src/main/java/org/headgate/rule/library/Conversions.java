package org.headgate.rule.library;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import org.headgate.codec.JsonReader;
import org.headgate.data.api.Type;
import org.headgate.rule.functions.ArgumentException;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.Frame;
import org.headgate.rule.functions.FunctionDefinition;

/** From one type into another. */
final class Conversions {
    private static final String TYPES = "one of bigint, float, string, boolean, datetime, bytea";

    private Conversions() {}

    static List<FunctionDefinition> all(ZoneId zone) {
        FunctionDefinition parseJson = Define.of(
                        "parse_json(text)",
                        "the value that a JSON text means",
                        "parse_json('{\"a\": [1, 2]}')",
                        "{\"a\":[1,2]}")
                .takes(Kind.TEXT)
                .any(Conversions::parseJson);
        return List.of(
                Define.of(
                                "cast(x, type)",
                                "a value as bigint, float, string, boolean, datetime (milliseconds since the epoch) or bytea",
                                "cast('12.5', 'float')",
                                "12.5")
                        .scalar(arguments -> cast(zone, arguments)),
                Define.of("to_json(x)", "a value as JSON", "to_json('a')", "\"\\\"a\\\"\"")
                        .takes(Kind.ANY)
                        .text((frame, v) -> TextFunctions.bounded(frame, Values.json(v[0]))),
                parseJson,
                Define.alias("from_json", parseJson),
                Define.of("chr(code)", "the character with a code in Unicode", "chr(65)", "\"A\"")
                        .takes(Kind.ANY)
                        .text(Conversions::chr),
                Define.of("ascii(text)", "the code of a text's first character", "ascii('A')", "65")
                        .takes(Kind.TEXT)
                        .whole((frame, v) -> ((String) v[0]).isEmpty()
                                ? Values.wrong(frame, "a character", v[0])
                                : (Object) (long) ((String) v[0]).codePointAt(0)));
    }

    /** The type is written as a literal, so the result's type is known when the rule is compiled, wherever that can be. */
    private static Expression cast(ZoneId zone, List<Expression> arguments) {
        String usage = "cast(x, type)";
        FunctionDefinition.count(arguments, 2, usage);
        FunctionDefinition.text(arguments, 1);
        String type = Constant.text(arguments.get(1)).orElse("");
        Define made = Define.of(usage, "", "", "").takes(Kind.ANY, Kind.TEXT);
        FunctionDefinition function = switch (type) {
            case "bigint" -> made.whole((frame, v) -> whole(frame, v[0]));
            case "float" -> made.number((frame, v) -> number(frame, v[0]));
            case "string" -> made.text((frame, v) -> Values.text(v[0]));
            case "boolean" -> made.flag((frame, v) -> flag(frame, v[0]));
            case "datetime" -> made.whole((frame, v) -> datetime(frame, v[0], zone));
            case "bytea" -> made.object(Type.BYTES, (frame, v) -> bytes(v[0]));
            default -> throw new ArgumentException(1, TYPES);
        };
        return numeric(type, arguments.get(0), function, arguments);
    }

    /** Between numbers without boxing. */
    private static Expression numeric(
            String type, Expression x, FunctionDefinition function, List<Expression> arguments) {
        if (type.equals("float") && (x.type() == Type.LONG || x.type() == Type.DOUBLE)) {
            return (Expression.OfDouble) x::evalDouble;
        }
        if (type.equals("bigint") && x.type() == Type.LONG || type.equals("boolean") && x.type() == Type.BOOLEAN) {
            return x;
        }
        if (type.equals("bigint") && x.type() == Type.DOUBLE) {
            return (Expression.OfLong) frame -> truncated(frame, x.evalDouble(frame));
        }
        if (type.equals("boolean") && x.type() == Type.DOUBLE) {
            return (Expression.OfBoolean) frame -> x.evalDouble(frame) != 0;
        }
        if (type.equals("boolean") && x.type() == Type.LONG) {
            return (Expression.OfBoolean) frame -> x.evalLong(frame) != 0;
        }
        return ((FunctionDefinition.Scalar) function).compiler().compile(arguments);
    }

    private static long truncated(Frame frame, double x) {
        if (!frame.isNull() && (x >= 0x1p63 || x < -0x1p63)) {
            Values.wrong(frame, "a number of 64 bits", x);
        }
        return (long) x;
    }

    private static Object whole(Frame frame, Object value) {
        if (value instanceof Double number) {
            return truncated(frame, number);
        }
        if (value instanceof Number number) {
            return number.longValue();
        }
        if (value instanceof Boolean flag) {
            return flag ? 1L : 0L;
        }
        try {
            return Long.parseLong((String) value);
        } catch (NumberFormatException | ClassCastException notOne) {
            return Values.wrong(frame, Kind.WHOLE.words(), value);
        }
    }

    private static Object number(Frame frame, Object value) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        if (value instanceof Boolean flag) {
            return flag ? 1.0 : 0.0;
        }
        try {
            double number = value instanceof String text && isDecimal(text) ? Double.parseDouble(text) : Double.NaN;
            return Double.isFinite(number) ? number : Values.wrong(frame, Kind.NUMBER.words(), value);
        } catch (NumberFormatException notOne) {
            return Values.wrong(frame, Kind.NUMBER.words(), value);
        }
    }

    /** Java reads 1d, 0x1p3 and blanks, too. */
    private static boolean isDecimal(String text) {
        return text.length() < 400 && text.chars().allMatch(c -> c >= '0' && c <= '9' || "+-.eE".indexOf(c) >= 0);
    }

    private static Object flag(Frame frame, Object value) {
        if (value instanceof Boolean) {
            return value;
        }
        if (value instanceof Number number) {
            return number.doubleValue() != 0;
        }
        return switch (value instanceof String text ? text : "") {
            case "1", "t", "T", "true", "TRUE", "True" -> true;
            case "0", "f", "F", "false", "FALSE", "False" -> false;
            default -> Values.wrong(frame, "true or false", value);
        };
    }

    private static Object datetime(Frame frame, Object value, ZoneId zone) {
        Object time = Kind.TIME.convert(frame, value);
        return time == null ? null : Times.millis(frame, time, zone);
    }

    private static Object bytes(Object value) {
        return value instanceof byte[] ? value : Values.text(value).getBytes(StandardCharsets.UTF_8);
    }

    private static Object parseJson(Frame frame, Object[] v) {
        try {
            return JsonReader.read((String) v[0]);
        } catch (IllegalArgumentException wrong) {
            return Values.failed(frame, "expected JSON: " + wrong.getMessage());
        }
    }

    private static Object chr(Frame frame, Object[] v) {
        if (v[0] instanceof String text && text.codePointCount(0, text.length()) == 1) {
            return text;
        }
        Long code = v[0] instanceof Double number ? (Long) number.longValue() : Values.whole(v[0]);
        return code != null && code >= 0 && code <= Character.MAX_CODE_POINT
                ? Character.toString(code.intValue())
                : Values.wrong(frame, "the code of a character", v[0]);
    }
}
