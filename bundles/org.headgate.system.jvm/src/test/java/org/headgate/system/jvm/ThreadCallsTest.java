package org.headgate.system.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
        calls.submit(
                        "device:x",
                        () -> {
                            release.await();
                            return "a connection that came too late";
                        },
                        Duration.ofMillis(20),
                        Runnable::run,
                        replies::add)
                .late(late::add);
        assertThat(next().failure().orElseThrow())
                .isInstanceOf(TimeoutException.class)
                .hasMessage("no answer within 20 ms");
        assertThat(calls.stuck("device:x")).isEqualTo(1);
        release.countDown();
        assertThat(late.poll(10, TimeUnit.SECONDS)).isEqualTo("a connection that came too late");
        assertThat(calls.stuck()).isZero();
        assertThat(replies).isEmpty();
    }

    private Outcome<String> next() throws InterruptedException {
        Outcome<String> outcome = replies.poll(10, TimeUnit.SECONDS);
        assertThat(outcome).isNotNull();
        return outcome;
    }
}
