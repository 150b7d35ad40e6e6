package org.headgate.rule.library;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.headgate.rule.functions.Frame;

/** What is a time: milliseconds since the epoch, or a text from {@code 2024} to {@code 2024-05-06 07:08:09.123456789+02:00}. */
final class Times {
    private static final String EXPECTED = "a time such as 2024-05-06T07:08:09Z";
    private static final int LONGEST = 64;
    private static final Pattern WRITTEN = Pattern.compile("(\\d{4})(?:[-/.](\\d{1,2})(?:[-/.](\\d{1,2})"
            + "(?:[T ](\\d{1,2})(?::(\\d{1,2})(?::(\\d{1,2})(?:\\.(\\d{1,9}))?)?)?)?)?)?"
            + " ?(Z|[+-]\\d{2}(?::?\\d{2})?)?");

    private Times() {}

    /**
     * The time that a converted argument means, or {@code null} and a failure. A text with an offset keeps it, so that its hour is the one
     * that is written.
     */
    static ZonedDateTime of(Frame frame, Object value, ZoneId zone) {
        if (value instanceof Number number) {
            return Instant.ofEpochMilli(number.longValue()).atZone(zone);
        }
        String text = ((String) value).strip();
        Matcher parts = WRITTEN.matcher(text.length() > LONGEST ? "" : text);
        try {
            return parts.matches() ? read(parts, zone) : Values.wrong(frame, EXPECTED, value);
        } catch (DateTimeException noSuchTime) {
            return Values.wrong(frame, EXPECTED, value);
        }
    }

    static Long millis(Frame frame, Object value, ZoneId zone) {
        if (value instanceof Number number) {
            return number.longValue();
        }
        ZonedDateTime time = of(frame, value, zone);
        return time == null ? null : (Long) time.toInstant().toEpochMilli();
    }

    /** The zone that an argument names; where the argument is not there, the other one. */
    static ZoneId zone(Frame frame, Object[] values, int index, ZoneId otherwise) {
        if (values.length <= index) {
            return otherwise;
        }
        try {
            return ZoneId.of((String) values[index]);
        } catch (DateTimeException unknown) {
            return Values.wrong(frame, "a time zone such as Europe/Berlin, UTC or +02:00", values[index]);
        }
    }

    private static ZonedDateTime read(Matcher parts, ZoneId zone) {
        LocalDate date = LocalDate.of(number(parts, 1, 1), number(parts, 2, 1), number(parts, 3, 1));
        String fraction = parts.group(7) == null ? "0" : (parts.group(7) + "00000000").substring(0, 9);
        LocalTime time =
                LocalTime.of(number(parts, 4, 0), number(parts, 5, 0), number(parts, 6, 0), Integer.parseInt(fraction));
        return date.atTime(time).atZone(parts.group(8) == null ? zone : ZoneOffset.of(parts.group(8)));
    }

    private static int number(Matcher parts, int group, int otherwise) {
        return parts.group(group) == null ? otherwise : Integer.parseInt(parts.group(group));
    }
}
