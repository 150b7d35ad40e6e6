package org.headgate.system.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ThreadCallsTest {
    private final SharedLoops loops = new SharedLoops(2);
    private final ThreadCalls calls = new ThreadCalls(loops);
    private final BlockingQueue<Outcome<String>> replies = new LinkedBlockingQueue<>();

    @AfterEach
    void stop() {
        calls.stop();
        loops.stop();
    }

    @Test
    void tellsTheValueOrTheExceptionOnce() throws InterruptedException {
        calls.submit("a", () -> "value", Duration.ofSeconds(5), Runnable::run, replies::add);
        assertThat(next().value()).contains("value");
        calls.submit(
                "a",
                () -> {
                    throw new IllegalStateException("broken");
                },
                Duration.ofSeconds(5),
                Runnable::run,
                replies::add);
        assertThat(next().failure().orElseThrow()).hasMessage("broken");
        assertThat(replies).isEmpty();
        assertThat(calls.stuck()).isZero();
    }

    @Test
    void abandonsAHungCallCountsItAndDisposesOfItsLateValue() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        BlockingQueue<String> late = new LinkedBlockingQueue<>();
        CountDownLatch back = new CountDownLatch(1);
        Calls.Call<String> call = calls.submit(
                "device:x",
                () -> {
                    release.await();
                    return "a connection that came too late";
                },
                Duration.ofMillis(20),
                Runnable::run,
                replies::add);
        call.late(late::add);
        call.returned(back::countDown);
        assertThat(next().failure().orElseThrow())
                .isInstanceOf(TimeoutException.class)
                .hasMessage("no answer within 20 ms");
        assertThat(calls.stuck("device:x")).isEqualTo(1);
        release.countDown();
        assertThat(late.poll(10, TimeUnit.SECONDS)).isEqualTo("a connection that came too late");
        await(back);
        assertThat(calls.stuck()).isZero();
        assertThat(replies).isEmpty();
    }

    @Test
    void theThreadIsStuckUntilTheDisposalHasReturnedAndThenTheOwnerIsTold() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch disposing = new CountDownLatch(1);
        CountDownLatch disposed = new CountDownLatch(1);
        BlockingQueue<Integer> stuckWhenBack = new LinkedBlockingQueue<>();
        Calls.Call<String> call = calls.submit(
                "device:x",
                () -> {
                    release.await();
                    return "connection";
                },
                Duration.ofMillis(20),
                Runnable::run,
                replies::add);
        call.late(connection -> {
            disposing.countDown();
            await(disposed);
        });
        call.returned(() -> stuckWhenBack.add(calls.stuck("device:x")));
        next();
        release.countDown();
        await(disposing);
        assertThat(calls.stuck("device:x")).isEqualTo(1);
        assertThat(stuckWhenBack).isEmpty();
        disposed.countDown();
        assertThat(stuckWhenBack.poll(10, TimeUnit.SECONDS)).isZero();
        // One that is back already is told of at once.
        call.returned(() -> stuckWhenBack.add(7));
        assertThat(stuckWhenBack).containsExactly(7);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException end) {
            throw new IllegalStateException(end);
        }
    }

    private Outcome<String> next() throws InterruptedException {
        Outcome<String> outcome = replies.poll(10, TimeUnit.SECONDS);
        assertThat(outcome).isNotNull();
        return outcome;
    }
}
