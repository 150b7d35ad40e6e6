package org.headgate.driver.opcua;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemNotification;

/** Counts the values before which a server's queue was full, so that others are lost (OPC 10000-4, 7.39.1). Counted by one thread at a time; read by any. */
final class Overflows {
    /** The status belongs to a data value, and says that the queue has overflowed. */
    private static final long OVERFLOW = 0x480;

    private static final long EVERY = Duration.ofMinutes(1).toNanos();

    private final AtomicLong count = new AtomicLong();
    private long told;
    private long toldNanos;

    /** Counts those of a message; has how many there were since the beginning when that should be said, at most once a minute. */
    OptionalLong count(MonitoredItemNotification[] items, long nowNanos) {
        for (MonitoredItemNotification item : items) {
            if ((item.getValue().statusCode().value() & OVERFLOW) == OVERFLOW) {
                count.incrementAndGet();
            }
        }
        long now = count.get();
        if (now == told || told > 0 && nowNanos - toldNanos < EVERY) {
            return OptionalLong.empty();
        }
        told = now;
        toldNanos = nowNanos;
        return OptionalLong.of(now);
    }

    /** How many there were since the beginning. */
    long count() {
        return count.get();
    }
}
