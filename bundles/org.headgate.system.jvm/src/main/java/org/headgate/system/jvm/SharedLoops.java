package org.headgate.system.jvm;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.headgate.system.api.Loop;
import org.headgate.system.api.Scheduler;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** Any number of loops on as many threads as there are processors (two at least), each loop on one at a time. */
@Component
public final class SharedLoops implements Scheduler {
    private final ScheduledThreadPoolExecutor threads;
    private final LongAdder failures = new LongAdder();

    @Activate
    public SharedLoops() {
        this(Math.max(2, Runtime.getRuntime().availableProcessors()));
    }

    SharedLoops(int count) {
        threads = new ScheduledThreadPoolExecutor(count, DaemonThreads.named("headgate-loop"));
        threads.setRemoveOnCancelPolicy(true);
    }

    @Deactivate
    void stop() {
        threads.shutdownNow();
    }

    @Override
    public Loop loop(String name) {
        return new SerialLoop(name, threads, this::after, failures);
    }

    @Override
    public long failures() {
        return failures.sum();
    }

    private Loop.Timer after(Duration delay, Runnable task) {
        if (threads.isShutdown()) {
            return () -> {};
        }
        ScheduledFuture<?> future = threads.schedule(task, Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }
}
