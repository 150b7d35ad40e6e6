package org.headgate.outbox.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;
import org.headgate.system.api.Storage;
import org.headgate.system.api.StorageFile;

/**
 * What of the log is settled: {@code format, log, segment, floor, runs (distance, length)..., lived}. It speaks of nothing that is not on
 * disk, so that a crash cannot make it speak of rows that come later.
 *
 * @param log the identity of the log
 * @param segment the number of the segment in which the first batch stands that is not settled; the newest one when all are
 * @param settled the rows that are settled
 * @param lived the seconds that the log had lived through, in full hours: so that a log without new rows grows old over restarts, too
 */
record Cursor(String log, long segment, Settled settled, long lived) {
    static final String FILE = "cursor";
    private static final String TEMPORARY = "cursor.tmp";
    private static final int FORMAT = 3;

    /**
     * Reads the cursor; null where there is none that can be trusted: then everything on disk is sent again.
     *
     * @throws IOException when it cannot be read: nobody knows, then
     */
    static Cursor load(Storage folder) throws IOException {
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
            return in.getByte() == FORMAT
                    ? new Cursor(in.getText(), in.getVarint(), Settled.get(in), in.getVarint())
                    : null;
        } catch (RuntimeException malformed) {
            return null;
        }
    }

    /** Whether the rows of a segment are settled for this cursor, too: then it does not matter that the segment is gone. */
    boolean covers(Segment gone) {
        return settled.next(gone.start) >= gone.end;
    }

    /** Whether its segment is there, with this head. Then it knows which log this is: a newer file may show what one of its name once held. */
    boolean isOf(Head head) {
        return head != null && head.log().equals(log);
    }

    /** The content of its file. */
    byte[] bytes() {
        ByteOutput out = new ByteOutput(64);
        int start = Frame.begin(out, Frame.CURSOR);
        out.putByte(FORMAT);
        out.putText(log);
        out.putVarint(segment);
        settled.put(out);
        out.putVarint(lived);
        Frame.finish(out, start, 0, 0);
        return out.bytes();
    }

    /** Replaces the cursor in one step that survives a power cut. */
    static void save(Storage folder, byte[] bytes) throws IOException {
        try (StorageFile file = folder.open(TEMPORARY)) {
            file.truncate(0);
            file.write(ByteBuffer.wrap(bytes), 0);
            file.sync();
        }
        folder.rename(TEMPORARY, FILE);
        folder.syncFolder();
    }
}
