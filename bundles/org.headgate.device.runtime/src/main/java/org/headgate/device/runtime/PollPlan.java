package org.headgate.device.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.headgate.device.api.Channel;
import org.headgate.device.channels.ChannelDefinition;

/**
 * When which channels are due. Channels of one rate are a group; each group is due at once, then at {@code origin + n * rate}, so that
 * nothing drifts. Without a configured offset the origin follows from the device's name, which spreads a hall full of devices over the
 * interval. Used by the device's loop.
 */
final class PollPlan {
    private final List<Group> groups = new ArrayList<>();
    private final Map<Long, Request> requests = new HashMap<>();
    private final Columns columns;
    private final DeviceConfiguration configuration;

    /**
     * A plan that begins now.
     *
     * @param reported channels that the device reports by itself, by column: they are not polled
     */
    PollPlan(DeviceConfiguration configuration, Columns columns, List<Channel> reported, long monotonic, long epoch) {
        this.columns = columns;
        this.configuration = configuration;
        Map<Duration, List<Integer>> byRate = new TreeMap<>();
        for (int i = 0; i < columns.size(); i++) {
            ChannelDefinition channel = columns.definition(i);
            // What the device reports by itself is asked for only where it is to be repeated although it has not
            // changed.
            Optional<Duration> rate = reported.contains(channel.channel())
                    ? channel.report().every()
                    : Optional.of(channel.poll().orElse(configuration.poll()));
            if (rate.isPresent()) {
                byRate.computeIfAbsent(rate.get(), any -> new ArrayList<>()).add(i);
            }
        }
        byRate.forEach((rate, indexes) -> groups.add(new Group(
                rate.toNanos(), indexes.stream().mapToInt(Integer::intValue).toArray())));
        align(monotonic, epoch);
    }

    /** Puts the polls that follow on the grid again: the clock has been set. */
    void align(long monotonic, long epoch) {
        long slowest = groups.stream().mapToLong(group -> group.rate).max().orElse(1);
        // One origin for all groups, so that a slow one is read together with a fast one whose multiple it is.
        long position = configuration
                .pollOffset()
                .map(offset -> epoch - offset.toNanos())
                .orElseGet(() -> monotonic - spread(configuration.name(), slowest));
        for (Group group : groups) {
            group.due = monotonic + group.rate - Math.floorMod(position, group.rate);
        }
    }

    /** Whether there is nothing to poll. */
    boolean isEmpty() {
        return groups.isEmpty();
    }

    /** Everything is due, now: for the first poll of a connection. */
    void markAll(long now) {
        for (Group group : groups) {
            group.waits = true;
            group.wantedAt = now;
        }
    }

    /** Marks what has come due; returns how many polls are left out because the one before has not begun yet. */
    long mark(long now) {
        long missed = 0;
        for (Group group : groups) {
            if (group.due <= now) {
                long behind = (now - group.due) / group.rate;
                missed += behind + (group.waits ? 1 : 0);
                group.waits = true;
                group.wantedAt = group.due + behind * group.rate;
                group.due += (behind + 1) * group.rate;
            }
        }
        return missed;
    }

    /** When the next group comes due, in monotonic nanoseconds; {@link Long#MAX_VALUE} for an empty plan. */
    long nextDue() {
        long next = Long.MAX_VALUE;
        for (Group group : groups) {
            next = Math.min(next, group.due);
        }
        return next;
    }

    /** When the poll that waits was due; {@link Long#MAX_VALUE} when none waits. */
    long wantedAt() {
        long wanted = Long.MAX_VALUE;
        for (Group group : groups) {
            if (group.waits) {
                wanted = Math.min(wanted, group.wantedAt);
            }
        }
        return wanted;
    }

    /** Takes everything that waits, as one request. */
    Request take() {
        long key = 0;
        for (int i = 0; i < groups.size(); i++) {
            if (groups.get(i).waits) {
                key |= 1L << Math.min(i, 63);
                groups.get(i).waits = false;
            }
        }
        // More than 63 rates on one device are read as if the rest were one.
        return requests.computeIfAbsent(key, this::request);
    }

    private Request request(long key) {
        List<Integer> indexes = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            if ((key & 1L << Math.min(i, 63)) != 0) {
                for (int column : groups.get(i).columns) {
                    indexes.add(column);
                }
            }
        }
        return columns.request(
                indexes.stream().sorted().mapToInt(Integer::intValue).toArray());
    }

    /** A place in the interval that depends on the name only: Fibonacci hashing (Knuth, TAOCP 3, 6.4). */
    private static long spread(String name, long rate) {
        double part = (name.hashCode() * 0x9E3779B97F4A7C15L >>> 11) * 0x1.0p-53;
        return (long) (part * rate);
    }

    private static final class Group {
        private final long rate;
        private final int[] columns;
        private long due;
        private boolean waits;
        private long wantedAt;

        private Group(long rate, int[] columns) {
            this.rate = rate;
            this.columns = columns;
        }
    }
}
