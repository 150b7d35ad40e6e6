package org.headgate.rule.library;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.headgate.rule.functions.Frame;
import org.headgate.rule.functions.FunctionDefinition;

/** Texts. Characters are Unicode's, however many units Java needs for one. */
final class TextFunctions {
    private static final int MOST_PLACES = 30;

    private TextFunctions() {}

    static List<FunctionDefinition> all() {
        return List.of(
                Define.of(
                                "concat(a, b, ...)",
                                "texts, or arrays, one after the other; a null adds nothing",
                                "concat('pump ', 7)",
                                "\"pump 7\"")
                        .takes(Kind.ANY)
                        .more(Kind.ANY)
                        .seesNulls()
                        .any(TextFunctions::concat),
                Define.of("endswith(text, end)", "whether a text ends with another", "endswith('pump', 'mp')", "true")
                        .takes(Kind.TEXT, Kind.TEXT)
                        .ofNull(false)
                        .flag((frame, v) -> ((String) v[0]).endsWith((String) v[1])),
                Define.of(
                                "startswith(text, begin)",
                                "whether a text begins with another",
                                "startswith('pump', 'pu')",
                                "true")
                        .takes(Kind.TEXT, Kind.TEXT)
                        .ofNull(false)
                        .flag((frame, v) -> ((String) v[0]).startsWith((String) v[1])),
                Define.of(
                                "format(x, n [, locale])",
                                "a number with n decimal places, with the separators of a locale where one is given",
                                "format(12332.1234567, 4, 'en_US')",
                                "\"12,332.1235\"")
                        .takes(Kind.NUMBER, Kind.WHOLE)
                        .optional(Kind.TEXT)
                        .text(TextFunctions::format),
                Define.of(
                                "indexof(text, part)",
                                "where a text first contains another, from 0; -1 if nowhere",
                                "indexof('pump', 'm')",
                                "2")
                        .takes(Kind.TEXT, Kind.TEXT)
                        .ofNull(-1L)
                        .whole((frame, v) -> indexOf((String) v[0], (String) v[1])),
                Define.of(
                                "length(x)",
                                "the number of a text's characters, an array's elements or a struct's members",
                                "length('größe')",
                                "5")
                        .takes(Kind.ANY)
                        .ofNull(0L)
                        .whole((frame, v) -> length(v[0])),
                Define.of("numbytes(text)", "the number of a text's bytes in UTF-8", "numbytes('größe')", "7")
                        .takes(Kind.TEXT)
                        .ofNull(0L)
                        .whole((frame, v) -> (long) ((String) v[0]).getBytes(StandardCharsets.UTF_8).length),
                Define.of("lower(text)", "a text in small letters", "lower('Pump')", "\"pump\"")
                        .takes(Kind.TEXT)
                        .text((frame, v) -> ((String) v[0]).toLowerCase(Locale.ROOT)),
                Define.of("upper(text)", "a text in capital letters", "upper('Pump')", "\"PUMP\"")
                        .takes(Kind.TEXT)
                        .text((frame, v) -> ((String) v[0]).toUpperCase(Locale.ROOT)),
                Define.of("lpad(text, n)", "a text with n blanks before it", "lpad('7', 2)", "\"  7\"")
                        .takes(Kind.TEXT, Kind.WHOLE)
                        .text((frame, v) -> pad(frame, "", (Long) v[1], (String) v[0])),
                Define.of("rpad(text, n)", "a text with n blanks behind it", "rpad('7', 2)", "\"7  \"")
                        .takes(Kind.TEXT, Kind.WHOLE)
                        .text((frame, v) -> pad(frame, (String) v[0], (Long) v[1], "")),
                Define.of("ltrim(text)", "a text without the blanks before it", "ltrim('  7 ')", "\"7 \"")
                        .takes(Kind.TEXT)
                        .text((frame, v) -> ((String) v[0]).stripLeading()),
                Define.of("rtrim(text)", "a text without the blanks behind it", "rtrim(' 7  ')", "\" 7\"")
                        .takes(Kind.TEXT)
                        .text((frame, v) -> ((String) v[0]).stripTrailing()),
                Define.of("trim(text)", "a text without the blanks around it", "trim('  7  ')", "\"7\"")
                        .takes(Kind.TEXT)
                        .text((frame, v) -> ((String) v[0]).strip()),
                Define.of("reverse(text)", "a text from its end to its beginning", "reverse('pump')", "\"pmup\"")
                        .takes(Kind.TEXT)
                        .text((frame, v) ->
                                new StringBuilder((String) v[0]).reverse().toString()),
                Define.of(
                                "split_value(text, separator, index)",
                                "one of the parts between separators, from 0, or from the end with -1",
                                "split_value('/site/pump/7', '/', -1)",
                                "\"7\"")
                        .takes(Kind.TEXT, Kind.TEXT, Kind.WHOLE)
                        .text(TextFunctions::splitValue),
                Define.of(
                                "substring(text, start [, end])",
                                "the characters from start, counted from 0, to before end",
                                "substring('boiler', 1, 3)",
                                "\"oi\"")
                        .takes(Kind.TEXT, Kind.WHOLE)
                        .optional(Kind.WHOLE)
                        .text(TextFunctions::substring));
    }

