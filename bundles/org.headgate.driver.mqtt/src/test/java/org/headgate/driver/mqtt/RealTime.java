package org.headgate.driver.mqtt;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.headgate.system.api.Loop;
import org.headgate.system.api.kit.MovedClock;
import org.headgate.system.api.kit.SimulatedSystem;
import org.headgate.system.api.kit.Threads;
import org.headgate.tls.CertificateClock;

/** The time and the threads of the machine, for tests with a real broker. */
final class RealTime implements AutoCloseable {
    private final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "loop");
        thread.setDaemon(true);
        return thread;
    });

    /** A world with one secret, {@code @pw}. */
    World world() {
        return world(name -> Optional.empty());
    }

    /** The same with files that settings may name. */
    World world(Function<String, Optional<byte[]>> files) {
        return new World(
                new MovedClock(),
                new OneLoop(),
                new Threads(),
                new SimulatedSystem(System.nanoTime()),
                name -> name.equals("@pw") ? Optional.of("secret".toCharArray()) : Optional.empty(),
                files,
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
}
