package org.headgate.payload.sparkplug;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.headgate.uplink.api.Message;

/** What waits for an edge node until its uplink asks for messages. Thread-safe; one at a time empties it. */
final class Inbox {
    /** How many messages of hosts may wait; what is beyond is not heard. */
    static final int MOST = 1000;

    private final ConcurrentLinkedQueue<Consumer<List<Message>>> all = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger unheard = new AtomicInteger();
    private final AtomicBoolean asked = new AtomicBoolean();
    private final Runnable ask;

    /**
     * An empty one.
     *
     * @param ask is run when there is something for the first time since the inbox was emptied
     */
    Inbox(Runnable ask) {
        this.ask = ask;
    }

    /** Puts something in. */
    void add(Consumer<List<Message>> what) {
        all.add(what);
        if (asked.compareAndSet(false, true)) {
            ask.run();
        }
    }

    /** Puts in what a host has said; false, and counted, where there is no room. */
    boolean hear(Consumer<List<Message>> what) {
        if (waiting.incrementAndGet() > MOST) {
            waiting.decrementAndGet();
            unheard.incrementAndGet();
            return false;
        }
        add(out -> {
            waiting.decrementAndGet();
            what.accept(out);
        });
        return true;
    }

    /** From now on what is put in asks again. */
    void begin() {
        asked.set(false);
    }

    /** Takes out everything. */
    void empty(List<Message> out) {
        for (Consumer<List<Message>> what = all.poll(); what != null; what = all.poll()) {
            what.accept(out);
        }
    }

    /** How many messages of hosts there was no room for since this was asked last. */
    int takeUnheard() {
        return unheard.getAndSet(0);
    }

    void clear() {
        all.clear();
    }
}
