package org.headgate.driver.modbus;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.headgate.system.api.Deadline;

/** What has come in answer to one request. */
final class Reception {
    /** How soon somebody who closes his connection is let go, on a line that others go on using. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    /** A frame of RTU has 256 bytes at most, one of TCP 260; before it may stand a late one, or an echo. */
    private static final int ROOM = 1024;

    final byte[] bytes = new byte[ROOM];
    private int count;

    int count() {
        return count;
    }

    void clear() {
        count = 0;
    }

    /** Takes bytes off its beginning. */
    void drop(int some) {
        System.arraycopy(bytes, some, bytes, 0, count - some);
        count -= some;
    }

    /**
     * Waits for more bytes.
     *
     * @return whether some came
     * @throws IOException when there is no room for more, or the wire has failed
     */
    boolean more(Wire wire, long nanos, Deadline deadline, Framing.User user) throws IOException {
        long left = Math.min(nanos, deadline.leftNanos());
        while (left > 0) {
            int some = wire.receive(bytes, count, Math.min(left, LOOK_NANOS));
            user.check();
            if (some > 0) {
                count += some;
                return true;
            }
            left = Math.min(left - LOOK_NANOS, deadline.leftNanos());
        }
        return false;
    }

    boolean isFull() {
        return count == bytes.length;
    }
}
