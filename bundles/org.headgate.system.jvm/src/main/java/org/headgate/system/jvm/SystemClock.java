package org.headgate.system.jvm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.headgate.system.api.Clock;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * The machine's clock. It counts as set when it shows a time after this software was made: a Pi without a battery starts
 * in the past and stays there until a time server has answered.
 */
@Component
public final class SystemClock implements Clock {
    private static final long MADE_NANOS = Instant.parse("2026-01-01T00:00:00Z").getEpochSecond() * 1_000_000_000L;

    private final String bootId;
    private final long processStartNanos;

    @Activate
    public SystemClock() {
        this(Path.of("/proc/sys/kernel/random/boot_id"));
    }

    SystemClock(Path bootIdFile) {
        bootId = read(bootIdFile);
        // The launcher knows better: its process, which becomes ours, may have built the software first.
        long launchedMicros = Long.getLong("headgate.launched.micros", 0);
        processStartNanos = launchedMicros > 0
                ? launchedMicros * 1000
                : nanos(ProcessHandle.current().info().startInstant().orElseGet(Instant::now));
    }

    @Override
    public long epochNanos() {
        return nanos(Instant.now());
    }

    @Override
    public long monotonicNanos() {
        return System.nanoTime();
    }

    @Override
    public boolean isSynchronized() {
        return epochNanos() >= MADE_NANOS;
    }

    @Override
    public String bootId() {
        return bootId;
    }

    @Override
    public long processStartNanos() {
        return processStartNanos;
    }

    private static long nanos(Instant instant) {
        return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException unreadable) {
            // Without the kernel's identity of this boot, no monotonic time of an earlier process may be believed.
            return "unknown-" + ProcessHandle.current().pid();
        }
    }
}
