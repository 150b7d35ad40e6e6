package org.headgate.rule.library;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * What clocks and calendars of a zone show, from milliseconds since the epoch, without an object for each row: the offset is looked up only where it
 * changes, twice a year. Used by one thread at a time.
 */
final class WallClock {
    private static final long DAY = 86_400;
    /** From 0000-03-01, where leap days are the last of their years, to the epoch. */
    private static final long TO_MARCH = 719_468;

    private static final long ERA = 146_097;

    private final ZoneRules rules;
    private long from = Long.MAX_VALUE;
    private long to = Long.MIN_VALUE;
    private long offset;

    WallClock(ZoneId zone) {
        rules = zone.getRules();
    }

    /** One of the numbers that it shows. */
    @FunctionalInterface
    interface Field {
        long of(WallClock clock, long millis);
    }

    long hour(long millis) {
        return secondOfDay(millis) / 3600;
    }

    long minute(long millis) {
        return secondOfDay(millis) / 60 % 60;
    }

    long second(long millis) {
        return secondOfDay(millis) % 60;
    }

    long microsecond(long millis) {
        return Math.floorMod(millis, 1000L) * 1000;
    }

    /** 0 for Sunday. */
    long dayOfWeek(long millis) {
        return Math.floorMod(day(millis) + 4, 7L);
    }

    long dayOfMonth(long millis) {
        long day = dayOfMarchYear(millis);
        return day - (153 * marchMonth(day) + 2) / 5 + 1;
    }

    long month(long millis) {
        long month = marchMonth(dayOfMarchYear(millis));
        return month < 10 ? month + 3 : month - 9;
    }

    long year(long millis) {
        long days = day(millis) + TO_MARCH;
        return Math.floorDiv(days, ERA) * 400 + yearOfEra(Math.floorMod(days, ERA)) + (month(millis) <= 2 ? 1 : 0);
    }

    long dayOfYear(long millis) {
        long day = dayOfMarchYear(millis);
        if (day >= 306) {
            return day - 305;
        }
        long year = year(millis);
        return day + 60 + (year % 4 == 0 && year % 100 != 0 || year % 400 == 0 ? 1 : 0);
    }

    private long secondOfDay(long millis) {
        return Math.floorMod(local(millis), DAY);
    }

    private long day(long millis) {
        return Math.floorDiv(local(millis), DAY);
    }

    /** Years that begin in March, counted from 0 within 400 years (H. Hinnant, "chrono-Compatible Low-Level Date Algorithms"). */
    private static long yearOfEra(long dayOfEra) {
        return (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    }

    private long dayOfMarchYear(long millis) {
        long day = Math.floorMod(day(millis) + TO_MARCH, ERA);
        long year = yearOfEra(day);
        return day - (365 * year + year / 4 - year / 100);
    }

    private static long marchMonth(long dayOfMarchYear) {
        return (5 * dayOfMarchYear + 2) / 153;
    }

    private long local(long millis) {
        long seconds = Math.floorDiv(millis, 1000L);
        if (seconds < from || seconds >= to) {
            Instant at = Instant.ofEpochSecond(seconds);
            ZoneOffsetTransition last = rules.previousTransition(at.plusNanos(1));
            ZoneOffsetTransition next = rules.nextTransition(at);
            from = last == null ? Long.MIN_VALUE : last.toEpochSecond();
            to = next == null ? Long.MAX_VALUE : next.toEpochSecond();
            offset = rules.getOffset(at).getTotalSeconds();
        }
        return seconds + offset;
    }
}
