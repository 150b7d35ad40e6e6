package org.headgate.device.api.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A call to a driver on a thread of its own, as the runtime makes them, so that one that hangs fails a test and does not end it. */
final class Attempt<T> {
    private final String what;
    private final FutureTask<T> task;
    private final Thread thread;
    private final long begun = System.nanoTime();
    private volatile long ended;

    private Attempt(String what, Callable<T> call) {
        this.what = what;
        this.task = new FutureTask<>(() -> {
            try {
                return call.call();
            } finally {
                ended = System.nanoTime();
            }
        });
        this.thread = new Thread(task, "attempt");
        thread.setDaemon(true);
        thread.start();
    }

    static <T> Attempt<T> start(String what, Callable<T> call) {
        return new Attempt<>(what, call);
    }

    String what() {
        return what;
    }

    /** How long the call took; asked when it has ended. */
    Duration took() {
        return Duration.ofNanos(ended - begun);
    }

    /** Whether the call has returned or thrown within a time. */
    boolean endsWithin(Duration limit) throws InterruptedException {
        thread.join(Math.max(1, limit.toMillis()));
        return !thread.isAlive();
    }

    /**
     * The call's value, or empty when it failed in the one way that a driver may fail in.
     *
     * @throws AssertionError when it still runs after {@code limit} or failed in another way
     */
    Optional<T> within(Duration limit) throws InterruptedException {
        try {
            T value = task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            endsWithin(limit);
            return Optional.ofNullable(value);
        } catch (TimeoutException late) {
            return fail(what + " did not return within " + limit.toMillis() + " ms: " + String.join(" < ", stack()));
        } catch (ExecutionException failed) {
            endsWithin(limit);
            oneLineIOException(failed.getCause());
            return Optional.empty();
        }
    }

    /** Asserts that the call fails, in time and with an IOException that a user can read. */
    void failsWithin(Duration limit) throws InterruptedException {
        assertThat(within(limit)).as(what + " should have failed").isEmpty();
    }

    private void oneLineIOException(Throwable failure) {
        if (failure instanceof AssertionError error) {
            throw error;
        }
        assertThat(failure).as(what).isInstanceOf(IOException.class);
        Answers.oneLine(what, failure.getMessage());
    }

    private List<String> stack() {
        return Arrays.stream(thread.getStackTrace())
                .limit(8)
                .map(StackTraceElement::toString)
                .toList();
    }
}
