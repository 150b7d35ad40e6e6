package org.headgate.rule.window;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * The instants at which windows of a size may begin and end: multiples of the size since the epoch, as LF Edge eKuiper aligns windows to natural
 * time (10 s: at :00, :10, :20), and for sizes of whole days midnights of a time zone, so that a day is as long as the calendar says.
 */
public final class Alignment {
    private static final long DAY = 86_400_000_000_000L;
    private final long sizeNanos;
    private final ZoneId zone;
    private final boolean days;

    /**
     * An alignment.
     *
     * @param sizeNanos the distance of two instants, at least one millisecond
     * @param days whether the size is a number of days
     */
    public Alignment(long sizeNanos, boolean days, ZoneId zone) {
        if (sizeNanos < 1_000_000) {
            throw new IllegalArgumentException("a window of " + sizeNanos + " ns");
        }
        this.sizeNanos = sizeNanos;
        this.days = days;
        this.zone = zone;
    }

    /** The last of the instants that is not after this one. */
    public long floor(long epochNanos) {
        if (!days) {
            return Math.floorDiv(epochNanos, sizeNanos) * sizeNanos;
        }
        long day = zoned(epochNanos).toLocalDate().toEpochDay();
        return midnight(Math.floorDiv(day, count()) * count());
    }

    /** The instant that follows one of them. */
    public long next(long boundaryNanos) {
        if (!days) {
            return boundaryNanos + sizeNanos;
        }
        // Noon is on the right day, whatever the clocks do at night.
        return midnight(zoned(boundaryNanos + DAY / 2).toLocalDate().toEpochDay() + count());
    }

    /** The beginning of a window that ends at one of them; a window of days has as many days as it says, however long they are. */
    public long before(long boundaryNanos, long windowNanos) {
        if (!days) {
            return boundaryNanos - windowNanos;
        }
        return midnight(zoned(boundaryNanos + DAY / 2).toLocalDate().toEpochDay() - windowNanos / DAY);
    }

    private long count() {
        return sizeNanos / DAY;
    }

    private ZonedDateTime zoned(long epochNanos) {
        return Instant.ofEpochSecond(Math.floorDiv(epochNanos, 1_000_000_000L)).atZone(zone);
    }

    private long midnight(long epochDay) {
        return LocalDate.ofEpochDay(epochDay).atStartOfDay(zone).toEpochSecond() * 1_000_000_000L;
    }
}
