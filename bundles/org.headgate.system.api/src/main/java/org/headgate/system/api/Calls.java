package org.headgate.system.api;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Runs calls that may block (a driver's read, a connect, a sync) on platform threads, away from the loops. A call that
 * does not return in time is abandoned: its owner hears of the time-out at once, its thread is counted as stuck until it
 * does return. What the call returns too late is given to {@code late} of the {@link Call}, so that a connection which
 * was opened too late can be closed; the thread counts as stuck until that is done, too.
 */
@ProviderType
public interface Calls {
    /**
     * Starts a call.
     *
     * @param owner whose call it is, for the counters, for example {@code device:boiler}
     * @param call what to run
     * @param timeout how long it may take; zero or less for ever
     * @param replyOn where to hear of the result, normally the owner's {@link Loop}
     * @param reply is told the result exactly once: the value, the exception, an {@link IllegalStateException}
     *     around an error, or a {@link java.util.concurrent.TimeoutException}
     */
    <T> Call<T> submit(String owner, Callable<T> call, Duration timeout, Executor replyOn, Consumer<Outcome<T>> reply);

    /** How many threads are inside a call that was abandoned. */
    int stuck();

    /** How many threads are inside a call of this owner that was abandoned. */
    int stuck(String owner);

    /** A call that was started. */
    @ProviderType
    interface Call<T> {
        /** Sets what to do with a value that comes after the time-out; it runs on a thread for calls, and may block. */
        void late(Consumer<T> disposal);

        /**
         * Sets what to do when this call was abandoned and has come back: what it returned has been disposed of, and its thread
         * is not counted as stuck any more. Runs once, on a thread for calls or, where the call is back already, at
         * once on the caller's; never for a call that ended in time. It must not block.
         */
        void returned(Runnable back);
    }
}
