package org.headgate.uplink.commands;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.headgate.system.api.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what came as a request and is none, and says so in the log once a minute at most. */
final class Malformed {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerCommands.class);
    private static final long EVERY = Duration.ofMinutes(1).toNanos();

    private final Clock clock;
    private final Map<String, Count> counts = new HashMap<>();

    Malformed(Clock clock) {
        this.clock = clock;
    }

    private static final class Count {
        private long all;
        private long told;
        private long toldNanos;
    }

    /** Counts one; returns whether it was told. */
    synchronized boolean count(String uplink, String why) {
        Count count = counts.computeIfAbsent(uplink, first -> new Count());
        count.all++;
        long now = clock.monotonicNanos();
        if (count.told > 0 && now - count.toldNanos < EVERY) {
            return false;
        }
        LOG.warn(
                "uplink {}: a request that cannot be read: {} ({} since the last such line, {} in all)",
                uplink,
                why,
                count.all - count.told,
                count.all);
        count.told = count.all;
        count.toldNanos = now;
        return true;
    }

    synchronized long of(String uplink) {
        Count count = counts.get(uplink);
        return count == null ? 0 : count.all;
    }
}
