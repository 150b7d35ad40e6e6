package org.headgate.outbox.log;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.headgate.outbox.api.DropPolicy;
import org.headgate.outbox.api.OutboxSettings;
import org.headgate.system.api.Storage;

/**
 * How much a log may keep now. Where others have filled the disk it shrinks until enough is free again, but never below what it needs
 * to go on sending. Used under the writing lock.
 */
final class Limits {
    /** What a log keeps at least, however full its disk is. */
    private static final long LEAST = 1 << 20;

    private static final long LEAST_SEGMENT = 4096;
    private static final long MOST_SEGMENT = 16 << 20;
    private static final int PARTS = 64;
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final OutboxSettings settings;
    private final Storage folder;
    private final Lifetime lifetime;
    private final long segmentBytes;
    private volatile long maxBytes;
    private long looked = -LOOK_NANOS;

    Limits(OutboxSettings settings, Storage folder, Lifetime lifetime) {
        this.settings = settings;
        this.folder = folder;
        this.lifetime = lifetime;
        maxBytes = settings.maxBytes();
        segmentBytes = settings.segmentBytes() > 0
                ? settings.segmentBytes()
                : Math.max(LEAST, Math.min(MOST_SEGMENT, settings.maxBytes() / PARTS));
    }

    /** How long rows are kept; zero when there is no limit. */
    Duration maxAge() {
        return settings.maxAge();
    }

    /** Looks at the disk, once a second at most; {@code held} is what the log has on it. */
    void look(long held) {
        long now = lifetime.openNanos();
        if (settings.minFreeBytes() <= 0 || now - looked < LOOK_NANOS) {
            return;
        }
        looked = now;
        try {
            long missing = settings.minFreeBytes() - folder.freeBytes();
            long least = Math.min(settings.maxBytes(), LEAST);
            maxBytes =
                    missing <= 0 ? settings.maxBytes() : Math.min(settings.maxBytes(), Math.max(least, held - missing));
        } catch (IOException unknown) {
            // What is wrong with the disk shows when it is written to.
        }
    }

    /** How many bytes it may have now; less than it is configured for while the disk has less than {@code outbox.min-free}. Any thread. */
    long maxBytes() {
        return maxBytes;
    }

    /** Says so while others have filled the disk; else empty. Any thread. */
    String shortage() {
        return maxBytes < settings.maxBytes()
                ? "the disk has less than outbox.min-free: make room, or rows are dropped as outbox-full"
                : "";
    }

    /** The size at which a segment is full: a small limit wants small segments, as only whole ones can be dropped. */
    long segmentBytes() {
        return Math.max(LEAST_SEGMENT, Math.min(segmentBytes, maxBytes / 4));
    }

    /** Whether the next commit might not fit any more. */
    boolean isFull(long held) {
        return held > 0 && held + segmentBytes() > maxBytes;
    }

    /** Whether the oldest segment has to go when the log is full; else what comes is refused, unless it holds nothing. */
    boolean dropsOldest(Segment oldest) {
        return settings.drop() == DropPolicy.OLDEST || oldest.waiting == 0;
    }

    /** Whether even the newest row of a segment is too old. */
    boolean isExpired(Segment segment) {
        long most = settings.maxAge().toSeconds();
        return !settings.maxAge().isZero() && lifetime.seconds() - segment.newest > most;
    }
}
