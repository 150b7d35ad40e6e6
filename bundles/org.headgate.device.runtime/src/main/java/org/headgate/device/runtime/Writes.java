package org.headgate.device.runtime;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.headgate.system.api.Clock;

/**
 * The writes of one connection, in the order in which they were asked for. After one has failed, a read must show that the device is
 * still there before the next one may go: else a flood of writes to a dead device would take all the time of its bus. Used by the
 * device's loop.
 */
final class Writes {
    /** Writes that may wait. */
    private static final int MOST = 64;

    private final Deque<PendingWrite> waiting = new ArrayDeque<>();
    private Optional<PendingWrite> writing = Optional.empty();
    private boolean doubtful;

    /** Lets a write wait; when too many do already it is refused. */
    void add(PendingWrite write) {
        if (waiting.size() >= MOST) {
            write.ends("more than " + MOST + " writes wait for the device");
        } else {
            waiting.add(write);
        }
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Whether the last write has failed and nothing was read since. */
    boolean isDoubtful() {
        return doubtful;
    }

    /** Begins the next one, unless it is too late for it; then it is answered. */
    Optional<PendingWrite> begin(Clock clock) {
        writing = Optional.of(waiting.remove()).filter(write -> write.begins(clock));
        return writing;
    }

    /** The one that had begun is done. */
    void done() {
        writing.ifPresent(PendingWrite::done);
        writing = Optional.empty();
        doubtful = false;
    }

    /** The one that had begun has failed; says whether that was the second in a row without a read between them. */
    boolean failed(Exception failure) {
        writing.ifPresent(write -> write.failed(failure));
        writing = Optional.empty();
        boolean second = doubtful;
        doubtful = true;
        return second;
    }

    /** The device has been read. */
    void answered() {
        doubtful = false;
    }

    /** The connection ends. */
    void end(String why) {
        writing.ifPresent(write -> write.ends(why));
        waiting.forEach(write -> write.ends(why));
        waiting.clear();
    }
}
