package org.headgate.device.runtime;

import java.io.IOException;
import org.headgate.system.api.Storage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers on disk that a device's outputs may differ from their safe state: a mark is made before the first write and taken away when
 * the safe state was written. A mark that is found at a start means that the last run ended without that. Used by one call at a time;
 * may block.
 */
final class OutputMarks {
    private static final Logger LOG = LoggerFactory.getLogger(OutputMarks.class);
    private static final String FOLDER = "outputs";

    private final Storage storage;
    private final String device;
    private boolean marked;

    OutputMarks(Storage storage, String device) {
        this.storage = storage;
        this.device = device;
    }

    /** Whether the outputs may differ from their safe state. A disk that cannot be read means that they may. */
    boolean isMarked() {
        try {
            marked = storage.folder(FOLDER).list().contains(device);
            return marked;
        } catch (IOException unreadable) {
            LOG.warn("device {}: whether its outputs are safe cannot be read: {}", device, unreadable.getMessage());
            return true;
        }
    }

    /** Says that the outputs are about to differ. Goes on without a mark where the disk takes none. */
    void mark() {
        if (marked) {
            return;
        }
        try {
            Storage folder = storage.folder(FOLDER);
            folder.open(device).close();
            folder.syncFolder();
            marked = true;
        } catch (IOException full) {
            LOG.warn(
                    "device {}: after a crash its outputs will not be made safe, because the disk takes no mark: {}",
                    device,
                    full.getMessage());
        }
    }

    /** Says that the outputs are in their safe state. */
    void clear() {
        try {
            Storage folder = storage.folder(FOLDER);
            folder.delete(device);
            folder.syncFolder();
            marked = false;
        } catch (IOException stays) {
            // The safe state will be written once more at the next start, which harms nothing.
            LOG.debug("device {}: {}", device, stays.getMessage());
        }
    }
}
