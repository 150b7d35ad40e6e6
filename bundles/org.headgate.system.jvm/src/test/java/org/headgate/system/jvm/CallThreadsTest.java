package org.headgate.system.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a driver leaves behind in a thread must go when the driver does. */
class CallThreadsTest {
    private static final int MOST = 64;

    private final CallThreads threads = new CallThreads(MOST, Duration.ofMillis(200));

    @AfterEach
    void stop() {
        threads.stop();
    }

    @Test
    void aThreadIsUsedAgainButNotForEverAsItsThreadLocalsStayInIt() throws InterruptedException {
        Map<Thread, Integer> calls = new HashMap<>();
        for (int i = 0; i < 1_000; i++) {
            calls.merge(runOne(() -> {}), 1, Integer::sum);
        }
        assertThat(calls.values()).allMatch(count -> count <= CallThreads.CALLS);
        assertThat(calls.size()).isLessThan(500);
    }

    @Test
    void aThreadThatNobodyNeedsEnds() throws InterruptedException {
        Thread thread = runOne(() -> {});
        thread.join(TimeUnit.SECONDS.toMillis(10));
        assertThat(thread.isAlive()).isFalse();
    }

    @Test
    void theNextCallSeesNeitherTheClassLoaderNorTheInterruptionOfTheOneBefore() throws Exception {
        ClassLoader usual = ClassLoader.getSystemClassLoader();
        try (URLClassLoader drivers = new URLClassLoader(new URL[0], null)) {
            Set<Thread> seen = new HashSet<>();
            Set<Object> found = new HashSet<>();
            boolean again = false;
            for (int i = 0; i < 1_000 && !again; i++) {
                again = !seen.add(runOne(() -> {
                    found.add(Thread.currentThread().getContextClassLoader());
                    found.add(Thread.currentThread().isInterrupted());
                    Thread.currentThread().setContextClassLoader(drivers);
                    Thread.currentThread().interrupt();
                }));
            }
            assertThat(again).as("a thread was used twice").isTrue();
            assertThat(found).containsExactlyInAnyOrder(usual, false);
        }
    }

    @Test
    void aThreadInheritsNothingFromWhoeverHappensToStartIt() throws InterruptedException {
        InheritableThreadLocal<String> local = new InheritableThreadLocal<>();
        local.set("of the submitter");
        Set<Object> found = new HashSet<>();
        runOne(() -> found.add(String.valueOf(local.get())));
        local.remove();
        assertThat(found).containsExactly("null");
    }

    @Test
    void beyondTheMostCallsFailAtOnceAndOneThatEndsMakesRoom() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch inside = new CountDownLatch(MOST);
        Set<Thread> used = ConcurrentHashMap.newKeySet();
        for (int i = 0; i < MOST; i++) {
            threads.execute(() -> {
                used.add(Thread.currentThread());
                inside.countDown();
                await(release);
                throw new AssertionError("on purpose: its place must come back all the same");
            });
        }
        assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(() -> threads.execute(() -> {}))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessage(MOST + " threads are inside of calls");
        release.countDown();
        for (Thread thread : used) {
            thread.join(TimeUnit.SECONDS.toMillis(10));
        }
        assertThat(runOne(() -> {})).isNotNull();
    }

    @Test
    void stoppingInterruptsWhatRunsAndRefusesWhatComes() throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        threads.execute(() -> {
            inside.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException end) {
                interrupted.countDown();
            }
        });
        assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
        threads.stop();
        assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(() -> threads.execute(() -> {}))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessage("stopped");
    }

    private Thread runOne(Runnable call) throws InterruptedException {
        SynchronousQueue<Thread> ran = new SynchronousQueue<>();
        threads.execute(() -> {
            call.run();
            boolean interrupted = Thread.interrupted();
            try {
                ran.put(Thread.currentThread());
            } catch (InterruptedException end) {
                throw new IllegalStateException(end);
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        });
        return ran.poll(10, TimeUnit.SECONDS);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException end) {
            throw new IllegalStateException(end);
        }
    }
}
