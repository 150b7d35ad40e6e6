package org.headgate.payload.sparkplug;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.headgate.system.api.Storage;
import org.headgate.system.api.StorageFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Numbers the connections of an uplink from 0 to 255 and round again: bdSeq, by which a host knows which birth a death belongs to (Sparkplug
 * 3.0, 4.2.1.1 and 5.4). The number of the last connection that came about is kept on disk, so that a death of the former process, which the
 * broker may tell late, is not taken for one of this process; one small write for each connection. May block.
 */
final class BirthCount {
    private static final Logger LOG = LoggerFactory.getLogger(BirthCount.class);
    private static final String FOLDER = "sparkplug";
    private static final String NEW = ".new";
    private static final int ROUND = 256;

    private final Storage storage;
    private final String uplink;
    private int last = -1;
    private boolean read;

    BirthCount(Storage storage, String uplink) {
        this.storage = storage;
        this.uplink = uplink;
    }

    /** The number of the connection that is tried now: one more than that of the last try. */
    synchronized int next() {
        if (!read) {
            read = true;
            last = kept();
        }
        last = (last + 1) % ROUND;
        return last;
    }

    /** The connection with this number has come about. */
    synchronized void keep(int number) {
        try {
            Storage folder = storage.folder(FOLDER);
            try (StorageFile file = folder.open(uplink + NEW)) {
                byte[] text = String.valueOf(number).getBytes(StandardCharsets.US_ASCII);
                file.truncate(0);
                file.write(ByteBuffer.wrap(text), 0);
                file.sync();
            }
            folder.rename(uplink + NEW, uplink);
            folder.syncFolder();
        } catch (IOException full) {
            // After a restart one number may come again: worse than nothing, better than no connection.
            LOG.warn("uplink {}: bdSeq {} cannot be kept: {}", uplink, number, full.getMessage());
        }
    }

    /** The number of the last process's last connection; -1 where there is none. */
    private int kept() {
        try {
            Storage folder = storage.folder(FOLDER);
            if (!folder.list().contains(uplink)) {
                return -1;
            }
            try (StorageFile file = folder.open(uplink)) {
                ByteBuffer text = ByteBuffer.allocate(8);
                int length = Math.max(0, file.read(text, 0));
                int number = Integer.parseInt(new String(text.array(), 0, length, StandardCharsets.US_ASCII));
                return Math.floorMod(number, ROUND);
            }
        } catch (IOException | NumberFormatException lost) {
            LOG.warn("uplink {}: bdSeq begins at 0, the last one cannot be read: {}", uplink, lost.getMessage());
            return -1;
        }
    }
}
