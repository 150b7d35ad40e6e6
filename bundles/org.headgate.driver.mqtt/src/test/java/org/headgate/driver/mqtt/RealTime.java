package org.headgate.driver.mqtt;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.headgate.data.api.ClockState;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Clock;
import org.headgate.system.api.ClockStep;
import org.headgate.system.api.Loop;
import org.headgate.system.api.Outcome;
import org.headgate.tls.CertificateClock;

/** The time and the threads of the machine, for tests with a real broker. */
final class RealTime implements Clock, Calls, AutoCloseable {
    private final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "loop");
        thread.setDaemon(true);
        return thread;
    });

    /** A world with one secret, {@code @pw}. */
    World world() {
        return new World(
                this,
                new OneLoop(),
                this,
                new org.headgate.system.api.kit.SimulatedSystem(System.nanoTime()),
                name -> name.equals("@pw") ? Optional.of("secret".toCharArray()) : Optional.empty(),
                name -> Optional.empty(),
                CertificateClock.MACHINE);
    }

    @Override
    public void close() {
        loop.shutdownNow();
    }

    private final class OneLoop implements Loop {
        @Override
        public void execute(Runnable task) {
            if (!loop.isShutdown()) {
                loop.execute(task);
            }
        }

        @Override
        public Timer schedule(Duration delay, Runnable task) {
            if (loop.isShutdown()) {
                return () -> {};
            }
            ScheduledFuture<?> due = loop.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> due.cancel(false);
        }

        @Override
        public void close() {
            loop.shutdownNow();
        }
    }

    @Override
    public long epochNanos() {
        return System.currentTimeMillis() * 1_000_000;
    }

    @Override
    public long monotonicNanos() {
        return System.nanoTime();
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

    @Override
    public <T> Call<T> submit(
            String owner, Callable<T> call, Duration timeout, Executor replyOn, Consumer<Outcome<T>> reply) {
        Thread thread = new Thread(
                () -> {
                    try {
                        T value = call.call();
                        replyOn.execute(() -> reply.accept(Outcome.of(value)));
                    } catch (Exception failure) {
                        replyOn.execute(() -> reply.accept(Outcome.failed(failure)));
                    }
                },
                owner);
        thread.setDaemon(true);
        thread.start();
        return new Call<>() {
            @Override
            public void late(Consumer<T> disposal) {}

            @Override
            public void returned(Runnable back) {}
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
}
