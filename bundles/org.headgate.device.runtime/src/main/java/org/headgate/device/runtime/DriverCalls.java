package org.headgate.device.runtime;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Loop;
import org.headgate.system.api.Outcome;

/**
 * One device's calls into its driver. Each may hang for ever; then it is abandoned, and the device hears when its thread comes back after
 * all. Used by the device's loop.
 */
final class DriverCalls {
    /** A device whose driver hangs in so many calls gets no other one. */
    private static final int MOST_STUCK = 2;

    private final Calls calls;
    private final String owner;
    private final Loop loop;
    private final Runnable back;
    private final AtomicInteger closing = new AtomicInteger();

    /**
     * Calls of a device.
     *
     * @param back runs on the loop when an abandoned call has returned
     */
    DriverCalls(Calls calls, String device, Loop loop, Runnable back) {
        this.calls = calls;
        this.owner = "device:" + device;
        this.loop = loop;
        this.back = back;
    }

    int stuck() {
        return calls.stuck(owner);
    }

    /** Whether so many calls hang, or may yet turn out to hang while they close a connection, that there must be no other one. */
    boolean isFull() {
        return stuck() + closing.get() >= MOST_STUCK;
    }

    /** Closes a connection beside whatever else goes on; {@code ended} runs when that is done or abandoned. Any thread may ask. */
    void close(Callable<Boolean> body, Duration timeout, Runnable ended) {
        closing.incrementAndGet();
        submit(
                body,
                timeout,
                () -> {
                    // From here on a call that hangs counts as stuck.
                    closing.decrementAndGet();
                    ended.run();
                },
                outcome -> back.run());
    }

    /**
     * Calls the driver.
     *
     * @param release gives the bus back: runs as soon as the call has ended or is abandoned, on any thread
     * @param settle is told the outcome on the loop
     */
    <T> Calls.Call<T> submit(Callable<T> body, Duration timeout, Runnable release, Consumer<Outcome<T>> settle) {
        Calls.Call<T> call = calls.submit(owner, body, timeout, Runnable::run, outcome -> {
            release.run();
            loop.execute(() -> settle.accept(outcome));
        });
        call.returned(() -> loop.execute(back));
        return call;
    }
}
