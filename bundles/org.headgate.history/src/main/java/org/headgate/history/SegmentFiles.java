package org.headgate.history;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.headgate.system.api.Storage;
import org.headgate.system.api.StorageFile;

/**
 * The segment files. A block is one write; a file is synced when it is full, and never written to again by another start: what a power cut has torn stays
 * behind, and is skipped. After a failure nobody knows what a file holds, so the next block begins another one. Thread-safe; a lock for writing,
 * which may block for long, and one for the list, which does not.
 */
final class SegmentFiles {
    /** Where less is free, the history makes room: the outbox comes first. */
    static final long RESERVE = 16 << 20;

    private static final int PARTS = 16;
    private static final long LEAST_SEGMENT = 64 << 10;
    private static final long MOST_SEGMENT = 4 << 20;
    /** A gateway that starts again and again leaves many small ones. */
    private static final int MOST_FILES = 256;

    private final Storage folder;
    private final long maxBytes;
    private final long segmentBytes;
    private final long segmentNanos;
    private final Object writing = new Object();
    /** Guarded by itself. The last one is written to, if {@code file} is open. */
    private final TreeMap<Long, Segment> segments = new TreeMap<>();

    private StorageFile file;
    private long current;
    private long nextNumber = 1;
    private long damaged;

    /** Opens what lies in a folder, whatever its state. */
    SegmentFiles(Storage folder, long maxBytes, long maxAgeNanos) throws IOException {
        this.folder = folder;
        this.maxBytes = maxBytes;
        this.segmentNanos = maxAgeNanos / PARTS;
        this.segmentBytes = Math.max(LEAST_SEGMENT, Math.min(MOST_SEGMENT, maxBytes / PARTS));
        for (String name : folder.list()) {
            long number = Segment.number(name);
            if (number >= 0) {
                nextNumber = Math.max(nextNumber, number + 1);
                recover(Segment.empty(number));
            }
        }
    }

    /** Appends the rows of a builder as a block, and deletes the oldest files beyond the limits. Blocks. */
    void append(BlockBuilder rows, long expiredNanos) throws IOException {
        synchronized (writing) {
            limit(rows.bytes() + Block.HEAD + Long.BYTES, expiredNanos);
            boolean written = false;
            try {
                Segment segment = current();
                ByteBuffer block = rows.build(segment.number(), segment.bytes());
                Block head = Block.head(block, segment.number(), segment.bytes());
                if (head == null) {
                    throw new IOException("a block of " + block.remaining() + " bytes is too large");
                }
                file.write(block, segment.bytes());
                written = true;
                Segment longer = segment.with(head.end(), head.earliestNanos(), head.latestNanos());
                put(longer);
                // By time, too: only whole files are deleted.
                if (longer.bytes() >= segmentBytes || longer.latestNanos() - longer.earliestNanos() >= segmentNanos) {
                    finish();
                }
            } finally {
                if (!written) {
                    abandon();
                }
            }
        }
    }

    /** Syncs and closes the file that is written to. */
    void close() {
        synchronized (writing) {
            try {
                finish();
            } catch (IOException unsynced) {
                // The rows were handed to the system, and nobody can do more for them.
                abandon();
            }
        }
    }

    /** What there is, oldest first. */
    List<Segment> list() {
        synchronized (segments) {
            return new ArrayList<>(segments.values());
        }
    }

    /** How often something was met at the start that is no block. */
    long damaged() {
        return damaged;
    }

    /** Opens a segment for reading; {@code null} when it is gone. */
    StorageFile open(Segment segment) throws IOException {
        // Not while it is deleted: opening would make it again.
        synchronized (segments) {
            return segments.containsKey(segment.number()) ? folder.open(segment.file()) : null;
        }
    }

    private void recover(Segment found) throws IOException {
        Segment segment = found;
        long bytes = 0;
        try (StorageFile opened = folder.open(found.file())) {
            bytes = opened.size();
            SegmentScan scan = new SegmentScan(opened, found.number(), bytes);
            for (Block block = scan.next(); block != null; block = scan.next()) {
                segment = segment.with(block.end(), block.earliestNanos(), block.latestNanos());
            }
            damaged += scan.damaged();
        } catch (IOException unreadable) {
            // The others may be well; it goes when it is the oldest.
            damaged++;
        }
        if (bytes == 0 && !segment.hasRows()) {
            folder.delete(segment.file());
        } else {
            put(new Segment(segment.number(), bytes, segment.earliestNanos(), segment.latestNanos()));
        }
    }

    private Segment current() throws IOException {
        if (file == null) {
            Segment fresh = Segment.empty(nextNumber++);
            current = fresh.number();
            put(fresh);
            file = folder.open(fresh.file());
        }
        synchronized (segments) {
            return segments.get(current);
        }
    }

    private void put(Segment segment) {
        synchronized (segments) {
            segments.put(segment.number(), segment);
        }
    }

    private void finish() throws IOException {
        if (file != null) {
            file.sync();
            folder.syncFolder();
            file.close();
            file = null;
        }
    }

    private void abandon() {
        if (file != null) {
            try {
                file.close();
            } catch (IOException nothingMoreToDo) {
                // Whoever reads it skips what it does not understand.
            }
            file = null;
        }
        synchronized (segments) {
            Segment last = segments.get(current);
            if (last != null && !last.hasRows()) {
                try {
                    folder.delete(last.file());
                    segments.remove(current);
                } catch (IOException staysThere) {
                    // It counts as a file, and goes when it is the oldest.
                }
            }
        }
    }

    private void limit(long coming, long expiredNanos) throws IOException {
        synchronized (segments) {
            while (!segments.isEmpty() && isTooMuch(coming, expiredNanos) && deleteOldest()) {
                continue;
            }
        }
        if (folder.freeBytes() < RESERVE && !deleteOldest()) {
            throw new IOException(
                    "less than " + (RESERVE >> 20) + " MiB are free: the history leaves them to the outbox");
        }
    }

    private boolean isTooMuch(long coming, long expiredNanos) {
        long bytes = segments.values().stream().mapToLong(Segment::bytes).sum();
        Segment oldest = segments.firstEntry().getValue();
        return bytes + coming > maxBytes
                || segments.size() >= MOST_FILES
                || oldest.hasRows() && oldest.latestNanos() < expiredNanos;
    }

    /** Deletes the oldest file that is not written to; false when there is none. */
    private boolean deleteOldest() throws IOException {
        synchronized (segments) {
            if (segments.isEmpty() || file != null && segments.size() == 1) {
                return false;
            }
            Segment oldest = segments.firstEntry().getValue();
            folder.delete(oldest.file());
            segments.remove(oldest.number());
            return true;
        }
    }
}
