package org.headgate.uplink.runtime;

import java.util.ArrayDeque;
import java.util.Optional;
import org.headgate.uplink.api.Message;

/**
 * Answers to commands that wait for a link, or for room on it: a command may change its own uplink's file, and is answered by the uplink that
 * comes after it. The oldest are forgotten when there are too many: whoever has asked asks again with the same id. Thread-safe.
 */
final class Answers {
    /** How many bytes wait at most; a longer answer waits alone. */
    static final int MOST_BYTES = 1 << 20;

    private static final int MOST = 64;

    private final ArrayDeque<Message> waiting = new ArrayDeque<>();
    private Runnable wakeUp = () -> {};
    private long bytes;
    private boolean last;

    void add(Message answer) {
        Runnable wake;
        synchronized (this) {
            waiting.add(answer);
            bytes += size(answer);
            while (waiting.size() > MOST || bytes > MOST_BYTES && waiting.size() > 1) {
                bytes -= size(waiting.removeFirst());
            }
            wake = wakeUp;
        }
        wake.run();
    }

    private static long size(Message answer) {
        return answer.topic().length() + answer.payload().length + answer.correlation().length;
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
    synchronized Optional<Message> next(boolean rows) {
        Optional<Message> answer = rows && last ? Optional.empty() : Optional.ofNullable(waiting.poll());
        last = answer.isPresent();
        answer.ifPresent(taken -> bytes -= size(taken));
        return answer;
    }
}
