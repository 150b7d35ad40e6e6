package org.headgate.outbox.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;
import org.headgate.system.api.Storage;
import org.headgate.system.api.StorageFile;

/**
 * How far the log is settled: everything before {@code position} is acknowledged or dropped.
 *
 * @param log the identity of the log
 * @param position where the first batch stands that is not settled
 * @param ordinal the number of its first row
 */
record Cursor(String log, long position, long ordinal) {
    static final String FILE = "cursor";
    private static final String TEMPORARY = "cursor.tmp";

    /** Reads the cursor; null where there is none that can be trusted: then everything on disk is sent again. */
    static Cursor load(Storage folder) {
        try {
            if (!folder.list().contains(FILE)) {
                return null;
            }
            try (StorageFile file = folder.open(FILE)) {
                ByteBuffer content = Content.read(file, Integer.MAX_VALUE);
                Frame frame = Frame.find(content, 0, content.capacity(), 0);
                if (frame == null || frame.type() != Frame.CURSOR) {
                    return null;
                }
                ByteInput in = frame.payload(content);
                return new Cursor(in.getText(), in.getVarint(), in.getVarint());
            }
        } catch (IOException | RuntimeException unreadable) {
            return null;
        }
    }

    /** Replaces the cursor in one step that survives a power cut. Returns how many bytes were written. */
    int save(Storage folder) throws IOException {
        ByteOutput out = new ByteOutput(64);
        int start = Frame.begin(out, Frame.CURSOR);
        out.putText(log);
        out.putVarint(position);
        out.putVarint(ordinal);
        Frame.finish(out, start, 0, 0);
        try (StorageFile file = folder.open(TEMPORARY)) {
            file.truncate(0);
            file.write(out.content(), 0);
            file.sync();
        }
        folder.rename(TEMPORARY, FILE);
        folder.syncFolder();
        return out.size();
    }
}
