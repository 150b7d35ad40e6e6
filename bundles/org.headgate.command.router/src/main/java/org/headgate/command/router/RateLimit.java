package org.headgate.command.router;

import java.util.HashMap;
import java.util.Map;
import org.headgate.command.api.Origin;
import org.headgate.system.api.Clock;

/**
 * A token bucket for each origin, command and target, so that a flood for one device or from one user starves no other. A
 * bucket that is full again is as good as none and is forgotten; beyond {@link #MOST} that are not, all newcomers share one:
 * whoever invents targets gains nothing.
 */
final class RateLimit {
    static final int MOST = 1000;

    private final Clock clock;
    private final Map<Key, Bucket> buckets = new HashMap<>();
    private CommandLimits limits;
    private Bucket crowd;

    RateLimit(Clock clock, CommandLimits limits) {
        this.clock = clock;
        limits(limits);
    }

    /** What is counted together. */
    record Key(Origin origin, String command, String target) {}

    /** Other limits from now on; everybody begins with a full bucket. */
    synchronized void limits(CommandLimits other) {
        limits = other;
        buckets.clear();
        crowd = new Bucket();
    }

    synchronized CommandLimits limits() {
        return limits;
    }

    /** Whether one more command may come now. */
    synchronized boolean take(Key key) {
        Bucket bucket = buckets.get(key);
        if (bucket == null) {
            if (buckets.size() >= MOST) {
                buckets.values().removeIf(Bucket::isFull);
            }
            bucket = buckets.size() >= MOST ? crowd : new Bucket();
            if (bucket != crowd) {
                buckets.put(key, bucket);
            }
        }
        return bucket.take();
    }

    /** For tests: how many buckets are kept. */
    synchronized int size() {
        return buckets.size();
    }

    private final class Bucket {
        private double tokens = limits.burst();
        private long since = clock.monotonicNanos();

        boolean isFull() {
            refill();
            return tokens >= limits.burst();
        }

        boolean take() {
            refill();
            if (tokens < 1) {
                return false;
            }
            tokens--;
            return true;
        }

        private void refill() {
            long now = clock.monotonicNanos();
            tokens = Math.min(limits.burst(), tokens + limits.regained(now - since));
            since = now;
        }
    }
}