    private static Object concat(Frame frame, Object[] v) {
        if (v[0] instanceof List) {
            return ArrayFunctions.concat(frame, v);
        }
        StringBuilder text = new StringBuilder();
        for (Object value : v) {
            if (value instanceof List || value instanceof Map) {
                return Values.wrong(frame, Kind.TEXT.words(), value);
            }
            text.append(value == null ? "" : Values.text(value));
        }
        return bounded(frame, text.toString());
    }

    static String bounded(Frame frame, String text) {
        return text.length() <= Values.MOST_CHARACTERS
                ? text
                : Values.failed(frame, "a text of more than " + Values.MOST_CHARACTERS + " characters");
    }

    private static String pad(Frame frame, String before, long blanks, String after) {
        if (blanks < 0 || blanks > Values.MOST_CHARACTERS) {
            return Values.wrong(frame, "a number of blanks from 0 to " + Values.MOST_CHARACTERS, blanks);
        }
        return bounded(frame, before + " ".repeat((int) blanks) + after);
    }

    private static Long indexOf(String text, String part) {
        int index = text.indexOf(part);
        return (long) (index < 0 ? -1 : text.codePointCount(0, index));
    }

    private static Long length(Object value) {
        if (value instanceof List<?> list) {
            return (long) list.size();
        }
        if (value instanceof Map<?, ?> map) {
            return (long) map.size();
        }
        String text = Values.text(value);
        return (long) text.codePointCount(0, text.length());
    }

    private static String format(Frame frame, Object[] v) {
        double x = (Double) v[0];
        long places = (Long) v[1];
        if (places < 0 || places > MOST_PLACES) {
            return Values.wrong(frame, "decimal places from 0 to " + MOST_PLACES, places);
        }
        BigDecimal rounded = new BigDecimal(Values.text(x)).setScale((int) places, RoundingMode.HALF_UP);
        if (v.length == 2) {
            return rounded.toPlainString();
        }
        DecimalFormat format = new DecimalFormat("#,##0", symbols((String) v[2]));
        format.setMinimumFractionDigits((int) places);
        format.setMaximumFractionDigits((int) places);
        return format.format(rounded);
    }

    private static DecimalFormatSymbols symbols(String locale) {
        return DecimalFormatSymbols.getInstance(Locale.forLanguageTag(locale.replace('_', '-')));
    }

    private static String splitValue(Frame frame, Object[] v) {
        String text = (String) v[0];
        String separator = (String) v[1];
        String[] parts = separator.isEmpty()
                ? text.codePoints().mapToObj(Character::toString).toArray(String[]::new)
                : text.split(Pattern.quote(separator), -1);
        long index = (Long) v[2];
        long at = index < 0 ? parts.length + index : index;
        return at >= 0 && at < parts.length
                ? parts[(int) at]
                : Values.wrong(frame, "an index of " + parts.length + " parts", index);
    }

    private static String substring(Frame frame, Object[] v) {
        String text = (String) v[0];
        long length = text.codePointCount(0, text.length());
        long start = (Long) v[1];
        long end = v.length > 2 ? (Long) v[2] : Long.MAX_VALUE;
        if (start < 0) {
            return Values.wrong(frame, "a start of 0 or more", start);
        }
        if (end < start) {
            return Values.wrong(frame, "an end behind the start, " + start, end);
        }
        int from = text.offsetByCodePoints(0, (int) Math.min(start, length));
        int to = text.offsetByCodePoints(0, (int) Math.min(end, length));
        return text.substring(from, to);
    }
}
