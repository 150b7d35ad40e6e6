package org.headgate.payload.sparkplug;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Outcome;
import org.headgate.system.api.Storage;
import org.headgate.system.api.StorageFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Numbers the connections of an uplink from 0 to 255 and round again: bdSeq, by which a host knows which birth a death belongs to (Sparkplug
 * 3.0, 4.2.1.1 and 5.4). The number of the last connection that came about is kept on disk, so that a death of the former process, which the
 * broker may tell late, is not taken for one of this process; one small write for each connection, one at a time, by a call of its own:
 * births wait for it, though not for a disk that hangs. The monitor is never held while the disk is asked. Thread-safe.
 */
final class BirthCount {
    /** How long births wait for the disk. */
    static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Logger LOG = LoggerFactory.getLogger(BirthCount.class);
    private static final String FOLDER = "sparkplug";
    private static final String NEW = ".new";
    private static final int ROUND = 256;
    private static final int NONE = -1;

    private final Storage storage;
    private final Calls calls;
    private final String uplink;
    private int last = NONE;
    private boolean asked;
    /** The number that is to be on disk; {@link #NONE} when it is, or cannot be. */
    private int wanted = NONE;

    private boolean writing;
    /** Whether the write that is under way was given up: nobody waits for the disk until it has come back. */
    private boolean hangs;

    private final List<Runnable> waiting = new ArrayList<>();

    BirthCount(Storage storage, Calls calls, String uplink) {
        this.storage = storage;
        this.calls = calls;
        this.uplink = uplink;
    }

    /**
     * The number of the connection that is tried now: one more than that of the last try. The first one of a process asks the disk, and blocks;
     * who comes while it does counts in memory.
     */
    int next() {
        boolean first;
        synchronized (this) {
            first = !asked;
            asked = true;
        }
        int kept = first ? kept() : NONE;
        synchronized (this) {
            last = ((last == NONE ? kept : last) + 1) % ROUND;
            return last;
        }
    }

    /**
     * The connection with this number has come about. Never blocks.
     *
     * @param then runs once the number is on disk or cannot get there, or at once where the disk hangs; on any thread
     */
    void keep(int number, Runnable then) {
        boolean now;
        synchronized (this) {
            wanted = number;
            now = hangs;
            if (!now) {
                waiting.add(then);
            }
        }
        if (now) {
            then.run();
        }
        write();
    }

    private void write() {
        int number;
        synchronized (this) {
            if (writing || wanted == NONE) {
                return;
            }
            number = wanted;
            wanted = NONE;
            writing = true;
        }
        calls.submit("sparkplug:" + uplink, () -> write(number), PATIENCE, Runnable::run, this::written)
                .returned(this::back);
    }

    private int write(int number) throws IOException {
        Storage folder = storage.folder(FOLDER);
        try (StorageFile file = folder.open(uplink + NEW)) {
            byte[] text = String.valueOf(number).getBytes(StandardCharsets.US_ASCII);
            file.truncate(0);
            file.write(ByteBuffer.wrap(text), 0);
            file.sync();
        }
        folder.rename(uplink + NEW, uplink);
        folder.syncFolder();
        return number;
    }

    private void written(Outcome<Integer> outcome) {
        // After a restart one number may come again: worse than nothing, better than no connection.
        outcome.failure().ifPresent(why -> LOG.warn("uplink {}: bdSeq cannot be kept: {}", uplink, why.getMessage()));
        boolean late =
                outcome.failure().filter(TimeoutException.class::isInstance).isPresent();
        List<Runnable> told;
        synchronized (this) {
            // It may have come back already, which ends the write by itself.
            hangs = late && writing;
            writing &= late;
            told = writing || wanted == NONE ? List.copyOf(waiting) : List.of();
            waiting.removeAll(told);
        }
        told.forEach(Runnable::run);
        write();
    }

    /** The write that was given up has come back. */
    private void back() {
        synchronized (this) {
            writing = false;
            hangs = false;
        }
        write();
    }

    /** The number of the last process's last connection; -1 where there is none. */
    private int kept() {
        try {
            Storage folder = storage.folder(FOLDER);
            if (!folder.list().contains(uplink)) {
                return NONE;
            }
            try (StorageFile file = folder.open(uplink)) {
                ByteBuffer text = ByteBuffer.allocate(8);
                int length = Math.max(0, file.read(text, 0));
                int number = Integer.parseInt(new String(text.array(), 0, length, StandardCharsets.US_ASCII));
                return Math.floorMod(number, ROUND);
            }
        } catch (IOException | NumberFormatException lost) {
            LOG.warn("uplink {}: bdSeq begins at 0, the last one cannot be read: {}", uplink, lost.getMessage());
            return NONE;
        }
    }
}
