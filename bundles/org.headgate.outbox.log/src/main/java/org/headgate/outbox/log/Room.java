package org.headgate.outbox.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.headgate.data.api.DropReason;
import org.headgate.data.api.Flow;

/** Makes room for the next commit: gives up what is too old or too much, or refuses what comes. Used under the writing lock. */
final class Room {
    private final Limits limits;
    private final Positions positions;
    private final Lanes lanes;
    private final Pending pending;
    private final Flow flow;
    private final Ledger ledger;
    private final CursorSaver files;
    /** Given up but not deleted: where nothing else is left the last segment stays until its successor is there. */
    private final List<Segment> doomed = new ArrayList<>();

    Room(
            Limits limits,
            Positions positions,
            Lanes lanes,
            Pending pending,
            Flow flow,
            Ledger ledger,
            CursorSaver files) {
        this.limits = limits;
        this.positions = positions;
        this.lanes = lanes;
        this.pending = pending;
        this.flow = flow;
        this.ledger = ledger;
        this.files = files;
    }

    /**
     * Gives up what has to go; says whether no segment is left, so that another one must be begun even without rows.
     *
     * @param hold whether the rows that come stay in memory: then they need no room
     */
    boolean make(boolean hold) {
        long held;
        synchronized (flow) {
            held = positions.bytes();
        }
        limits.look(held);
        synchronized (flow) {
            boolean needed = !hold && (!pending.isEmpty() || !positions.memory.isEmpty());
            while (!positions.segments.isEmpty()) {
                Segment oldest = positions.segments.firstEntry().getValue();
                if (limits.isExpired(oldest) && (oldest.waiting > 0 || positions.segments.size() > 1)) {
                    doomed.add(positions.dropOldest(DropReason.EXPIRED));
                } else if (needed && limits.isFull(positions.bytes()) && limits.dropsOldest(oldest)) {
                    doomed.add(positions.dropOldest(DropReason.OUTBOX_FULL));
                } else {
                    break;
                }
            }
            if (needed && limits.isFull(positions.bytes())) {
                refuseWhatComes();
            }
            if (!doomed.isEmpty()) {
                ledger.mustBeSaved();
            }
            return positions.segments.isEmpty() && !doomed.isEmpty();
        }
    }

    private void refuseWhatComes() {
        flow.dropped(DropReason.OUTBOX_FULL, pending.size());
        for (Entry entry : pending) {
            ledger.dropped(entry.stream(), Map.of(DropReason.OUTBOX_FULL.label(), 1L));
        }
        lanes.committed(pending.size());
        pending.clear();
    }

    /** Whether something was given up and is not deleted. */
    boolean hasDoomed() {
        return !doomed.isEmpty();
    }

    /**
     * Deletes what was given up.
     *
     * @param successor whether the disk knows what was given up, and has a segment that carries the counting on
     * @param alone whether no segment is left but for those given up
     */
    void clear(boolean successor, boolean alone) {
        Segment last = successor || !alone || doomed.isEmpty() ? null : doomed.remove(doomed.size() - 1);
        files.delete(doomed, successor);
        doomed.clear();
        if (last != null) {
            doomed.add(last);
        }
    }
}
