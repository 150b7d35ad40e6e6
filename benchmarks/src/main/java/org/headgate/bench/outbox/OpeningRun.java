package org.headgate.bench.outbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.headgate.outbox.api.Lane;
import org.headgate.outbox.api.OutboxLog;

/**
 * Opens a large log that a process has left which was killed while it wrote. The page cache is as that process has left it: what it wrote
 * last is in memory, as far as there is room.
 */
public final class OpeningRun {
    private static final int LARGE_ROW = 8192;
    private static final int WAITING = 4000;
    private static final long PAUSE = 1_000_000;

    private OpeningRun() {}

    /**
     * What was seen.
     *
     * @param bytes how large the log was
     * @param segments how many files
     * @param openMillis how long it took to open it
     * @param firstMillis how long until the first batch was there, from the beginning on
     * @param rows rows that it gave back
     */
    public record Opened(long bytes, int segments, double openMillis, double firstMillis, long rows) {}

    /** Lets another process fill a log, kills it, and opens the log. */
    public static Opened run(Path folder, long bytes, long segmentBytes) throws IOException, InterruptedException {
        fillAndKill(folder, bytes, segmentBytes);
        OutboxUnderTest outbox = new OutboxUnderTest(folder, LARGE_ROW);
        long began = System.nanoTime();
        try (OutboxLog log = outbox.open(segmentBytes)) {
            final long opened = System.nanoTime() - began;
            if (log.next(Lane.LIVE, batch -> true).isEmpty()
                    && log.next(Lane.BACKLOG, batch -> true).isEmpty()) {
                throw new IllegalStateException("nothing was found in " + folder);
            }
            final long first = System.nanoTime() - began;
            return new Opened(
                    bytes(folder),
                    outbox.status().segments(),
                    opened / 1e6,
                    first / 1e6,
                    outbox.status().flow().recovered());
        }
    }

    private static void fillAndKill(Path folder, long bytes, long segmentBytes)
            throws IOException, InterruptedException {
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OpeningRun.class.getName(),
                        folder.toString(),
                        Long.toString(segmentBytes))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            while (bytes(folder) < bytes) {
                if (writer.waitFor(50, TimeUnit.MILLISECONDS)) {
                    throw new IOException("the writer ended with status " + writer.exitValue());
                }
            }
        } finally {
            writer.destroyForcibly().waitFor();
        }
    }

    private static long bytes(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return 0;
        }
        long bytes = 0;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }

    /** The process that writes until it is killed: large rows, so that it does not take long. */
    public static void main(String[] args) throws IOException {
        OutboxUnderTest outbox = new OutboxUnderTest(Path.of(args[0]), LARGE_ROW);
        OutboxLog log = outbox.open(Long.parseLong(args[1]));
        for (long row = 0; ; row++) {
            log.append("bench", outbox.row(row));
            while (row % 100 == 0 && outbox.status().atRisk() > WAITING) {
                LockSupport.parkNanos(PAUSE);
            }
        }
    }
}
