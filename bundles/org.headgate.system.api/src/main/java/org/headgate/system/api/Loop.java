package org.headgate.system.api;

import java.time.Duration;
import java.util.concurrent.Executor;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Runs tasks one at a time, in order: the single writer of whatever state its owner keeps. Many loops share few
 * threads, so a task must never block; what blocks goes through {@link Calls}. A task that throws is logged and counted;
 * the loop goes on.
 */
@ProviderType
public interface Loop extends Executor, AutoCloseable {
    /** Runs a task after those that wait already. Does nothing once the loop is closed. */
    @Override
    void execute(Runnable task);

    /** Runs a task once, not before the delay is over. */
    Timer schedule(Duration delay, Runnable task);

    /** Forgets all tasks and timers; a task that is running now ends. May be called from inside a task. */
    @Override
    void close();

    /** A task that will run. */
    @ProviderType
    interface Timer {
        /** Makes sure that the task does not start any more. */
        void cancel();
    }
}
