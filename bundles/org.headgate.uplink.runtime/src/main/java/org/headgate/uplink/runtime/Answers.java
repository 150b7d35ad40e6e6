package org.headgate.uplink.runtime;

import java.util.ArrayDeque;
import java.util.Optional;
import org.headgate.uplink.api.Message;
import org.headgate.uplink.api.RemoteCommands;

/**
 * Answers to commands that wait for a link, or for room on it: a command may change its own uplink's file, and is answered by the uplink that
 * comes after it. The oldest are forgotten when there are too many: whoever has asked asks again with the same id. Thread-safe.
 */
final class Answers {
    /** How many bytes wait at most; a longer answer waits alone. */
    static final int MOST_BYTES = 1 << 20;

    private static final int MOST = 64;

    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private Runnable wakeUp = () -> {};
    private long bytes;
    private long lost;
    private boolean last;

    private record Waiting(RemoteCommands.Reply reply, long bytes) {}

    void add(RemoteCommands.Reply reply) {
        Waiting answer = new Waiting(reply, size(reply.within(Long.MAX_VALUE)));
        Runnable wake;
        synchronized (this) {
            waiting.add(answer);
            bytes += answer.bytes();
            while (waiting.size() > MOST || bytes > MOST_BYTES && waiting.size() > 1) {
                bytes -= waiting.removeFirst().bytes();
                lost++;
            }
            wake = wakeUp;
        }
        wake.run();
    }

    private static long size(Message answer) {
        return answer.topic().length() + answer.payload().length + answer.correlation().length;
    }

    /** How many were forgotten since the start of the process. */
    synchronized long lost() {
        return lost;
    }

    /** From now on this runs, on any thread, when there is an answer. */
    synchronized void hear(Runnable action) {
        wakeUp = action;
    }

    /**
     * Takes the one that has waited longest; never two in a row while there are rows: whoever asks without end keeps no row waiting.
     *
     * @param rows whether rows wait, or may
     */
    synchronized Optional<RemoteCommands.Reply> next(boolean rows) {
        Optional<Waiting> answer = rows && last ? Optional.empty() : Optional.ofNullable(waiting.poll());
        last = answer.isPresent();
        answer.ifPresent(taken -> bytes -= taken.bytes());
        return answer.map(Waiting::reply);
    }
}
