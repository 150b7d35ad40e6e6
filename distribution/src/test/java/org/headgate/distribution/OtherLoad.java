package org.headgate.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A witness: how much of the machine's processors others than one process have used, moment by moment. Who measures punctuality asks
 * it whether a pause was the process's own, since on a machine that is busy with something else nobody is punctual.
 */
final class OtherLoad implements AutoCloseable {
    private static final long TICK_NANOS = 10_000_000;
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    private final Path process;
    private final NavigableMap<Long, Long> ticks = new TreeMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    /** Watches from now on. */
    OtherLoad(long pid) {
        process = Path.of("/proc/" + pid + "/stat");
        timer.scheduleAtFixedRate(this::sample, 0, 20, TimeUnit.MILLISECONDS);
    }

    /** The share of all processors that others have used between two instants, in nanoseconds since the epoch: 0 to 1. */
    synchronized double between(long from, long to) {
        var first = ticks.floorEntry(from);
        var last = ticks.ceilingEntry(to);
        if (first == null || last == null) {
            return 0;
        }
        double used = (double) (last.getValue() - first.getValue()) * TICK_NANOS;
        return used / (last.getKey() - first.getKey()) / PROCESSORS;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private void sample() {
        try {
            // proc(5): user nice system idle iowait irq softirq steal; the time stolen by other machines is others'
            // time.
            long[] all =
                    numbers(Files.readAllLines(Path.of("/proc/stat")).get(0).replaceFirst("cpu +", ""));
            String text = Files.readString(process);
            // utime and stime are fields 14 and 15; the second field is a name in brackets.
            long[] own = numbers(text.substring(text.lastIndexOf(')') + 4));
            long busy = all[0] + all[1] + all[2] + all[5] + all[6] + all[7];
            long now = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
            synchronized (this) {
                ticks.put(now, busy - own[10] - own[11]);
            }
        } catch (IOException ended) {
            timer.shutdown();
        }
    }

    private static long[] numbers(String text) {
        // What comes behind is of no use here, and may not fit a long.
        return Arrays.stream(text.strip().split(" +"))
                .limit(12)
                .mapToLong(Long::parseLong)
                .toArray();
    }
}
