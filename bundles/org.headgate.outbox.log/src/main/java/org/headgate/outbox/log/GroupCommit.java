package org.headgate.outbox.log;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.headgate.data.api.DropReason;
import org.headgate.data.api.Flow;
import org.headgate.outbox.api.OutboxSettings;
import org.headgate.system.api.Clock;

/**
 * Takes the rows that wait and makes numbered batches of them: on disk, or in memory. What was in memory comes to disk before what is
 * newer, with the numbers that it had. Used under the writing lock, on threads that may block.
 */
final class GroupCommit {
    /** Numbers that are reserved at a time for the batches of a stream that stay in memory: one write for so many. */
    static final int AHEAD = 1000;

    private final Ledger ledger;
    private final Flow flow;
    private final Positions positions;
    private final Lanes lanes;
    private final Pending pending;
    private final SegmentWriter writer;
    private final Limits limits;
    private final Room room;
    private final CursorSaver cursor;
    private final Holder holder;
    private final Wear wear;
    private final Rate rate;
    private final Clock clock;
    private final Supplier<String> newLog;
    /** Whose numbers batches have that go past a disk that fails; null while it does not. */
    private StandIn standIn;
    /** Since then the disk has taken something. */
    private boolean takes;

    /** Rows that waited when the commit began and are not taken. */
    private int left;
    /** What is in memory is being written, a portion with each commit, until nothing of it is left. */
    private boolean spilling;
    /** How many drops the commit tells of. */
    private long tells;

    GroupCommit(
            OutboxSettings settings,
            Recovery found,
            Flow flow,
            Positions positions,
            Lanes lanes,
            Pending pending,
            SegmentWriter writer,
            Limits limits,
            Room room,
            CursorSaver cursor,
            Wear wear,
            Rate rate,
            Clock clock) {
        ledger = found.ledger;
        newLog = found.newLog;
        this.flow = flow;
        this.positions = positions;
        this.lanes = lanes;
        this.pending = pending;
        this.writer = writer;
        this.limits = limits;
        this.room = room;
        this.cursor = cursor;
        this.wear = wear;
        this.rate = rate;
        this.clock = clock;
        holder = new Holder(ledger, settings);
    }

    /**
     * Makes one group commit.
     *
     * @param inMemory whether rows stay in memory, unless there are too many or they wait too long
     * @return whether rows are left that waited when it began: more than a commit holds, or behind a cut
     */
    boolean run(boolean inMemory) throws IOException {
        boolean hold = inMemory && !isSpilling();
        boolean alone = room.make(hold);
        if (alone) {
            writer.close();
        }
        boolean successor = false;
        left = 0;
        try {
            if (standIn != null && !takes) {
                // The disk has to take something again, and what it may hold of the rows that went past it is void.
                save();
                takes = true;
            }
            if (hold && !alone) {
                // First: the rows of a commit that failed get other batches now, under the same numbers.
                voidFailed();
                reserved(waiting(Pending.ANY));
            } else {
                spilling = spill();
                if (!spilling) {
                    take(alone);
                }
            }
            if (room.hasDoomed()) {
                saveLedger();
            }
            successor = true;
            if (!spilling) {
                standIn = null;
            }
            return left > 0 || spilling;
        } catch (IOException failed) {
            makeRoom();
            throw failed;
        } finally {
            spilling &= successor;
            takes = successor && standIn != null;
            // Even where it failed: a full disk gets room this way.
            room.clear(successor, alone);
        }
    }

    /**
     * Makes batches of what waits that stay in memory, though no number can be reserved for them; touches no file.
     *
     * @return whether rows are left that waited when it began and there is room for
     */
    boolean pass() {
        if (standIn == null) {
            standIn = new StandIn(newLog.get());
        }
        List<Entry> rows = waiting(positions.memory::hasRoom);
        hold(rows, standIn);
        return left > 0 && !rows.isEmpty();
    }

    /** Whether rows go past the disk now. */
    boolean isPassing() {
        return standIn != null;
    }

