package org.headgate.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.headgate.bench.outbox.LogRun;
import org.headgate.bench.outbox.Measured;
import org.headgate.bench.outbox.OpeningRun;
import org.headgate.bench.outbox.PeerRun;

/**
 * The outbox with rows of 128 bytes and a commit every 50 ms, on the disk of a folder ({@code --folder PATH}, else that of temporary files) and in
 * memory; beside it, on the same disk, Paho's file for each message and H2's MVStore with the same commits. Then the opening of a log of 10 GB that a
 * killed process has left ({@code --open-gb N}). With {@code --quick} each runs for a moment, to see that it still does.
 */
final class OutboxBench {
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final long GB = 1_000_000_000;
    private static final double MOST_OF_THE_FREE_SPACE = 0.5;

    private final Report report = new Report("outbox", "as built");
    private final Path folder;
    private final boolean quick;
    private final Duration time;

    private OutboxBench(Path folder, boolean quick) {
        this.folder = folder;
        this.quick = quick;
        time = quick ? Duration.ofMillis(200) : Duration.ofSeconds(10);
    }

    static Report run(Path distribution, String[] options) throws Exception {
        boolean quick = Arrays.asList(options).contains("--quick");
        String where = option(options, "--folder", System.getProperty("java.io.tmpdir"));
        long gigabytes = Long.parseLong(option(options, "--open-gb", "10"));
        Path folder = Files.createTempDirectory(Path.of(where), "headgate-outbox");
        try {
            OutboxBench bench = new OutboxBench(folder, quick);
            bench.rows();
            bench.opening(gigabytes);
            return bench.report;
        } finally {
            PeerRun.delete(folder);
        }
    }

    private static String option(String[] options, String name, String otherwise) {
        int at = Arrays.asList(options).indexOf(name);
        return at < 0 || at + 1 >= options.length ? otherwise : options[at + 1];
    }

    private void rows() throws Exception {
        if (!quick) {
            Bench.progress("warming up");
            LogRun.append(fresh("warm"), time);
        }
        Bench.progress("appending to " + folder);
        Measured log = LogRun.append(fresh("log"), time);
        Bench.progress("a file a message");
        Measured files = PeerRun.files(fresh("files"), time);
        Bench.progress("a store of pages");
        Measured store = PeerRun.store(fresh("store"), time);
        Bench.progress("appending and draining");
        Measured both = LogRun.appendAndDrain(fresh("both"), time);
        report.add("rows a second / a file a message's", log.rate() / files.rate(), "");
        report.add("rows a second / MVStore's", log.rate() / store.rate(), "");
        report.add("bytes written / MVStore's", log.amplification() / store.amplification(), "");
        report.add("CPU of a row / MVStore's", log.cpuOfARow() / store.cpuOfARow(), "");
        report.atLeast("durable rows a second", log.rate(), "rows/s", 200_000);
        report.atMost("syncs a second", log.syncRate(), "1/s", 20);
        report.atMost("bytes written / bytes of the rows", log.amplification(), "", 1.25);
        report.add("CPU of a row, its making included", log.cpuOfARow(), "ns");
        report.add("durable rows a second while it is drained", both.rate(), "rows/s");
        report.add("acknowledged rows a second meanwhile", both.drainRate(), "rows/s");
        report.add("durable rows a second, a file a message", files.rate(), "rows/s");
        report.add("CPU of a row, a file a message", files.cpuOfARow(), "ns");
        report.add("durable rows a second, MVStore", store.rate(), "rows/s");
        report.add("syncs a second, MVStore", store.syncRate(), "1/s");
        report.add("bytes written / bytes of the rows, MVStore", store.amplification(), "");
        report.add("CPU of a row, MVStore", store.cpuOfARow(), "ns");
        if (Files.isWritable(MEMORY)) {
            inMemory();
        }
    }

    private void inMemory() throws Exception {
        Bench.progress("appending to " + MEMORY);
        Path memory = Files.createTempDirectory(MEMORY, "headgate-outbox");
        try {
            Measured log = LogRun.append(memory.resolve("log"), time);
            report.add("durable rows a second, tmpfs", log.rate(), "rows/s");
            report.add("CPU of a row, tmpfs", log.cpuOfARow(), "ns");
        } finally {
            PeerRun.delete(memory);
        }
    }

    private void opening(long gigabytes) throws Exception {
        long bytes = quick ? GB / 100 : gigabytes * GB;
        long free = Files.getFileStore(folder).getUsableSpace();
        if (bytes > free * MOST_OF_THE_FREE_SPACE) {
            Bench.progress("not opened: " + bytes / GB + " GB would be most of the " + free / GB + " GB that are free");
            report.add("opened", 0, "GB: no room, or --open-gb");
            return;
        }
        Bench.progress("filling a log");
        OpeningRun.Opened opened = OpeningRun.run(folder.resolve("large"), bytes, quick ? 1 << 20 : 64 << 20);
        report.atMost("opening after a kill, page cache as it was left", opened.openMillis(), "ms", 1000);
        report.add("until the first batch was there", opened.firstMillis(), "ms");
        report.add("opened", (double) opened.bytes() / GB, "GB");
        report.add("opened", opened.segments(), "segments");
        report.add("opened", opened.rows(), "rows of 8 KiB");
        PeerRun.delete(folder.resolve("large"));
    }

    /** A folder that is not there yet; the one before it is gone. */
    private Path fresh(String name) throws IOException {
        for (String before : new String[] {"warm", "log", "files", "store", "both"}) {
            PeerRun.delete(folder.resolve(before));
        }
        return folder.resolve(name);
    }
}
