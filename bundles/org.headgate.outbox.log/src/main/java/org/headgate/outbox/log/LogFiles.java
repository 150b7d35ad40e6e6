package org.headgate.outbox.log;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.headgate.data.api.Flow;
import org.headgate.outbox.api.OutboxBatch;
import org.headgate.outbox.api.OutboxSettings;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Loop;
import org.headgate.system.api.Storage;

/**
 * The files of a log, to whoever writes them: one at a time, on threads that may block. After the close nothing is touched any more, for
 * a successor may have them.
 */
final class LogFiles {
    private final Ledger ledger;
    private final SegmentWriter writer;
    private final Quarantine quarantine;
    private final GroupCommit commits;
    private final CursorSaver cursor;
    private final Wear wear;
    private final Rate rate;
    private final Clock clock;
    private boolean ended;

    LogFiles(
            String owner,
            OutboxSettings settings,
            Storage folder,
            Recovery found,
            Flow flow,
            Positions positions,
            Lanes lanes,
            Pending pending,
            Object reading,
            Lifetime lifetime,
            Limits limits,
            Trouble trouble,
            Calls calls,
            Loop loop,
            Clock clock) {
        this.clock = clock;
        ledger = found.ledger;
        quarantine = new Quarantine(folder, settings.maxBytes());
        wear = new Wear(flow);
        rate = new Rate(clock.monotonicNanos());
        cursor = new CursorSaver(
                owner,
                folder,
                found.log,
                flow,
                positions,
                reading,
                lifetime,
                calls,
                loop,
                trouble,
                wear,
                this::saveCursor);
        writer = new SegmentWriter(folder, found, settings, lifetime, cursor::left);
        Room room = new Room(limits, positions, lanes, pending, flow, ledger, cursor);
        commits = new GroupCommit(
                settings, found, flow, positions, lanes, pending, writer, limits, room, cursor, wear, rate, clock);
    }

    Wear wear() {
        return wear;
    }

    /** How many bytes a second are added to the log now. */
    double bytesPerSecond() {
        return rate.perSecond(clock.monotonicNanos());
    }

    /** Something was settled; the flow's monitor is held. */
    void saveCursorSoon() {
        cursor.soon();
    }

    /** Makes one group commit; says whether it left rows that had waited for it. */
    synchronized boolean commit(boolean inMemory) throws IOException {
        return !ended && commits.run(inMemory);
    }

    /** Takes what waits past the disk; says whether it left rows that had waited for it. */
    synchronized boolean pass() {
        return !ended && commits.pass();
    }

    /** Keeps a refused batch; false where it cannot. While the disk takes nothing, not even who waits for it may: its rows are only counted. */
    synchronized boolean quarantine(OutboxBatch batch) {
        if (ended || commits.isPassing()) {
            quarantine.pass(batch);
            return false;
        }
        int bytes = quarantine.put(batch);
        wear.wrote(bytes, bytes > 0 ? 2 : 0);
        return bytes > 0;
    }

    /** Refused rows that are not kept. */
    long refusedLost() {
        return quarantine.lost();
    }

    /** The names of the refused batches that are kept. */
    synchronized List<String> refused() throws IOException {
        open();
        return quarantine.names();
    }

    /** A refused batch. One at a time, as commits wait for it. */
    synchronized Optional<OutboxBatch> refused(String name) {
        return ended ? Optional.empty() : quarantine.read(name);
    }

    /** Deletes the refused batches that somebody has seen. */
    synchronized int clearRefused(String newest, long lost) throws IOException {
        open();
        int count = quarantine.clear(newest, lost);
        wear.wrote(0, 1);
        return count;
    }

    private void open() throws IOException {
        if (ended) {
            throw new IOException("the outbox is being closed");
        }
    }

    /** Writes down what is settled and what is to be reported. */
    synchronized boolean saveCursor() throws IOException {
        if (!ended && !commits.isPassing()) {
            commits.saveLedger();
            cursor.save();
            commits.voidFailed();
        }
        return true;
    }

    /** Deletes what is settled, where the disk is full and nothing else does it now. */
    synchronized void makeRoom() {
        if (!ended) {
            commits.makeRoom();
        }
    }

    /**
     * Commits all that waits, and ends.
     *
     * @throws IOException when the disk does not take all of it
     */
    synchronized void close() throws IOException {
        try {
            commitAll();
        } finally {
            writer.close();
            ended = true;
        }
    }

    private void commitAll() throws IOException {
        try {
            boolean more = true;
            while (more) {
                more = commit(false);
            }
            ledger.giveBack();
        } finally {
            // Also where the rows are lost: what was sent need not come again.
            commits.saveLedger();
            commits.seal();
            cursor.save();
        }
    }
}
