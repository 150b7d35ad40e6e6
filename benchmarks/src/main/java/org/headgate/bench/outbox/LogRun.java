package org.headgate.bench.outbox;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.headgate.outbox.api.Lane;
import org.headgate.outbox.api.OutboxBatch;
import org.headgate.outbox.api.OutboxLog;

/** Appends rows to an outbox as fast as it makes them durable, with somebody who takes them out meanwhile or without. */
public final class LogRun {
    /** Rows that may wait in memory for their commit: three quarters of what an outbox takes before it drops. */
    private static final int WAITING = 15_000;

    private static final int STRIDE = 250;
    private static final long SEGMENT = 16L << 20;
    private static final long PAUSE = 100_000;

    private LogRun() {}

    /** Appends for some time into an empty folder. */
    public static Measured append(Path folder, Duration time) throws IOException, InterruptedException {
        return run(folder, time, false);
    }

    /** The same, while another thread takes out and acknowledges what comes. */
    public static Measured appendAndDrain(Path folder, Duration time) throws IOException, InterruptedException {
        return run(folder, time, true);
    }

    private static Measured run(Path folder, Duration time, boolean drain) throws IOException, InterruptedException {
        OutboxUnderTest outbox = new OutboxUnderTest(folder);
        try (OutboxLog log = outbox.open(SEGMENT)) {
            log.linkUp(false);
            AtomicBoolean ended = new AtomicBoolean();
            AtomicLong drained = new AtomicLong();
            Thread consumer = new Thread(() -> drain(log, ended, drained), "consumer");
            long bytes = outbox.disk.bytes.get();
            long syncs = outbox.disk.syncs.get();
            final long cpu = cpuNanos();
            long began = System.nanoTime();
            if (drain) {
                consumer.start();
            }
            long rows = 0;
            while (System.nanoTime() - began < time.toNanos()) {
                for (int i = 0; i < STRIDE; i++) {
                    log.append("bench", outbox.row(rows++));
                }
                while (outbox.status().atRisk() > WAITING) {
                    LockSupport.parkNanos(PAUSE);
                }
            }
            while (outbox.status().atRisk() > 0) {
                LockSupport.parkNanos(PAUSE);
            }
            final long nanos = System.nanoTime() - began;
            final long spent = cpuNanos() - cpu;
            ended.set(true);
            if (drain) {
                consumer.join();
            }
            long dropped = outbox.status().flow().droppedRows();
            if (dropped > 0) {
                throw new IllegalStateException(dropped + " rows were dropped: what was measured is nothing");
            }
            return new Measured(
                    rows,
                    drained.get(),
                    nanos,
                    spent,
                    outbox.disk.bytes.get() - bytes,
                    outbox.disk.syncs.get() - syncs);
        }
    }

    private static void drain(OutboxLog log, AtomicBoolean ended, AtomicLong drained) {
        while (!ended.get()) {
            Optional<OutboxBatch> next = log.next(Lane.LIVE, batch -> true);
            if (next.isEmpty()) {
                LockSupport.parkNanos(PAUSE);
            } else {
                log.acknowledge(next.get());
                drained.addAndGet(next.get().rows().size());
            }
        }
    }

    static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