    /** Takes the rows that wait to disk; the segment that carries the counting on is begun even without rows. */
    private void take(boolean alone) throws IOException {
        List<Entry> rows = waiting(Pending.ANY);
        if (!rows.isEmpty()) {
            writer.goOn(next());
        }
        if (alone || !rows.isEmpty()) {
            write(List.of(), rows);
        }
        voidFailed();
    }

    /** Writes down what is to be reported, where no file knows of it: what is behind the cursor must not be forgotten. */
    void saveLedger() throws IOException {
        if (ledger.isChanged()) {
            try {
                save();
            } catch (IOException full) {
                cursor.makeRoom();
                throw full;
            }
        }
    }

    /** While rows go past the disk nothing is deleted but by this. */
    void makeRoom() {
        if (standIn != null) {
            cursor.makeRoom();
        }
    }

    /**
     * Voids what a commit that failed may have left on the disk, where no later one has: of what stays in memory instead and is settled
     * there, a crash would bring it back.
     */
    void voidFailed() throws IOException {
        if (writer.isInDoubt()) {
            save();
        }
    }

    private void save() throws IOException {
        synchronized (flow) {
            freeze();
        }
        write(List.of(), List.of());
    }

    /** Ends the segment, so that the next start need not read it. */
    void seal() throws IOException {
        synchronized (flow) {
            freeze();
        }
        int bytes = writer.seal();
        wear.wrote(bytes, bytes > 0 ? 1 : 0);
    }

    /** The rows of the next commit: none behind a cut goes with those before it. */
    private List<Entry> waiting(Pending.Room room) {
        synchronized (flow) {
            left = pending.size();
            freeze();
            return pending.first(lanes.untilCut(), room);
        }
    }

    private long next() {
        synchronized (flow) {
            return positions.next();
        }
    }

    private void freeze() {
        ledger.freeze(positions.settled.below(positions.end()));
        tells = positions.drops();
    }

    private void reserved(List<Entry> rows) throws IOException {
        Map<String, Integer> most = new HashMap<>();
        rows.forEach(entry -> most.merge(entry.stream(), 1, Integer::sum));
        if (ledger.reserve(most, AHEAD)) {
            saveLedger();
            ledger.granted();
        }
        hold(rows, null);
    }

    private void hold(List<Entry> rows, StandIn numbers) {
        List<Entry> tooLarge = new ArrayList<>();
        List<Held> made = holder.hold(rows, numbers, next(), clock.monotonicNanos(), tooLarge);
        synchronized (flow) {
            for (Held batch : made) {
                positions.hold(batch);
                rate.add(batch.bytes(), clock.monotonicNanos());
            }
            taken(rows.size(), tooLarge);
        }
    }

    private boolean isSpilling() {
        synchronized (flow) {
            spilling |= positions.memory.isDue(clock.monotonicNanos());
            spilling &= !positions.memory.isEmpty();
            return spilling;
        }
    }

    /**
     * Writes a portion of what is in memory, and what of it is settled: the cursor speaks of nothing that is not on disk. Says whether
     * more is left: for that room has to be made first.
     */
    private boolean spill() throws IOException {
        List<Held> first;
        synchronized (flow) {
            freeze();
            first = positions.memory.first(limits.segmentBytes());
        }
        if (first.isEmpty()) {
            return false;
        }
        write(first, List.of());
        synchronized (flow) {
            cursor.soon();
            return !positions.memory.isEmpty();
        }
    }

    private void write(List<Held> held, List<Entry> rows) throws IOException {
        Commit commit = writer.write(held, rows, limits.segmentBytes());
        synchronized (flow) {
            // A segment that is begun costs a sync of the folder, too.
            wear.wrote(commit.bytes(), commit.segment().committed == 0 ? 2 : 1);
            if (held.isEmpty()) {
                rate.add(commit.bytes(), clock.monotonicNanos());
            }
            positions.committed(commit);
            positions.told(tells);
            taken(commit.taken(), commit.tooLarge());
        }
    }

    private void taken(int rows, List<Entry> tooLarge) {
        pending.removeFirst(rows);
        left -= rows;
        lanes.committed(rows);
        flow.dropped(DropReason.REFUSED, tooLarge.size());
        for (Entry entry : tooLarge) {
            ledger.dropped(entry.stream(), Map.of(DropReason.REFUSED.label(), 1L));
        }
    }
}
