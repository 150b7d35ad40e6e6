package org.headgate.outbox.log;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.headgate.data.api.Flow;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Loop;
import org.headgate.system.api.Outcome;
import org.headgate.system.api.Storage;

/** Saves the cursor, once a second at most while it moves, and deletes the segments that it has done with. */
final class CursorSaver {
    static final Duration INTERVAL = Duration.ofSeconds(1);

    private final String owner;
    private final Storage folder;
    private final String log;
    private final Flow flow;
    private final Positions positions;
    private final Object reading;
    private final Lifetime lifetime;
    private final Calls calls;
    private final Loop loop;
    private final Trouble trouble;
    private final Wear wear;
    private final Callable<Boolean> saving;
    /** Gone, but their files are still there; guarded by whoever saves and deletes, one at a time. */
    private final List<Segment> undeleted = new ArrayList<>();

    private boolean due;
    /** What the file holds; what is settled in memory moves the cursor, but not its file. */
    private byte[] saved = {};

    /**
     * A saver.
     *
     * @param reading is held while a file is deleted
     * @param saving does what is to be done once a second; on a thread that may block
     */
    CursorSaver(
            String owner,
            Storage folder,
            String log,
            Flow flow,
            Positions positions,
            Object reading,
            Lifetime lifetime,
            Calls calls,
            Loop loop,
            Trouble trouble,
            Wear wear,
            Callable<Boolean> saving) {
        this.owner = owner;
        this.folder = folder;
        this.log = log;
        this.flow = flow;
        this.positions = positions;
        this.reading = reading;
        this.lifetime = lifetime;
        this.calls = calls;
        this.loop = loop;
        this.trouble = trouble;
        this.wear = wear;
        this.saving = saving;
    }

    /** Something was settled; the flow's monitor is held. */
    void soon() {
        if (!due) {
            due = true;
            loop.schedule(INTERVAL, () -> calls.submit(owner, saving, Duration.ZERO, loop, this::saved));
        }
    }

    private void saved(Outcome<Boolean> outcome) {
        synchronized (flow) {
            due = false;
            trouble.went(Trouble.Doing.REMEMBER, outcome.failure());
            if (outcome.failure().isPresent()) {
                soon();
            }
        }
    }

    /** Saves it now; blocks. */
    void save() throws IOException {
        Cursor cursor;
        List<Segment> done;
        synchronized (flow) {
            cursor = positions.cursor(log, lifetime.hours());
            done = positions.takeSettled();
        }
        boolean covered = false;
        try {
            byte[] bytes = cursor.bytes();
            if (!Arrays.equals(bytes, saved)) {
                Cursor.save(folder, bytes);
                saved = bytes;
                wear.wrote(bytes.length, 2);
            }
            synchronized (flow) {
                done.addAll(positions.takeSettled(cursor));
            }
            covered = true;
        } finally {
            // Even where the cursor cannot be written: a full disk gets room this way.
            delete(done, covered);
        }
    }

    /**
     * Deletes what is settled, where neither that nor what is to be reported can be written down: a full disk gets room this way. What
     * holds rows that were dropped, and no file says so, stays.
     */
    void makeRoom() {
        List<Segment> done;
        synchronized (flow) {
            done = positions.takeTold();
        }
        delete(done, false);
    }

    /** A file could not be deleted that must be gone before any other. */
    void left(Segment segment) {
        undeleted.add(0, segment);
    }

    /**
     * Deletes the files of segments that are gone, and those that could not be deleted before; blocks.
     *
     * @param covered whether the disk knows that their rows are settled; else one after the other, as a crash that leaves an older one
     *     must not leave a hole behind it, which would be damage
     */
    void delete(List<Segment> segments, boolean covered) {
        undeleted.addAll(segments);
        if (covered) {
            undeleted.removeIf(this::isDeleted);
        } else {
            while (!undeleted.isEmpty() && isDeleted(undeleted.get(0)) && isSynced()) {
                undeleted.remove(0);
            }
        }
        if (undeleted.isEmpty()) {
            trouble.isOver(Trouble.Doing.DELETE);
        }
    }

    private boolean isSynced() {
        try {
            folder.syncFolder();
            wear.wrote(0, 1);
            return true;
        } catch (IOException unknown) {
            return false;
        }
    }

    private boolean isDeleted(Segment segment) {
        // Not while it is being opened: a reader that comes too late would make the file again.
        try {
            synchronized (reading) {
                folder.delete(Segment.file(segment.number));
            }
            return true;
        } catch (IOException staysThere) {
            trouble.is(Trouble.Doing.DELETE, staysThere);
            return false;
        }
    }
}
