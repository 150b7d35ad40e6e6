package org.headgate.system.jvm;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiFunction;
import org.headgate.system.api.Loop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One loop: a queue of tasks and a count of them. Whoever raises the count from 0 hands the loop to a thread; that thread
 * works until the count is 0 again, but gives way to other loops after a while.
 */
final class SerialLoop implements Loop {
    private static final Logger LOG = LoggerFactory.getLogger(SerialLoop.class);
    private static final int TURN = 64;

    private final String name;
    private final Executor threads;
    private final BiFunction<Duration, Runnable, Timer> timers;
    private final LongAdder failures;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private volatile boolean closed;

    /**
     * A loop without tasks.
     *
     * @param failures counts tasks that have thrown
     */
    SerialLoop(String name, Executor threads, BiFunction<Duration, Runnable, Timer> timers, LongAdder failures) {
        this.failures = failures;
        this.name = name;
        this.threads = threads;
        this.timers = timers;
    }

    @Override
    public void execute(Runnable task) {
        if (closed) {
            return;
        }
        tasks.add(task);
        if (count.getAndIncrement() == 0) {
            handOver();
        }
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        OnceTimer timer = new OnceTimer(task);
        timer.underlying = timers.apply(delay, () -> execute(timer));
        return timer;
    }

    @Override
    public void close() {
        closed = true;
    }

    private void handOver() {
        try {
            threads.execute(this::turn);
        } catch (RejectedExecutionException stopped) {
            closed = true;
        }
    }

    private void turn() {
        for (int done = 0; done < TURN; done++) {
            Runnable task = tasks.poll();
            if (!closed && task != null) {
                run(task);
            }
            if (count.decrementAndGet() == 0) {
                return;
            }
        }
        handOver();
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable defect) {
            // Whatever it is: a loop whose count is not lowered would never run again, and nobody would see why.
            failures.increment();
            report(defect);
        }
    }

    private void report(Throwable defect) {
        try {
            LOG.error("{}: a task failed", name, defect);
        } catch (OutOfMemoryError again) {
            // It is counted.
        }
    }

    /** Cancelling takes effect even when the task waits in the loop's queue already. */
    private static final class OnceTimer implements Timer, Runnable {
        private final Runnable task;
        private volatile boolean cancelled;
        private volatile Timer underlying;

        OnceTimer(Runnable task) {
            this.task = task;
        }

        @Override
        public void run() {
            if (!cancelled) {
                task.run();
            }
        }

        @Override
        public void cancel() {
            cancelled = true;
            Timer timer = underlying;
            if (timer != null) {
                timer.cancel();
            }
        }
    }
}
