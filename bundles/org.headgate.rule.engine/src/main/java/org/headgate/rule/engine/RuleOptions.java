package org.headgate.rule.engine;

import java.time.Duration;
import java.time.ZoneId;
import org.headgate.config.api.Settings;

/**
 * How a rule treats time, and how much it may keep.
 *
 * @param eventTime whether a row belongs to its own time instead of that of its arrival
 * @param lateNanos in event time, how much older than the newest row a row may be
 * @param maxGroups how many groups a window may have: about 2 MB with a few aggregates, and a dimension by mistake stays harmless
 * @param maxRows how many rows may be kept in windows, and how many in the sorting buffer of event time
 * @param maxState how many bytes what is kept in windows and groups may take, estimated
 * @param zone where days begin
 */
public record RuleOptions(boolean eventTime, long lateNanos, int maxGroups, int maxRows, long maxState, ZoneId zone) {
    /** What a rule has that says nothing else: processing time, 10,000 groups, 100,000 rows, 16 MiB of state, days of the system's time zone. */
    public static final RuleOptions DEFAULT =
            new RuleOptions(false, 0, 10_000, 100_000, 16 << 20, ZoneId.systemDefault());

    /** Less would refuse rows that are only large. */
    private static final long LEAST_STATE = 64 << 10;

    /** Nobody has the memory for more. */
    private static final long MOST = 100_000_000;

    /** The same in event time. */
    public RuleOptions inEventTime(long newLateNanos) {
        return new RuleOptions(true, newLateNanos, maxGroups, maxRows, maxState, zone);
    }

    /** The options of a rule's file: {@code event-time}, {@code late}, {@code max-groups}, {@code max-rows}, {@code max-state}. */
    public static RuleOptions of(Settings settings) {
        return new RuleOptions(
                settings.flag("event-time", DEFAULT.eventTime),
                settings.duration("late", Duration.ZERO, Duration.ZERO).toNanos(),
                (int) settings.number("max-groups", 1, MOST, DEFAULT.maxGroups),
                (int) settings.number("max-rows", 1, MOST, DEFAULT.maxRows),
                settings.bytes("max-state", LEAST_STATE, DEFAULT.maxState),
                DEFAULT.zone);
    }
}
