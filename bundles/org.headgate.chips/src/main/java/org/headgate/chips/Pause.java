package org.headgate.chips;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** How a {@link Wire} waits for a chip: in the driver's own thread, until the connection is closed or the call given up. */
@FunctionalInterface
public interface Pause {
    /**
     * Waits.
     *
     * @param closed is counted down when the connection is closed
     * @throws InterruptedException when the call is given up
     */
    void await(Duration time, CountDownLatch closed) throws InterruptedException;

    /** Waits in real time. */
    Pause REAL = (time, closed) -> closed.await(time.toNanos(), TimeUnit.NANOSECONDS);

    /**
     * Waits on behalf of a wire.
     *
     * @throws IOException when the connection was closed meanwhile, or the call given up
     */
    default void on(CountDownLatch closed, Duration time) throws IOException {
        try {
            await(time, closed);
        } catch (InterruptedException givenUp) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the wait for the chip was given up");
        }
        if (closed.getCount() == 0) {
            throw new IOException("closed");
        }
    }
}
