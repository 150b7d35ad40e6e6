package org.headgate.outbox.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.headgate.system.api.Storage;
import org.headgate.system.api.StorageFile;

/**
 * What to do with bytes that the disk cannot read: a bad block costs the records in it, but a disk that is gone as a whole
 * costs nothing, as it may come back. So blocks count as damaged only while something else can be read.
 */
final class Damage {
    private static final int BLOCK = 4096;

    private final Storage folder;
    private final int patience;
    private long failedSegment = -1;
    private long failedAt;
    private int failures;
    /** Why blocks were given up; null while none were. */
    private IOException givenUp;

    /** Bad blocks are given up after so many tries more. */
    Damage(Storage folder, int patience) {
        this.folder = folder;
        this.patience = patience;
    }

    /** Fills the rest of a buffer from an offset of a segment; blocks that are given up are zeros. */
    void read(StorageFile file, long segment, ByteBuffer into, long offset) throws IOException {
        try {
            readExactly(file, into.duplicate(), offset);
        } catch (IOException unreadable) {
            if (segment != failedSegment || offset != failedAt) {
                failures = 0;
            }
            failedSegment = segment;
            failedAt = offset;
            if (failures++ < patience || !readBlocks(file, into, offset) && !othersRead()) {
                throw unreadable;
            }
            givenUp = unreadable;
        }
    }

    /** Why blocks were given up since the last question; null when none were. */
    IOException takeGivenUp() {
        IOException why = givenUp;
        givenUp = null;
        return why;
    }

    /** Reads what can be read, and leaves zeros where nothing can; false when that is everywhere. */
    private static boolean readBlocks(StorageFile file, ByteBuffer into, long offset) {
        boolean any = false;
        int base = into.position();
        for (int from = base; from < into.limit(); ) {
            // Blocks are those of the file, wherever the reading began.
            long at = offset + from - base;
            int to = (int) Math.min(into.limit(), from + BLOCK - at % BLOCK);
            try {
                readExactly(file, into.duplicate().position(from).limit(to), at);
                any = true;
            } catch (IOException bad) {
                into.put(from, new byte[to - from]);
            }
            from = to;
        }
        return any;
    }

    /** Whether the disk reads at all: another segment or the cursor, or another block of this one. */
    boolean othersRead() {
        try {
            for (String name : folder.list()) {
                try (StorageFile other = folder.open(name)) {
                    ByteBuffer one = ByteBuffer.allocate(1);
                    long last = other.size() - 1;
                    if (last >= 0 && (other.read(one, 0) == 1 || other.read(one.clear(), last) == 1)) {
                        return true;
                    }
                } catch (IOException alsoBad) {
                    // The next one, then.
                }
            }
        } catch (IOException gone) {
            return false;
        }
        return false;
    }

    private static void readExactly(StorageFile file, ByteBuffer into, long offset) throws IOException {
        int base = into.position();
        while (into.hasRemaining()) {
            if (file.read(into, offset + into.position() - base) < 0) {
                // Shorter than it was: damage like any other.
                into.put(new byte[into.remaining()]);
            }
        }
    }
}
