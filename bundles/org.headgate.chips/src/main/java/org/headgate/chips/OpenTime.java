package org.headgate.chips;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** The time from the opening of a {@link Wire} to its closing: what comes later fails, and who waits meanwhile is woken. Thread-safe. */
public final class OpenTime {
    private final Pause pause;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Begins. */
    public OpenTime(Pause pause) {
        this.pause = pause;
    }

    /**
     * Lets nobody pass who comes too late.
     *
     * @throws IOException when it has ended
     */
    public void check() throws IOException {
        if (closed.getCount() == 0) {
            throw new IOException("closed");
        }
    }

    /**
     * Waits.
     *
     * @throws IOException when it ends meanwhile, or the call is given up
     */
    public void pause(Duration time) throws IOException {
        pause.on(closed, time);
    }

    /** Ends it; once more does nothing. */
    public void end() {
        closed.countDown();
    }
}
