package org.headgate.outbox.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.headgate.codec.ByteInput;
import org.headgate.data.api.Row;
import org.headgate.system.api.Storage;
import org.headgate.system.api.StorageFile;

/** Reads batches from segments, through handles of its own, so that it does not wait for a commit. One thread at a time. */
final class SegmentReader {
    private final Storage folder;
    private long number = -1;
    private StorageFile file;
    private ByteBuffer content = ByteBuffer.allocate(0);
    private int loaded;

    SegmentReader(Storage folder) {
        this.folder = folder;
    }

    /** A batch that was found. */
    record Found(Frame frame, BatchRecord batch, List<Row> rows) {}

    /** The first good batch at or behind an offset and before a limit; null when there is none. */
    Found next(Segment segment, int from, int limit) throws IOException {
        load(segment, limit);
        Frame frame = Frame.find(content, from, limit, segment.number);
        while (frame != null) {
            if (frame.type() == Frame.BATCH) {
                try {
                    ByteInput in = frame.payload(content);
                    BatchRecord batch = BatchRecord.head(in);
                    if (segment.schemas.keySet().containsAll(batch.schemas())) {
                        return new Found(frame, batch, batch.rows(in, segment.schemas));
                    }
                } catch (RuntimeException malformed) {
                    // Good checksum, bad content: the gap that it leaves is counted.
                }
            }
            frame = Frame.find(content, frame.end(), limit, segment.number);
        }
        return null;
    }

    /** The bytes of the record at an offset that was read last, for the quarantine. */
    ByteBuffer bytes(Frame frame) {
        return content.slice(frame.offset(), frame.end() - frame.offset());
    }

    void close() {
        number = -1;
        loaded = 0;
        if (file != null) {
            try {
                file.close();
            } catch (IOException onlyRead) {
                // Nothing was written through it.
            }
            file = null;
        }
    }

    private void load(Segment segment, int limit) throws IOException {
        if (segment.number != number) {
            close();
            file = folder.open(Segment.file(segment.number));
            number = segment.number;
        }
        if (limit > content.capacity()) {
            content = ByteBuffer.wrap(Arrays.copyOf(content.array(), Math.max(limit, loaded * 2)));
        }
        if (limit > loaded) {
            Content.read(file, content, loaded, limit);
            loaded = limit;
        }
    }
}
