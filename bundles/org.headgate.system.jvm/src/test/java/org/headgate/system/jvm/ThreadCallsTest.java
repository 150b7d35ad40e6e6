package org.headgate.system.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOError;
import java.io.IOException;
import java.time.Duration;
import java.util.ServiceConfigurationError;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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
        calls.submit("a", () -> "value", Duration.ofSeconds(60), Runnable::run, replies::add);
        assertThat(next().value()).contains("value");
        calls.submit(
                "a",
                () -> {
                    throw new IllegalStateException("broken");
                },
                Duration.ofSeconds(60),
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

    static Stream<Error> errors() {
        return Stream.of(
                new ServiceConfigurationError("on purpose"),
                new AssertionError("on purpose"),
                new IOError(new IOException("on purpose")),
                new NoClassDefFoundError("on purpose"),
                new StackOverflowError("on purpose"),
                new OutOfMemoryError("on purpose"));
    }

    /** Without a time-out nobody would ever hear of it, with one its thread would count as stuck for ever. */
    @ParameterizedTest
    @MethodSource("errors")
    void anErrorOfAnyKindIsAFailureOfItsCall(Error error) throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch back = new CountDownLatch(1);
        calls.submit(
                "a",
                () -> {
                    throw error;
                },
                Duration.ZERO,
                Runnable::run,
                replies::add);
        assertThat(next().failure().orElseThrow()).hasMessage(error.toString()).hasCause(error);
        Calls.Call<String> late = calls.submit(
                "a",
                () -> {
                    release.await();
                    throw error;
                },
                Duration.ofMillis(20),
                Runnable::run,
                replies::add);
        late.returned(back::countDown);
        assertThat(next().failure().orElseThrow()).isInstanceOf(TimeoutException.class);
        release.countDown();
        await(back);
        assertThat(calls.stuck()).isZero();
        assertThat(replies).isEmpty();
    }

    @Test
    void aDisposalThatFailsGivesItsThreadBackAllTheSame() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch back = new CountDownLatch(1);
        Calls.Call<String> call = calls.submit(
                "a",
                () -> {
                    release.await();
                    return "connection";
                },
                Duration.ofMillis(20),
                Runnable::run,
                replies::add);
        call.late(connection -> {
            throw new AssertionError("on purpose");
        });
        call.returned(back::countDown);
        next();
        release.countDown();
        await(back);
        assertThat(calls.stuck()).isZero();
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
