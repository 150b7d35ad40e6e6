package org.headgate.outbox.log;

import java.io.IOException;
import java.util.function.Consumer;
import org.headgate.codec.ByteOutput;
import org.headgate.system.api.Storage;
import org.headgate.system.api.StorageFile;

/** The file that commits are written to: one write and one sync each, and a sync of the folder when it is begun. One thread at a time. */
final class ActiveFile {
    private final Storage folder;
    private final Consumer<Segment> left;
    private StorageFile file;
    private boolean doubt;

    /**
     * None is open.
     *
     * @param left takes the segment of a failed commit whose file could not be deleted: it must be gone before the one that voids it
     */
    ActiveFile(Storage folder, Consumer<Segment> left) {
        this.folder = folder;
        this.left = left;
    }

    /** Adds to a segment, durably; begins its file when it is fresh. */
    void add(Segment segment, boolean fresh, ByteOutput out) throws IOException {
        if (fresh) {
            file = folder.open(Segment.file(segment.number));
        }
        doubt = true;
        file.write(out.content(), segment.committed);
        file.sync();
        if (fresh) {
            folder.syncFolder();
        }
        doubt = false;
    }

    /** Whether what could not be added may yet be on the disk. */
    boolean isInDoubt() {
        return doubt;
    }

    void close() {
        if (file != null) {
            try {
                file.close();
            } catch (IOException nothingIsLost) {
                // All that counts was synced.
            }
            file = null;
        }
    }

    /** It could not be added to a segment: nobody knows what the file holds. */
    void abandon(Segment failed, boolean fresh) {
        boolean made = fresh && file != null;
        close();
        if (made) {
            try {
                folder.delete(Segment.file(failed.number));
            } catch (IOException staysThere) {
                // Its number is never used again.
                left.accept(failed);
            }
        }
    }
}
