package org.headgate.uplink.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.headgate.data.api.ClockState;
import org.headgate.outbox.api.Priority;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Storage;
import org.headgate.system.api.StorageFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Payload bytes of the calendar month (UTC), which are kept over restarts, and what they still let through. A day's part may be spent at
 * once, the rest as the month goes by: so what is over the budget is thinned out evenly instead of ending on the twentieth. What is of low
 * priority gets nothing of the last half of the allowance. Outlives the uplink, whose file may be edited. Thread-safe.
 */
final class Budget {
    private static final Logger LOG = LoggerFactory.getLogger(Uplink.class);
    private static final int MOST_TEXT = 64;
    private static final long SAVE_NANOS = Duration.ofMinutes(1).toNanos();
    private static final long DAY = Duration.ofDays(1).toSeconds();
    /** Of no clock that is set. */
    private static final YearMonth NONE = YearMonth.of(1970, 1);

    private final String uplink;
    private final Storage folder;
    private final Clock clock;
    private long limit;
    private boolean loaded;
    private YearMonth month = NONE;
    private long used;
    private long savedUsed;
    private long savedNanos;

    Budget(String uplink, Storage folder, Clock clock) {
        this.uplink = uplink;
        this.folder = folder;
        this.clock = clock;
        savedNanos = clock.monotonicNanos();
    }

    /** Sets what a month may cost; 0 for no budget. */
    synchronized Budget limit(long bytes) {
        limit = bytes;
        return this;
    }

    /** Whether a batch of a priority may go now; {@code HIGH} is not asked for. May block. */
    synchronized boolean lets(Priority priority) {
        if (limit == 0) {
            return true;
        }
        turn();
        long reserve = priority == Priority.LOW ? limit / month.lengthOfMonth() / 2 : 0;
        return used + reserve < allowance();
    }

    /** So many bytes are on their way. May block. */
    synchronized void spend(long bytes) {
        if (limit > 0) {
            used += bytes;
            if (clock.monotonicNanos() - savedNanos >= SAVE_NANOS) {
                save();
            }
        }
    }

    /** Bytes of this month so far. */
    synchronized long used() {
        return used;
    }

    synchronized long limit() {
        return limit;
    }

    /** Keeps what was spent; blocks. */
    synchronized void save() {
        savedNanos = clock.monotonicNanos();
        if (limit == 0 || used == savedUsed) {
            return;
        }
        byte[] text = (month + " " + used + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            Storage home = folder.folder("uplink");
            try (StorageFile file = home.open(uplink + ".budget.tmp")) {
                file.truncate(0);
                file.write(ByteBuffer.wrap(text), 0);
                file.sync();
            }
            home.rename(uplink + ".budget.tmp", uplink + ".budget");
            home.syncFolder();
            savedUsed = used;
        } catch (IOException full) {
            LOG.warn("uplink {}: what the budget has cost cannot be kept: {}", uplink, full.getMessage());
        }
    }

    /** Bytes that may have been spent by now; all while nobody knows what day it is. */
    private long allowance() {
        if (clock.state() == ClockState.UNSET) {
            return limit;
        }
        double days = (double) (now().getEpochSecond() - begin()) / DAY + 1;
        return (long) (limit * Math.min(1, Math.max(1, days) / month.lengthOfMonth()));
    }

    private long begin() {
        return month.atDay(1).atStartOfDay().toEpochSecond(ZoneOffset.UTC);
    }

    /**
     * A new month begins with nothing spent, be it an earlier one after a clock that was ahead; a clock that is put back over a month's begin
     * begins none, and neither does one that is not set.
     */
    private void turn() {
        if (!loaded) {
            load();
            loaded = true;
        }
        if (clock.state() == ClockState.UNSET) {
            return;
        }
        YearMonth current = YearMonth.from(now().atOffset(ZoneOffset.UTC));
        if (current.isAfter(month) || now().getEpochSecond() < begin() - DAY) {
            // What went before the clock was first set counts.
            used = month.equals(NONE) ? used : 0;
            month = current;
        }
    }

    private Instant now() {
        return Instant.ofEpochSecond(0, clock.epochNanos());
    }

    private void load() {
        try {
            Storage home = folder.folder("uplink");
            if (!home.list().contains(uplink + ".budget")) {
                return;
            }
            try (StorageFile file = home.open(uplink + ".budget")) {
                ByteBuffer content = ByteBuffer.allocate((int) Math.min(MOST_TEXT, file.size()));
                while (content.hasRemaining() && file.read(content, content.position()) > 0) {
                    // Until it is complete.
                }
                String[] words = new String(content.array(), 0, content.position(), StandardCharsets.UTF_8)
                        .strip()
                        .split(" ");
                month = YearMonth.parse(words[0]);
                used += Long.parseLong(words[1]);
            }
        } catch (IOException | RuntimeException unreadable) {
            LOG.warn("uplink {}: what the budget has cost so far cannot be read: {}", uplink, unreadable.toString());
        }
    }
}
