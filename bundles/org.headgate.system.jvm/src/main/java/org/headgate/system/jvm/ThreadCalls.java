package org.headgate.system.jvm;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Loop;
import org.headgate.system.api.Outcome;
import org.headgate.system.api.Scheduler;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Blocking calls on platform threads, as many as there are calls in flight. (Virtual threads would be pinned by native calls,
 * of which drivers are full.) A call that hangs keeps its thread; beyond {@link #MOST}
 * threads new calls fail at once instead of taking the machine down.
 */
@Component
public final class ThreadCalls implements Calls {
    /** The most threads that may be inside of calls. */
    static final int MOST = 1024;

    private static final Duration IDLE = Duration.ofSeconds(2);

    private final CallThreads threads = new CallThreads(MOST, IDLE);
    private final Loop timers;
    private final Map<String, Integer> stuck = new ConcurrentHashMap<>();

    @Activate
    public ThreadCalls(@Reference Scheduler scheduler) {
        timers = scheduler.loop("calls");
    }

    @Deactivate
    void stop() {
        timers.close();
        threads.stop();
    }

    @Override
    public <T> Call<T> submit(
            String owner, Callable<T> call, Duration timeout, Executor replyOn, Consumer<Outcome<T>> reply) {
        BlockingCall<T> blocking = new BlockingCall<>(threads::execute, owner, call, replyOn, reply, this::count);
        if (timeout.compareTo(Duration.ZERO) > 0) {
            blocking.timer = timers.schedule(timeout, () -> blocking.abandon(timeout));
        }
        try {
            threads.execute(blocking);
        } catch (RejectedExecutionException full) {
            blocking.settle(Outcome.failed(full));
        }
        return blocking;
    }

    @Override
    public int stuck() {
        return stuck.values().stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public int stuck(String owner) {
        return stuck.getOrDefault(owner, 0);
    }

    private void count(String owner, int change) {
        stuck.merge(owner, change, (have, more) -> have + more == 0 ? null : have + more);
    }
}
