package org.headgate.outbox.log;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.headgate.codec.ByteInput;
import org.headgate.codec.RowCodec;
import org.headgate.data.api.DropReason;
import org.headgate.system.api.Storage;
import org.headgate.system.api.StorageFile;

/**
 * Opens what lies in a folder, whatever its state. Full segments are known by their summaries; the last one and those without a
 * good summary are read, over damage to the next good record; what is missing is counted, what is no segment is set aside. It
 * writes nothing but renames; the next commit begins a segment of its own, so nothing is ever written behind damaged bytes.
 */
final class Recovery {
    /** The fewest bytes that a batch can take: how many numbers damaged bytes may have held. */
    private static final int LEAST_BATCH = Frame.HEAD + 8;

    final TreeMap<Long, Segment> segments = new TreeMap<>();
    final Ledger ledger = new Ledger();
    /** Makes identities. */
    final Supplier<String> newLog;

    String log;
    /** The rows that need not be sent: acknowledged, dropped, missing. */
    Settled settled = new Settled();

    long nextNumber;
    long nextOrdinal;
    /** Rows that are missing. */
    long lostRows;
    /** Files that were set aside. */
    int quarantined;
    /** The seconds that the log has lived through. */
    long lived;

    private final Storage folder;
    private final Patience patience;
    private final SegmentFiles files;
    private final Damage damage;
    private final Window window;
    private final Ledger late = new Ledger();
    /** The highest number of each stream's batches that were read. */
    private final Map<String, Long> numbers = new HashMap<>();

    private long expected;
    private long unattributed;

    Recovery(Storage folder, Patience patience, Supplier<String> newLog) {
        this.newLog = newLog;
        this.folder = folder;
        this.patience = patience;
        files = new SegmentFiles(folder, patience);
        damage = patience.damage(folder);
        window = new Window(Window.CHUNK, damage);
    }

    /**
     * Reads the folder; the log gets a new identity where there is no segment to go on from.
     *
     * @throws IOException when something cannot be read that may be good: the same may be tried again
     */
    Recovery run() throws IOException {
        TreeMap<Long, Head> heads = files.list().heads;
        nextNumber = files.nextNumber;
        if (heads.isEmpty()) {
            log = newLog.get();
            files.adopt(log, Long.MAX_VALUE);
            quarantined = files.quarantined;
            return this;
        }
        Cursor saved = cursor();
        log = saved != null && saved.isOf(heads.get(saved.segment()))
                ? saved.log()
                : heads.lastEntry().getValue().log();
        files.keepOnly(log);
        boolean known = saved != null && saved.log().equals(log);
        long from = known ? saved.segment() : 0;
        files.adopt(log, known ? Math.min(from, heads.firstKey()) : heads.firstKey());
        Head last = heads.lastEntry().getValue();
        quarantined = files.quarantined;
        if (known && from >= nextNumber) {
            return anew(from, newLog.get());
        }
        files.deleteBefore(Math.min(from, last.number()));
        if (known) {
            settled = saved.settled();
            lived = saved.lived();
        }
        if (!known || !files.isAside(from)) {
            // What lies before the first segment was settled before it was deleted.
            settled.add(0, heads.firstEntry().getValue().start());
        }
        settled.addAll(LastWord.settled(heads, folder, window));
        long damaged = 0;
        for (Head head : heads.values()) {
            if (!known && files.wasDeletedBefore(head.number())) {
                settled.add(expected, head.start());
            }
            Map.Entry<Long, Head> next = heads.higherEntry(head.number());
            damaged = take(head, next == null ? Long.MAX_VALUE : next.getValue().previous());
        }
        long end = segments.lastEntry().getValue().end;
        nextOrdinal = Math.max(end, settled.end());
        lost(end, nextOrdinal);
        // Newer segments that could not be read were counted by their bytes; the last good one by its own damage.
        damaged += files.asideBehind(last.number());
        if (damaged > 0 || nextOrdinal > end) {
            // Rows that the cursor knows and no segment had numbers, too: at most one each.
            ledger.skip(damaged / LEAST_BATCH + 1 + nextOrdinal - end);
        }
        ledger.passReserved();
        late.copyTo(ledger);
        return this;
    }

    private Cursor cursor() throws IOException {
        try {
            return Cursor.load(folder);
        } catch (IOException unreadable) {
            patience.giveUp(folder, unreadable);
            return null;
        }
    }

    /** The segment of the cursor has vanished: nobody knows which numbers were used, so counting begins again. */
    private Recovery anew(long vanished, String newLog) {
        files.deleteBefore(Long.MAX_VALUE);
        nextNumber = vanished + 1;
        log = newLog;
        return this;
    }

    static int size(StorageFile file) throws IOException {
        return (int) Math.min(Integer.MAX_VALUE, file.size());
    }

