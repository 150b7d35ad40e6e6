package org.headgate.outbox.log;

import java.io.IOException;
import java.util.List;
import org.headgate.codec.ByteInput;
import org.headgate.data.api.Row;
import org.headgate.system.api.Storage;
import org.headgate.system.api.StorageFile;

/** Reads batches from segments, through handles of its own, so that it does not wait for a commit. One thread at a time. */
final class SegmentReader {
    /** Bytes that cannot be read are tried so often again, a pause apart, before they count as damaged. */
    private static final int TRIES = 2;

    private final Storage folder;
    private final Window window;
    private long number = -1;
    private StorageFile file;

    SegmentReader(Storage folder) {
        this.folder = folder;
        window = new Window(Window.CHUNK, new Damage(folder, TRIES));
    }

    /** A batch that was found. */
    record Found(Frame frame, BatchRecord batch, List<Row> rows) {}

    /** The first good batch at or behind an offset and before a limit; null when there is none. */
    Found next(Segment segment, int from, int limit) throws IOException {
        open(segment);
        Frame frame = window.next(from, limit);
        while (frame != null) {
            if (frame.type() == Frame.BATCH) {
                try {
                    ByteInput in = window.payload(frame);
                    BatchRecord batch = BatchRecord.head(in);
                    if (segment.schemas.keySet().containsAll(batch.schemas())) {
                        return new Found(frame, batch, batch.rows(in, segment.schemas));
                    }
                } catch (RuntimeException malformed) {
                    // Good checksum, bad content: the gap that it leaves is counted.
                }
            }
            frame = window.next(frame.end(), limit);
        }
        return null;
    }

    /** The batches that a segment is known to have held between two ordinals and that cannot be read any more. */
    List<BatchIndex.Item> missing(Segment segment, long from, long to) {
        if (from >= to) {
            return List.of();
        }
        BatchIndex index = segment.index;
        if (index != null) {
            return index.between(from, to);
        }
        try {
            open(segment);
            Summary summary = Summary.find(file, segment.number, new Ledger(), new Damage(folder, 0));
            if (summary != null) {
                return summary.index().between(from, to);
            }
        } catch (IOException | RuntimeException unreadable) {
            // They are counted all the same; whose they were shows when all others of the segment are settled.
        }
        return List.of();
    }

    void close() {
        number = -1;
        if (file != null) {
            try {
                file.close();
            } catch (IOException onlyRead) {
                // Nothing was written through it.
            }
            file = null;
        }
    }

    private void open(Segment segment) throws IOException {
        if (segment.number != number) {
            close();
            file = folder.open(Segment.file(segment.number));
            number = segment.number;
            window.over(file, number);
        }
    }
}
