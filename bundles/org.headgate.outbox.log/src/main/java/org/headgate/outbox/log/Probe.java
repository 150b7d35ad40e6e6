package org.headgate.outbox.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.headgate.system.api.Storage;
import org.headgate.system.api.StorageFile;

/**
 * Whether a disk takes something again. It is asked apart from everything else, as a dying disk may keep whoever asks it waiting for minutes.
 */
final class Probe {
    private static final String FILE = "probe.tmp";
    /** A block of any disk. */
    private static final int BYTES = 4096;

    private final Storage folder;
    private final Runnable makeRoom;

    /**
     * A probe.
     *
     * @param makeRoom frees what can be, where the disk is full
     */
    Probe(Storage folder, Runnable makeRoom) {
        this.folder = folder;
        this.makeRoom = makeRoom;
    }

    /**
     * Writes a file and deletes it; blocks.
     *
     * @throws IOException when the disk does not take it
     */
    boolean ask() throws IOException {
        try {
            return write();
        } catch (IOException failed) {
            if (!Trouble.isFull(failed)) {
                throw failed;
            }
            makeRoom.run();
            return write();
        }
    }

    private boolean write() throws IOException {
        try (StorageFile file = folder.open(FILE)) {
            file.write(ByteBuffer.allocate(BYTES), 0);
            file.sync();
        }
        folder.delete(FILE);
        return true;
    }
}
