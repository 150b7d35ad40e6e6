package org.headgate.driver.modbus;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** When what was in vain is worth another try: after a minute, then after twice as long, up to a day. Used under the lock of its owner. */
final class Waits<K> {
    private static final long FIRST_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final long LONGEST_NANOS = TimeUnit.DAYS.toNanos(1);
    /** A unit has a few blocks; whoever plans ever new ones is asked a little more often. */
    private static final int MOST = 1024;

    private record Wait(long nanos, long end) {}

    private final Map<K, Wait> waits = new HashMap<>();

    boolean isOver(K key, long now) {
        Wait wait = waits.get(key);
        return wait == null || now - wait.end >= 0;
    }

    /** It was in vain, once more. */
    void begin(K key, long now) {
        Wait before = waits.get(key);
        if (waits.size() >= MOST) {
            waits.clear();
        }
        long nanos = before == null ? FIRST_NANOS : Math.min(2 * before.nanos, LONGEST_NANOS);
        waits.put(key, new Wait(nanos, now + nanos));
    }

    /** As {@link #begin}, but for what waits already. */
    void beginFirst(K key, long now) {
        if (!waits.containsKey(key)) {
            begin(key, now);
        }
    }

    void end(K key) {
        waits.remove(key);
    }
}
