package org.headgate.rule.library;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.headgate.data.api.Type;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.Frame;
import org.headgate.rule.functions.FunctionDefinition;

/**
 * Dates and times. A time is a number of milliseconds since the epoch or a text; a text with an offset is taken at that offset, everything else in the
 * zone that is the last argument, or in the gateway's.
 */
final class DateFunctions {
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
    private static final Pattern STEP = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ns|us|\u00b5s|\u03bcs|ms|s|m|h)");
    private static final String EXAMPLE = "('2024-05-06T07:08:09.25Z')";

    private DateFunctions() {}

    static List<FunctionDefinition> all(ZoneId zone) {
        FunctionDefinition day = part(
                zone,
                "day_of_month",
                "the day of the month, from 1",
                "6",
                ZonedDateTime::getDayOfMonth,
                WallClock::dayOfMonth);
        return List.of(
                Define.of(
                                "format_time(t, pattern [, zone])",
                                "a time as a text; patterns are made of YYYY MM dd HH mm ss SSS and others of eKuiper's",
                                "format_time(1714979289250, 'YYYY-MM-dd HH:mm:ssSSS XXX', 'Europe/Berlin')",
                                "\"2024-05-06 09:08:09.250 +02:00\"")
                        .takes(Kind.TIME, Kind.TEXT)
                        .optional(Kind.TEXT)
                        .text(() -> format(zone)),
                Define.of(
                                "date_calc(t, duration)",
                                "a time later by a duration such as 1h30m10s100ms, or earlier with a - before it",
                                "date_calc('2024-05-06T07:08:09Z', '-1h30m')",
                                "\"2024-05-06 05:38:09\"")
                        .takes(Kind.TIME, Kind.TEXT)
                        .text((frame, v) -> later(frame, Times.of(frame, v[0], zone), (String) v[1])),
                Define.of(
                                "date_diff(from, to)",
                                "the nanoseconds from one time to another",
                                "date_diff('2024-05-06', '2024-05-07') / 3600000000000",
                                "24")
                        .takes(Kind.TIME, Kind.TIME)
                        .whole((frame, v) -> difference(frame, v, zone)),
                text(
                        zone,
                        "day_name",
                        "the day of the week in English",
                        "\"Monday\"",
                        t -> t.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH)),
                day,
                Define.alias("day", day),
                part(
                        zone,
                        "day_of_week",
                        "the day of the week, 0 for Sunday to 6",
                        "1",
                        t -> t.getDayOfWeek().getValue() % 7,
                        WallClock::dayOfWeek),
                part(
                        zone,
                        "day_of_year",
                        "the day of the year, from 1",
                        "127",
                        ZonedDateTime::getDayOfYear,
                        WallClock::dayOfYear),
                Define.of(
                                "from_days(n)",
                                "the day that is n - 1 days after 1970-01-01; null for 0",
                                "from_days(19850)",
                                "\"2024-05-06\"")
                        .takes(Kind.WHOLE)
                        .text(DateFunctions::fromDays),
                Define.of(
                                "from_unix_time(seconds [, zone])",
                                "the time so many seconds after the epoch; null for 0",
                                "from_unix_time(1714979289, 'UTC')",
                                "\"2024-05-06 07:08:09\"")
                        .takes(Kind.WHOLE)
                        .optional(Kind.TEXT)
                        .text((frame, v) -> fromUnixTime(frame, v, zone)),
                part(zone, "hour", "the hour, 0 to 23", "7", ZonedDateTime::getHour, WallClock::hour),
                text(
                        zone,
                        "last_day",
                        "the last day of the month",
                        "\"2024-05-31\"",
                        t -> t.toLocalDate()
                                .with(TemporalAdjusters.lastDayOfMonth())
                                .toString()),
                part(
                        zone,
                        "microsecond",
                        "the microseconds since the last whole second",
                        "250000",
                        t -> t.getNano() / 1000,
                        WallClock::microsecond),
                part(zone, "minute", "the minute, 0 to 59", "8", ZonedDateTime::getMinute, WallClock::minute),
                part(zone, "month", "the month, 1 to 12", "5", ZonedDateTime::getMonthValue, WallClock::month),
                text(
                        zone,
                        "month_name",
                        "the month in English",
                        "\"May\"",
                        t -> t.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH)),
                part(zone, "second", "the second, 0 to 59", "9", ZonedDateTime::getSecond, WallClock::second),
                part(zone, "year", "the year", "2024", ZonedDateTime::getYear, WallClock::year),
                Define.of(
                                "convert_tz(t, zone)",
                                "a time as a text in another time zone, with its offset",
                                "convert_tz('2024-05-06T07:08:09Z', 'Asia/Tokyo')",
                                "\"2024-05-06T16:08:09+09:00\"")
                        .takes(Kind.TIME, Kind.TEXT)
                        .text((frame, v) -> convert(frame, Times.of(frame, v[0], zone), v)),
                Define.of(
                                "to_seconds(t)",
                                "the whole seconds from the epoch to a time",
                                "to_seconds('2024-05-06T07:08:09Z')",
                                "1714979289")
                        .takes(Kind.TIME)
                        .whole((frame, v) -> Optional.ofNullable(Times.of(frame, v[0], zone))
                                .map(ZonedDateTime::toEpochSecond)
                                .orElse(null)));
    }

    private static FunctionDefinition part(
            ZoneId zone,
            String name,
            String summary,
            String result,
            Function<ZonedDateTime, Integer> part,
            WallClock.Field field) {
        FunctionDefinition boxed = define(name, summary, result).whole((frame, v) -> {
            ZonedDateTime time = time(frame, v, zone);
            return time == null ? null : part.apply(time);
        });
        return new FunctionDefinition.Scalar(boxed.signature(), arguments -> {
            if (arguments.size() != 1 || arguments.get(0).type() != Type.LONG) {
                return ((FunctionDefinition.Scalar) boxed).compiler().compile(arguments);
            }
            Expression t = arguments.get(0);
            WallClock clock = new WallClock(zone);
            return (Expression.OfLong) frame -> {
                long millis = t.evalLong(frame);
                return frame.isNull() ? 0 : field.of(clock, millis);
            };
        });
    }

    private static FunctionDefinition text(
            ZoneId zone, String name, String summary, String result, Function<ZonedDateTime, String> text) {
        return define(name, summary, result).text((frame, v) -> {
            ZonedDateTime time = time(frame, v, zone);
            return time == null ? null : text.apply(time);
        });
    }

    private static Define define(String name, String summary, String result) {
        return Define.of(name + "(t [, zone])", summary, name + EXAMPLE, result)
                .takes(Kind.TIME)
                .optional(Kind.TEXT);
    }

    private static ZonedDateTime time(Frame frame, Object[] v, ZoneId otherwise) {
        ZoneId zone = Times.zone(frame, v, 1, otherwise);
        return zone == null ? null : Times.of(frame, v[0], zone);
    }

    private static Define.Body format(ZoneId otherwise) {
        return new Define.Body() {
            private String written = "";
            private DateTimeFormatter formatter;

            @Override
            public Object apply(Frame frame, Object[] v) {
                ZoneId zone = Times.zone(frame, v, 2, otherwise);
                ZonedDateTime time = zone == null ? null : Times.of(frame, v[0], zone);
                if (time == null) {
                    return null;
                }
                try {
                    if (formatter == null || !v[1].equals(written)) {
                        formatter = TimePattern.of((String) v[1]);
                        written = (String) v[1];
                    }
                    return formatter.format(time);
                } catch (IllegalArgumentException | DateTimeException wrong) {
                    return Values.failed(frame, wrong.getMessage());
                }
            }
        };
    }

    private static String later(Frame frame, ZonedDateTime time, String duration) {
        if (time == null) {
            return null;
        }
        boolean back = duration.startsWith("-");
        Matcher step = STEP.matcher(duration);
        int at = back || duration.startsWith("+") ? 1 : 0;
        double nanos = 0;
        do {
            if (!step.region(at, duration.length()).lookingAt()) {
                return Values.wrong(frame, "a duration such as 1h30m10s100ms", duration);
            }
            nanos += Double.parseDouble(step.group(1)) * nanos(step.group(2));
            at = step.end();
        } while (at < duration.length());
        return SECONDS.format(time.plusNanos((long) (back ? -nanos : nanos)));
    }

    private static long nanos(String unit) {
        return switch (unit) {
            case "ns" -> 1;
            case "ms" -> 1_000_000;
            case "s" -> 1_000_000_000;
            case "m" -> 60_000_000_000L;
            case "h" -> 3_600_000_000_000L;
            default -> 1_000;
        };
    }

    private static Object difference(Frame frame, Object[] v, ZoneId zone) {
        ZonedDateTime from = Times.of(frame, v[0], zone);
        ZonedDateTime to = Times.of(frame, v[1], zone);
        try {
            return from == null || to == null
                    ? null
                    : Duration.between(from, to).toNanos();
        } catch (ArithmeticException tooLong) {
            return Values.failed(frame, "expected at most 292 years between two times");
        }
    }

    private static Object fromDays(Frame frame, Object[] v) {
        long days = (Long) v[0];
        try {
            return days == 0
                    ? null
                    : LocalDate.ofEpochDay(Math.subtractExact(days, 1)).toString();
        } catch (DateTimeException | ArithmeticException tooLarge) {
            return Values.wrong(frame, "a number of days", days);
        }
    }

    private static Object fromUnixTime(Frame frame, Object[] v, ZoneId otherwise) {
        ZoneId zone = Times.zone(frame, v, 1, otherwise);
        long seconds = (Long) v[0];
        if (zone == null || seconds == 0) {
            return null;
        }
        try {
            return SECONDS.format(Times.of(frame, Math.multiplyExact(seconds, 1000), zone));
        } catch (ArithmeticException | DateTimeException tooLarge) {
            return Values.wrong(frame, "a number of seconds", seconds);
        }
    }

    private static Object convert(Frame frame, ZonedDateTime time, Object[] v) {
        ZoneId zone = Times.zone(frame, v, 1, null);
        return time == null || zone == null
                ? null
                : DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time.withZoneSameInstant(zone));
    }
}
