package org.headgate.system.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOError;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.headgate.system.api.Loop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharedLoopsTest {
    private final SharedLoops loops = new SharedLoops(4);

    @AfterEach
    void stop() {
        loops.stop();
    }

    @Test
    void runsTheTasksOfALoopInOrderAndNeverTwoAtOnce() throws InterruptedException {
        Loop loop = loops.loop("test");
        List<Integer> seen = new ArrayList<>(); // unsafe on purpose: the loop is what makes it safe
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(1);
        for (int i = 0; i < 10_000; i++) {
            int number = i;
            loop.execute(() -> {
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                seen.add(number);
                inside.decrementAndGet();
            });
        }
        loop.execute(done::countDown);
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(seen).hasSize(10_000).isSorted();
        assertThat(most).hasValue(1);
    }

    @Test
    void aTaskThatThrowsDoesNotStopTheLoop() throws InterruptedException {
        Loop loop = loops.loop("test");
        CountDownLatch done = new CountDownLatch(1);
        loop.execute(() -> {
            throw new IllegalStateException("on purpose");
        });
        loop.execute(done::countDown);
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    }

    /** A test's assertion, a service file with a mistake, no memory: each ends its task, none the loop. */
    @Test
    void aTaskThatEndsWithAnErrorOfAnyKindDoesNotStopTheLoopAndIsCounted() throws InterruptedException {
        Loop loop = loops.loop("test");
        List<Error> errors = List.of(
                new ServiceConfigurationError("on purpose"),
                new AssertionError("on purpose"),
                new IOError(new IOException("on purpose")),
                new OutOfMemoryError("on purpose"));
        errors.forEach(error -> loop.execute(() -> {
            throw error;
        }));
        CountDownLatch done = new CountDownLatch(1);
        loop.execute(done::countDown);
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(loops.failures()).isEqualTo(errors.size());
    }

    @Test
    void aCancelledTimerDoesNotRunEvenWhenItIsDue() throws InterruptedException {
        Loop loop = loops.loop("test");
        CountDownLatch block = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        AtomicInteger ran = new AtomicInteger();
        loop.execute(() -> await(block));
        Loop.Timer timer = loop.schedule(Duration.ZERO, ran::incrementAndGet);
        // A later timer of another loop shows that the first one has gone off and waits behind the blocked task.
        CountDownLatch later = new CountDownLatch(1);
        loops.loop("other").schedule(Duration.ofMillis(20), later::countDown);
        assertThat(later.await(10, TimeUnit.SECONDS)).isTrue();
        timer.cancel();
        block.countDown();
        loop.execute(done::countDown);
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(ran).hasValue(0);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }
}
