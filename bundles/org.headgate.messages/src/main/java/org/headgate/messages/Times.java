package org.headgate.messages;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import org.headgate.device.api.InvalidSettingException;

/**
 * Times as messages say them, in nanoseconds since the epoch.
 *
 * @param place where the time is; {@code null} when it is nowhere
 * @param unit what a number counts: {@code s ms us ns}, or {@code auto}, which tells them apart by their size: every instant from 1973 to
 *     2262 has a number of its own in each
 */
record Times(Place place, String unit) {
    private static final List<String> UNITS = List.of("auto", "s", "ms", "us", "ns");
    private static final double MOST_NANOS = 0x1p63;
    private static final double SECONDS_END = 1e11;
    private static final int LONGEST = 64;

    static Times parse(String place, String unit) throws InvalidSettingException {
        if (!UNITS.contains(unit)) {
            throw new InvalidSettingException("time.unit", unit, "auto, s, ms, us or ns");
        }
        Place where = place.isEmpty() ? null : Place.parse(place).orElse(null);
        if (!place.isEmpty() && !(where instanceof Place.Member) && !(where instanceof Place.Column)) {
            throw new InvalidSettingException("time", place, "/ts in JSON or csv/0");
        }
        return new Times(where, unit);
    }

    /** The instant that a value is; {@link Instant#NO_TIME} without a value. */
    long nanos(Object value) throws MessageException {
        try {
            if (value == null || value instanceof String text && text.isBlank()) {
                return Instant.NO_TIME;
            }
            if (value instanceof Number number) {
                return nanos(number);
            }
            if (value instanceof String text && text.length() <= LONGEST) {
                String stripped = text.strip();
                return isNumber(stripped) ? nanos(Numbers.parse(stripped)) : iso(stripped);
            }
        } catch (DateTimeException | IllegalArgumentException | ArithmeticException none) {
            throw new MessageException("no time: " + Values.printable(Values.text(value)));
        }
        throw new MessageException("no time: " + Values.printable(Values.text(value)));
    }

    /** A number of some unit as nanoseconds, rounded once. */
    static long scaled(BigDecimal value, int digits) {
        if (Math.abs(value.doubleValue()) * Math.pow(10, digits) >= MOST_NANOS) {
            throw new ArithmeticException("beyond 2262");
        }
        return value.movePointRight(digits).setScale(0, RoundingMode.HALF_EVEN).longValueExact();
    }

    /** Exactly what was written, for the shortest text of a double is what everybody has written. */
    static BigDecimal decimal(Number number) {
        return number instanceof Long whole ? BigDecimal.valueOf(whole) : BigDecimal.valueOf(number.doubleValue());
    }

    private long nanos(Number number) {
        double size = Math.abs(number.doubleValue());
        int digits = switch (unit) {
            case "s" -> 9;
            case "ms" -> 6;
            case "us" -> 3;
            case "ns" -> 0;
            default -> size < SECONDS_END ? 9 : size < SECONDS_END * 1e3 ? 6 : size < SECONDS_END * 1e6 ? 3 : 0;
        };
        return scaled(decimal(number), digits);
    }

    private static boolean isNumber(String text) {
        return text.chars()
                        .allMatch(c -> c >= '0' && c <= '9' || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E')
                && text.lastIndexOf('-') < 4;
    }

    /** ISO 8601; a blank in place of the T is taken, and without a zone it is UTC. */
    private static long iso(String text) {
        String upper = text.replace(' ', 'T').toUpperCase(Locale.ROOT);
        boolean zoned = upper.endsWith("Z") || upper.matches(".*T.*[+-]\\d\\d:?\\d\\d");
        String colon = upper.replaceFirst("([+-]\\d\\d)(\\d\\d)$", "$1:$2");
        OffsetDateTime time =
                zoned ? OffsetDateTime.parse(colon) : LocalDateTime.parse(upper).atOffset(ZoneOffset.UTC);
        return Math.addExact(
                Math.multiplyExact(time.toEpochSecond(), 1_000_000_000L), time.get(ChronoField.NANO_OF_SECOND));
    }
}
