package org.headgate.uplink.runtime;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.headgate.uplink.api.Message;

/**
 * Answers to commands that wait for a link: a command may change its own uplink's file, and is answered by the uplink that comes after it.
 * The oldest are forgotten when there are too many: whoever has asked asks again with the same id. Thread-safe.
 */
final class Answers {
    private static final int MOST = 64;

    private final ArrayDeque<Message> waiting = new ArrayDeque<>();
    private Runnable wakeUp = () -> {};

    void add(Message answer) {
        Runnable wake;
        synchronized (this) {
            if (waiting.size() == MOST) {
                waiting.removeFirst();
            }
            waiting.add(answer);
            wake = wakeUp;
        }
        wake.run();
    }

    /** From now on this runs, on any thread, when there is an answer. */
    synchronized void hear(Runnable action) {
        wakeUp = action;
    }

    /** Takes all that wait. */
    synchronized List<Message> take() {
        List<Message> all = new ArrayList<>(waiting);
        waiting.clear();
        return all;
    }
}
