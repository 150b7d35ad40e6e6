package org.headgate.history;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is known of one segment file.
 *
 * @param number its number; later ones are larger
 * @param bytes its length, as far as it was written without an error
 * @param earliestNanos the earliest time of a row; later than the latest where there is no row
 * @param latestNanos the latest one
 */
record Segment(long number, long bytes, long earliestNanos, long latestNanos) {
    private static final Pattern FILE = Pattern.compile("(\\d{10})\\.rows");

    /** One that is empty. */
    static Segment empty(long number) {
        return new Segment(number, 0, Long.MAX_VALUE, Long.MIN_VALUE);
    }

    /** The number in a file's name; -1 for another file. */
    static long number(String file) {
        Matcher matcher = FILE.matcher(file);
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : -1;
    }

    String file() {
        return String.format(Locale.ROOT, "%010d.rows", number);
    }

    boolean hasRows() {
        return earliestNanos <= latestNanos;
    }

    /** The segment with a block more. */
    Segment with(long end, long fromNanos, long untilNanos) {
        return new Segment(number, end, Math.min(earliestNanos, fromNanos), Math.max(latestNanos, untilNanos));
    }
}
