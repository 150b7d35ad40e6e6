package org.headgate.driver.mqtt;

import java.time.Duration;
import java.util.function.Consumer;
import org.headgate.system.api.Loop;

/**
 * Asks an edge node to be born again, until it is. Nobody acknowledges the question, so it is repeated, after pauses that double: a birth
 * makes all values old, and a node that is not there, or whose births never suffice, is not to be asked all the time. Thread-safe.
 */
final class Rebirths {
    /** The first pause; where nothing was to be asked during one, the next one is the first again. */
    static final Duration FIRST = Duration.ofSeconds(10);

    static final Duration LONGEST = Duration.ofMinutes(10);

    private final Loop loop;
    private final Consumer<Boolean> ask;
    private Duration pause = FIRST;
    private Loop.Timer timer = () -> {};
    private boolean pausing;
    private boolean owed;
    private boolean answered;
    private boolean inVain;

    /**
     * Asks nothing yet.
     *
     * @param ask asks, on the loop; told whether a question before this one was not answered
     */
    Rebirths(Loop loop, Consumer<Boolean> ask) {
        this.loop = loop;
        this.ask = ask;
    }

    /** It is to be born again: asked at once, or after the pause. */
    synchronized void want() {
        owed = true;
        if (!pausing) {
            ask(false);
        }
    }

    private void ask(boolean again) {
        pausing = true;
        answered = false;
        loop.execute(() -> ask.accept(again));
        timer = loop.schedule(pause, this::paused);
        Duration twice = pause.multipliedBy(2);
        pause = twice.compareTo(LONGEST) < 0 ? twice : LONGEST;
    }

    private synchronized void paused() {
        pausing = false;
        if (owed) {
            inVain = !answered;
            ask(inVain);
        } else {
            pause = FIRST;
        }
    }

    /** It was. */
    synchronized void born() {
        owed = false;
        answered = true;
        inVain = false;
    }

    /** Whether a question was not answered for a whole pause, and no birth came since. */
    synchronized boolean isInVain() {
        return inVain;
    }

    /** Whether it is still to be born again. */
    synchronized boolean isOwed() {
        return owed;
    }

    /** Nobody wants to know any more. */
    synchronized void close() {
        timer.cancel();
        pausing = false;
        owed = false;
        inVain = false;
        pause = FIRST;
    }
}
