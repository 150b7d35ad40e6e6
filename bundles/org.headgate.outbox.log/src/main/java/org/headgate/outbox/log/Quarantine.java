package org.headgate.outbox.log;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.headgate.outbox.api.OutboxBatch;
import org.headgate.system.api.Storage;
import org.headgate.system.api.StorageFile;

/**
 * Keeps refused batches, each in a small segment of its own, named {@code refused-NNNNNNNNNN-STREAM-SEQ.seg} in the order of their coming:
 * an eighth of what the log may have, 64 KiB at least and 4 MiB at most, each file counted in blocks of 4 KiB. Beyond it the oldest go.
 * What is not kept is counted. Used under the lock of the log's files; the counters are read by anybody.
 */
final class Quarantine {
    private static final Pattern FILE = Pattern.compile("refused-(?:(\\d{10})-)?.+\\.seg");
    private static final int BLOCK = 4096;
    private static final int PARTS = 8;
    private static final long LEAST = 64 << 10;
    private static final long MOST = 4 << 20;

    private final Storage folder;
    private final long limit;
    private final Deque<Kept> kept = new ArrayDeque<>();
    private boolean listed;
    private long bytes;
    private long last;
    private volatile long lost;

    private record Kept(String name, long number, long bytes) {}

    /** A quarantine of a log with so many bytes in all. */
    Quarantine(Storage folder, long maxBytes) {
        this.folder = folder;
        limit = Math.max(LEAST, Math.min(MOST, maxBytes / PARTS));
    }

    /** Refused rows that were not kept, or are not any more, since the log was opened or the quarantine was emptied. Any thread. */
    long lost() {
        return lost;
    }

    /** A batch was refused while nothing can be written. */
    void pass(OutboxBatch batch) {
        lost += batch.rows().size();
    }

    /** Writes a batch; returns how many bytes, 0 where it cannot. */
    int put(OutboxBatch batch) {
        byte[] content = RefusedFile.encoded(batch);
        try {
            list();
            if (blocks(content.length) <= limit) {
                write(batch, content);
                shrink();
                return content.length;
            }
        } catch (IOException full) {
            // Counted, as what does not fit.
        }
        pass(batch);
        return 0;
    }

    private void write(OutboxBatch batch, byte[] content) throws IOException {
        String name = String.format("refused-%010d-%s-%d.seg", ++last, batch.stream(), batch.seq());
        try {
            RefusedFile.write(folder, name, content);
            kept.add(new Kept(name, last, blocks(content.length)));
            bytes += blocks(content.length);
        } catch (IOException failed) {
            // Some of it may be there.
            folder.delete(name);
            throw failed;
        }
    }

    /** Gives up the oldest while there is too much; the next sync of the folder makes it durable. */
    private void shrink() {
        while (bytes > limit) {
            Kept oldest = kept.element();
            int rows = read(oldest.name()).map(batch -> batch.rows().size()).orElse(0);
            try {
                folder.delete(oldest.name());
            } catch (IOException staysWhereItIs) {
                // Tried again with the next one.
                return;
            }
            kept.remove();
            bytes -= oldest.bytes();
            lost += rows;
        }
    }

    /** The names of what is kept, the oldest first. */
    List<String> names() throws IOException {
        list();
        return kept.stream().map(Kept::name).toList();
    }

    /** What is kept under a name; empty where it cannot be read or is gone. */
    Optional<OutboxBatch> read(String name) {
        if (kept.stream().noneMatch(each -> each.name().equals(name))) {
            return Optional.empty();
        }
        try {
            return RefusedFile.read(folder, name);
        } catch (IOException | RuntimeException damaged) {
            return Optional.empty();
        }
    }

    /**
     * Deletes the oldest up to this name, durably; returns how many batches. Where the name is gone, all before it are, too: then nothing.
     *
     * @param lostThen what {@link #lost} was when somebody saw it
     */
    int clear(String newest, long lostThen) throws IOException {
        list();
        int count = 0;
        while (kept.stream().anyMatch(each -> each.name().equals(newest))) {
            folder.delete(kept.element().name());
            bytes -= kept.remove().bytes();
            count++;
        }
        folder.syncFolder();
        // Less where the log was opened again meanwhile.
        lost = Math.max(0, lost - lostThen);
        return count;
    }

    /** Looks what earlier processes have left; those of the first ones had no number, and are the oldest. */
    private void list() throws IOException {
        if (listed) {
            return;
        }
        List<Kept> found = new ArrayList<>();
        for (String name : folder.list()) {
            Matcher matcher = FILE.matcher(name);
            if (matcher.matches()) {
                long number = matcher.group(1) == null ? 0 : Long.parseLong(matcher.group(1));
                try (StorageFile file = folder.open(name)) {
                    found.add(new Kept(name, number, blocks(file.size())));
                }
            }
        }
        found.sort(Comparator.comparingLong(Kept::number));
        kept.addAll(found);
        bytes = found.stream().mapToLong(Kept::bytes).sum();
        last = found.isEmpty() ? 0 : found.get(found.size() - 1).number();
        listed = true;
    }

    private static long blocks(long bytes) {
        return Math.max(1, (bytes + BLOCK - 1) / BLOCK) * BLOCK;
    }
}
