package org.headgate.driver.gpio;

import java.time.Duration;
import java.util.function.LongConsumer;
import org.headgate.system.api.Loop;

/**
 * Tells of something that may happen thousands of times a second: the first time at once, what follows together, once in a while.
 * Nothing is left out: what was not told is told at the {@link #flush}. {@link #add} may be called by any thread and only hands over to the loop.
 */
final class Repeats {
    private final Loop loop;
    private final Duration pause;
    private final LongConsumer tell;
    private long untold;
    private boolean pausing;

    /**
     * Something that repeats.
     *
     * @param pause between two tellings
     * @param tell is told how often, on the loop, or by who flushes
     */
    Repeats(Loop loop, Duration pause, LongConsumer tell) {
        this.loop = loop;
        this.pause = pause;
        this.tell = tell;
    }

    synchronized void add(long times) {
        untold += times;
        if (!pausing) {
            pausing = true;
            loop.execute(this::next);
        }
    }

    private void next() {
        if (flush()) {
            loop.schedule(pause, this::next);
        }
    }

    /** Tells what was not told yet; whether that was anything. */
    boolean flush() {
        long times;
        synchronized (this) {
            times = untold;
            untold = 0;
            if (times == 0) {
                pausing = false;
                return false;
            }
        }
        tell.accept(times);
        return true;
    }
}