    /** Takes a segment up to an ordinal; returns how many of its bytes are damaged. */
    private long take(Head found, long limit) throws IOException {
        Head head = found.lived() == Head.UNKNOWN
                ? new Head(found.log(), found.number(), found.previous(), found.start(), lived)
                : found;
        Segment segment = new Segment(head.number(), head.start());
        segments.put(head.number(), segment);
        lost(expected, head.previous());
        settled.add(head.previous(), head.start());
        expected = Math.max(expected, head.start());
        lived = Math.max(lived, head.lived());
        try (StorageFile file = folder.open(Segment.file(head.number()))) {
            segment.bytes = file.size();
            if (limit != Long.MAX_VALUE && isSummarized(file, segment, head, limit)) {
                return 0;
            }
            return scan(file, segment, head, limit);
        }
    }

    /** Whether a good summary says all of a full segment, and no newer segment has voided some of it. */
    private boolean isSummarized(StorageFile file, Segment segment, Head head, long limit) throws IOException {
        Ledger then = new Ledger();
        Summary summary;
        try {
            summary = Summary.find(file, head.number(), then, damage);
        } catch (RuntimeException malformed) {
            return false;
        }
        if (summary == null || summary.end() > limit) {
            return false;
        }
        segment.summarized(summary);
        summary.index().holes().forEach(hole -> settled.add(hole.from(), hole.to()));
        if (settled.count(head.start(), summary.end()) == 0) {
            summary.totals().forEach((stream, total) -> segment.hold(stream, total.rows, total.reports));
        } else {
            for (BatchIndex.Item item : summary.index().items()) {
                if (!settled.contains(item.ordinal())) {
                    segment.hold(item.stream(), item.rows(), item.reports());
                }
            }
        }
        ledger.become(then);
        lived = Math.max(lived, summary.lived());
        expected = Math.max(expected, segment.end);
        return true;
    }

    /** Reads the batches of a segment up to an ordinal; returns how many of its bytes are damaged. */
    private long scan(StorageFile file, Segment segment, Head head, long limit) throws IOException {
        int size = size(file);
        window.over(file, head.number());
        boolean headTaken = false;
        long good = 0;
        for (Frame frame = window.next(0, size); frame != null; frame = window.next(frame.end(), size)) {
            try {
                if (frame.type() == Frame.SEGMENT && !headTaken) {
                    headTaken = true;
                    Head.get(window.payload(frame), ledger);
                } else if (!take(segment, head, frame, limit)) {
                    return 0;
                }
            } catch (RuntimeException malformed) {
                // Good checksum, bad content: counted like damage, by the gap that it leaves.
            }
            good += frame.end() - frame.offset();
            segment.committed = frame.end();
        }
        segment.end = Math.max(segment.end, Math.min(expected, limit));
        return size - good;
    }

    /** Takes one record; false when it was superseded by a newer segment, as all behind it were. */
    private boolean take(Segment segment, Head head, Frame frame, long limit) {
        ByteInput in = window.payload(frame);
        switch (frame.type()) {
            case Frame.SCHEMA -> segment.schemas.put((int) in.getVarint(), RowCodec.getSchema(in));
            case Frame.DROPPED -> ledger.getUnreported(in);
            case Frame.BATCH -> {
                BatchRecord batch = BatchRecord.head(in);
                if (batch.ordinal() >= limit) {
                    return false;
                }
                // Ordinals ascend: what goes back is left of an older file of this number, in blocks used again.
                if (batch.ordinal() >= segment.end && segment.schemas.keySet().containsAll(batch.schemas())) {
                    in.getVarint();
                    take(segment, batch, in.getZigzag());
                    segment.newest = head.lived() + batch.age();
                    lived = Math.max(lived, segment.newest);
                }
            }
            default -> {}
        }
        return true;
    }

    private void take(Segment segment, BatchRecord batch, long timeNanos) {
        batch.unwritten().forEach(run -> settled.add(run.from(), run.to()));
        lost(expected, batch.ordinal());
        segment.index.add(batch);
        if (batch.seq() <= numbers.getOrDefault(batch.stream(), 0L)) {
            // A commit that failed has left the same number before, and the head that voids it is torn: neither was
            // promised.
            settled.add(batch.ordinal(), batch.end());
        }
        numbers.merge(batch.stream(), batch.seq(), Math::max);
        if (settled.contains(batch.ordinal())) {
            segment.end = batch.end();
        } else {
            if (unattributed > 0 && batch.seq() > ledger.next(batch.stream())) {
                late.dropped(batch.stream(), Map.of(DropReason.CORRUPT.label(), unattributed));
                unattributed = 0;
            }
            segment.add(batch, timeNanos);
        }
        expected = batch.end();
        ledger.committed(batch.stream(), batch.seq(), batch.dropped());
    }

    private void lost(long from, long to) {
        long rows = settled.add(from, to);
        unattributed += rows;
        lostRows += rows;
    }
}
