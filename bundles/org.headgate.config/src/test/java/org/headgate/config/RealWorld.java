package org.headgate.config;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.headgate.data.api.ClockState;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Clock;
import org.headgate.system.api.ClockStep;
import org.headgate.system.api.Loop;
import org.headgate.system.api.Outcome;
import org.headgate.system.api.Randomness;
import org.headgate.system.api.Scheduler;

/** Tasks in real time on one thread, without time-outs, by a clock that stands still: enough for the framework test. */
record RealWorld(ScheduledExecutorService executor) implements Scheduler, Calls, Clock, Randomness {
    private static final long NEW_YEAR_NANOS = 1_767_225_600_000_000_000L;

    @Override
    public Loop loop(String name) {
        return new Loop() {
            @Override
            public void execute(Runnable task) {
                executor.execute(task);
            }

            @Override
            public Timer schedule(Duration delay, Runnable task) {
                Future<?> future = executor.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
                return () -> future.cancel(false);
            }

            @Override
            public void close() {
                executor.shutdown();
            }
        };
    }

    @Override
    public long failures() {
        return 0;
    }

    @Override
    public <T> Call<T> submit(
            String owner, Callable<T> call, Duration timeout, Executor replyOn, Consumer<Outcome<T>> reply) {
        executor.execute(() -> {
            try {
                T value = call.call();
                replyOn.execute(() -> reply.accept(Outcome.of(value)));
            } catch (Exception failure) {
                replyOn.execute(() -> reply.accept(Outcome.failed(failure)));
            }
        });
        return new Call<>() {
            @Override
            public void late(Consumer<T> disposal) {
                // Nothing is ever late.
            }

            @Override
            public void returned(Runnable back) {
                // Nothing is ever abandoned.
            }
        };
    }

    @Override
    public int stuck() {
        return 0;
    }

    @Override
    public int stuck(String owner) {
        return 0;
    }

    @Override
    public double nextDouble() {
        return ThreadLocalRandom.current().nextDouble();
    }

    @Override
    public byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        ThreadLocalRandom.current().nextBytes(bytes);
        return bytes;
    }

    @Override
    public long epochNanos() {
        return NEW_YEAR_NANOS;
    }

    @Override
    public long monotonicNanos() {
        return 0;
    }

    @Override
    public ClockState state() {
        return ClockState.SYNCED;
    }

    @Override
    public OptionalLong corrected(long epochNanos) {
        return OptionalLong.of(epochNanos);
    }

    @Override
    public Optional<ClockStep> lastStep() {
        return Optional.empty();
    }

    @Override
    public String bootId() {
        return "boot";
    }

    @Override
    public long processStartNanos() {
        return 0;
    }
}
