package org.headgate.rule.library;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.Frame;
import org.headgate.rule.functions.FunctionDefinition;
import org.headgate.rule.functions.Signature;

/** What time it is for the rule: in a replay that of the recording, never the machine's. */
final class ClockFunctions {
    private static final int NANOS = 1_000_000_000;
    private static final int MOST_DIGITS = 6;
    private static final String FRACTION = ".SSSSSS";
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT);

    private ClockFunctions() {}

    static List<FunctionDefinition> all(ZoneId zone) {
        FunctionDefinition now = now("now", "the date and the time", "uuuu-MM-dd HH:mm:ss", "19", zone);
        FunctionDefinition date = Define.of("cur_date([zone])", "the date", "length(cur_date())", "10")
                .optional(Kind.TEXT)
                .text((frame, v) -> {
                    ZonedDateTime time = time(frame, v, 0, zone);
                    return time == null ? null : DATE.format(time);
                });
        FunctionDefinition time = now("cur_time", "the time of the day", "HH:mm:ss", "8", zone);
        List<FunctionDefinition> all = new ArrayList<>(List.of(now, date, time));
        all.add(Define.alias("current_timestamp", now));
        all.add(Define.alias("local_time", now));
        all.add(Define.alias("local_timestamp", now));
        all.add(Define.alias("current_date", date));
        all.add(Define.alias("current_time", time));
        all.add(new FunctionDefinition.Scalar(
                Signature.of("tstamp()", "the milliseconds since the epoch", "tstamp() >= 0", "true"), arguments -> {
                    FunctionDefinition.count(arguments, 0, "tstamp()");
                    return (Expression.OfLong) frame -> {
                        frame.setNull(false);
                        return Math.floorDiv(frame.nowNanos(), 1_000_000);
                    };
                }));
        return all;
    }

    private static FunctionDefinition now(String name, String summary, String pattern, String length, ZoneId zone) {
        DateTimeFormatter[] formatters = new DateTimeFormatter[MOST_DIGITS + 1];
        for (int digits = 0; digits <= MOST_DIGITS; digits++) {
            String fraction = digits == 0 ? "" : FRACTION.substring(0, digits + 1);
            formatters[digits] = DateTimeFormatter.ofPattern(pattern + fraction, Locale.ROOT);
        }
        return Define.of(
                        name + "([digits [, zone]])",
                        summary + ", with up to 6 digits of the second's fraction",
                        "length(" + name + "())",
                        length)
                .optional(Kind.WHOLE, Kind.TEXT)
                .text((frame, v) -> {
                    long digits = v.length == 0 ? 0 : (Long) v[0];
                    ZonedDateTime time = time(frame, v, 1, zone);
                    return time == null
                            ? null
                            : formatters[digits < 0 || digits > MOST_DIGITS ? 0 : (int) digits].format(time);
                });
    }

    private static ZonedDateTime time(Frame frame, Object[] v, int index, ZoneId otherwise) {
        ZoneId zone = Times.zone(frame, v, index, otherwise);
        long nanos = frame.nowNanos();
        return zone == null
                ? null
                : Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS))
                        .atZone(zone);
    }
}
