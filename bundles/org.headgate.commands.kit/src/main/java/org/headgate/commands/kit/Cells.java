package org.headgate.commands.kit;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.headgate.data.api.Quality;
import org.headgate.data.api.Row;
import org.headgate.data.api.Type;

/** How values stand in a cell of a table. */
public final class Cells {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Cells() {}

    /** A time in UTC to the second; {@code -} for none. */
    public static String time(long epochNanos) {
        return epochNanos == 0 ? "-" : TIME.format(Instant.ofEpochSecond(0, epochNanos));
    }

    /** A size with a binary unit: {@code 12.3 MiB}. */
    public static String bytes(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        double size = bytes;
        String[] units = {"KiB", "MiB", "GiB", "TiB"};
        int unit = -1;
        while (size >= 1024 && unit < units.length - 1) {
            size /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", size, units[unit]);
    }

    /** A value as a person reads it: doubles with six significant digits; empty where there is none. */
    public static String value(Row row, int column) {
        if (row.isNull(column)) {
            return "";
        }
        if (row.schema().type(column) == Type.DOUBLE) {
            return number(row.asDouble(column));
        }
        return String.valueOf(row.object(column));
    }

    /** All values of a row that are there: {@code temperature=71.3 pump=true?}; a question mark where one is UNCERTAIN. */
    public static String values(Row row) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.schema().size(); i++) {
            if (row.quality(i) != Quality.ABSENT) {
                line.append(line.isEmpty() ? "" : " ");
                line.append(row.schema().column(i).name()).append('=');
                line.append(row.isNull(i) ? row.quality(i).name() : value(row, i));
                line.append(row.quality(i) == Quality.UNCERTAIN ? "?" : "");
            }
        }
        return line.toString();
    }

    /** A number with at most six significant digits after which nothing is hidden: {@code 71.25}, {@code 1.5E9}. */
    public static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return Long.toString((long) value);
        }
        String text = String.format(Locale.ROOT, "%.6g", value);
        return text.indexOf('.') >= 0 && text.indexOf('e') < 0
                ? text.replaceAll("0+$", "").replaceAll("\\.$", "")
                : text;
    }

    /** A time in milliseconds, a short one to the hundredth: {@code 12.3 ms}, {@code 0.04 ms}. */
    public static String millis(Duration time) {
        double millis = time.toNanos() / 1e6;
        return String.format(Locale.ROOT, millis < 10 ? "%.2f ms" : "%.1f ms", millis);
    }

    /** A share in per cent with one decimal. */
    public static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * 100);
    }
}
