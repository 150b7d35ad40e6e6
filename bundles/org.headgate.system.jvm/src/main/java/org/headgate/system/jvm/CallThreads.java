package org.headgate.system.jvm;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads for calls that may block, as many as there are calls in flight. One that comes back waits a moment for the next call.
 * None gets old: what a driver leaves in a thread's locals holds the class loader of the driver, and nothing but the end of the thread
 * takes it away. Thread-safe.
 */
final class CallThreads {
    /** After so many calls a thread ends; to make one takes some 60 us, so that this is 1 us a call. */
    static final int CALLS = 64;

    private static final Logger LOG = LoggerFactory.getLogger(CallThreads.class);

    private final int most;
    private final Duration idle;
    private final Semaphore free;
    private final ThreadFactory factory = DaemonThreads.named("headgate-call");
    /** Not fair on purpose: the thread that came back last is the next to work, so that the others get to their end. */
    private final SynchronousQueue<Runnable> handOver = new SynchronousQueue<>();

    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    /**
     * No threads yet.
     *
     * @param most how many there may be
     * @param idle how long one waits for a call
     */
    CallThreads(int most, Duration idle) {
        this.most = most;
        this.idle = idle;
        free = new Semaphore(most);
    }

    /**
     * Runs a call.
     *
     * @throws RejectedExecutionException at once, when there are too many or it is stopped
     */
    void execute(Runnable call) {
        if (stopped) {
            throw new RejectedExecutionException("stopped");
        }
        if (handOver.offer(call)) {
            return;
        }
        if (!free.tryAcquire()) {
            throw new RejectedExecutionException(most + " threads are inside of calls");
        }
        Thread thread = factory.newThread(() -> work(call));
        threads.add(thread);
        try {
            thread.start();
        } catch (OutOfMemoryError none) {
            threads.remove(thread);
            free.release();
            throw new RejectedExecutionException("the machine gives no more threads", none);
        }
        if (stopped) {
            thread.interrupt();
        }
    }

    /** Interrupts what runs; no call begins any more. */
    void stop() {
        stopped = true;
        threads.forEach(Thread::interrupt);
    }

    private void work(Runnable first) {
        try {
            Runnable call = first;
            for (int calls = 1; call != null; calls++) {
                run(call);
                call = calls < CALLS && !stopped ? next() : null;
            }
        } catch (InterruptedException end) {
            // Stopped.
        } catch (Throwable defect) {
            LOG.error("a thread for calls has ended", defect);
        } finally {
            threads.remove(Thread.currentThread());
            free.release();
        }
    }

    private static void run(Runnable call) {
        try {
            call.run();
        } finally {
            // An idle thread holds nobody's class loader, and the next call is not the one that was to be interrupted.
            DaemonThreads.reset();
        }
    }

    private Runnable next() throws InterruptedException {
        return handOver.poll(idle.toNanos(), TimeUnit.NANOSECONDS);
    }
}
