package org.headgate.outbox.log;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.headgate.codec.ByteInput;
import org.headgate.codec.RowCodec;
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
    String log;
    Cursor cursor;
    long nextNumber;
    long nextOrdinal;
    /** Rows that damage has cost and that no earlier start has counted. */
    long lostRows;
    /** Files that were set aside. */
    int quarantined;
    /** The seconds that the log has lived through. */
    long lived;

    private final Storage folder;
    private final SegmentFiles files;
    private final Window window;
    private final Losses losses = new Losses();
    private long expected;

    Recovery(Storage folder) {
        this.folder = folder;
        files = new SegmentFiles(folder);
        window = new Window(Window.CHUNK, new Damage(folder, 0));
    }

    /** Reads the folder; the log gets a new identity where there is no segment to go on from. */
    Recovery run(Supplier<String> newLog) throws IOException {
        TreeMap<Long, Head> heads = files.list().heads;
        nextNumber = files.nextNumber;
        quarantined = files.quarantined;
        if (heads.isEmpty()) {
            log = newLog.get();
            cursor = new Cursor(log, nextNumber << 32, 0);
            return this;
        }
        long last = heads.lastKey();
        log = heads.get(last).log();
        files.keepOnly(log);
        quarantined = files.quarantined;
        Cursor saved = Cursor.load(folder);
        boolean known = saved != null && saved.log().equals(log);
        long from = known ? saved.position() >>> 32 : 0;
        if (known && from >= nextNumber) {
            return anew(from, newLog.get());
        }
        files.deleteBefore(Math.min(from, last));
        Head first = heads.firstEntry().getValue();
        cursor = known && saved.position() >= first.number() << 32
                ? saved
                : new Cursor(log, first.number() << 32, first.start());
        expected = known && files.isAside(from) ? saved.ordinal() : cursor.ordinal();
        long damaged = 0;
        for (Head head : heads.values()) {
            Map.Entry<Long, Head> next = heads.higherEntry(head.number());
            damaged = take(head, next == null ? Long.MAX_VALUE : next.getValue().start());
        }
        nextOrdinal = Math.max(segments.lastEntry().getValue().end, cursor.ordinal());
        // Newer segments that could not be read were counted by their bytes; the last good one by its own damage.
        damaged += files.asideBehind(last);
        if (damaged > 0) {
            ledger.skip(damaged / LEAST_BATCH + 1);
        }
        leaveOutWhatIsKnownAsLost();
        lostRows = losses.report(ledger);
        return this;
    }

    /** The segment of the cursor has vanished: nobody knows which numbers were used, so counting begins again. */
    private Recovery anew(long vanished, String newLog) {
        files.deleteBefore(Long.MAX_VALUE);
        nextNumber = vanished + 1;
        log = newLog;
        cursor = new Cursor(log, nextNumber << 32, 0);
        return this;
    }

    /** Takes a segment up to an ordinal; returns how many of its bytes are damaged. */
    private long take(Head head, long limit) {
        Segment segment = new Segment(head.number(), head.start());
        segments.put(head.number(), segment);
        missing(null, expected, head.start());
        expected = Math.max(expected, head.start());
        lived = Math.max(lived, head.lived());
        try (StorageFile file = folder.open(Segment.file(head.number()))) {
            segment.bytes = file.size();
            if (limit != Long.MAX_VALUE && summarized(file, segment, head, limit)) {
                return 0;
            }
            return scan(file, segment, head, limit);
        } catch (IOException unreadable) {
            return 0;
        }
    }

    /** Whether a good summary says all of a full segment, and no newer segment has voided some of it. */
    private boolean summarized(StorageFile file, Segment segment, Head head, long limit) {
        boolean partly = cursor.position() > segment.position(0);
        Ledger then = new Ledger();
        Summary summary;
        try {
            summary = Summary.find(file, head, then, partly ? Summary.Part.ALL : Summary.Part.TOTALS);
        } catch (IOException | RuntimeException damaged) {
            return false;
        }
        if (summary == null || summary.end() > limit) {
            return false;
        }
        segment.summarized(summary);
        if (partly) {
            for (BatchIndex.Item item : summary.index().items()) {
                if (!settled(segment.position(item.offset()))) {
                    segment.hold(item.stream(), item.rows(), item.reports());
                }
            }
        } else {
            summary.totals().forEach((stream, total) -> segment.hold(stream, total.rows, total.reports));
        }
        ledger.become(then);
        lived = Math.max(lived, summary.lived());
        expected = Math.max(expected, segment.end);
        return true;
    }

    private long scan(StorageFile file, Segment segment, Head head, long limit) throws IOException {
        int size = (int) Math.min(Integer.MAX_VALUE, segment.bytes);
        window.over(file, head.number());
        boolean headTaken = false;
        long good = 0;
        Frame frame = window.next(0, size);
        while (frame != null) {
            try {
                ByteInput in = window.payload(frame);
                if (frame.type() == Frame.SEGMENT && !headTaken) {
                    headTaken = true;
                    Head.get(in, ledger);
                } else if (!take(segment, head, frame, in, limit)) {
                    return 0;
                }
            } catch (RuntimeException malformed) {
                // Good checksum, bad content: counted like damage, by the gap that it leaves.
            }
            good += frame.end() - frame.offset();
            segment.committed = frame.end();
            frame = window.next(frame.end(), size);
        }
        segment.end = Math.max(segment.end, Math.min(expected, limit));
        return size - good;
    }

    /** Takes one record; false when it was superseded by a newer segment, as all behind it were. */
    private boolean take(Segment segment, Head head, Frame frame, ByteInput in, long limit) {
        switch (frame.type()) {
            case Frame.SCHEMA -> segment.schemas.put((int) in.getVarint(), RowCodec.getSchema(in));
            case Frame.DROPPED -> ledger.getUnreported(in);
            case Frame.BATCH -> {
                BatchRecord batch = BatchRecord.head(in);
                if (batch.ordinal() >= limit) {
                    return false;
                }
                if (segment.schemas.keySet().containsAll(batch.schemas())) {
                    in.getVarint();
                    take(segment, frame, batch, in.getZigzag());
                    segment.newest = head.lived() + batch.age();
                    lived = Math.max(lived, segment.newest);
                }
            }
            default -> {}
        }
        return true;
    }

    private void take(Segment segment, Frame frame, BatchRecord batch, long timeNanos) {
        segment.index.add(frame.offset(), frame.end(), batch);
        if (!settled(segment.position(frame.offset()))) {
            missing(segment, expected, batch.ordinal());
            if (batch.seq() > ledger.next(batch.stream())) {
                losses.belongTo(batch.stream());
            }
            segment.add(batch, timeNanos);
            expected = batch.end();
        }
        ledger.committed(batch.stream(), batch.seq(), batch.dropped());
    }

    private boolean settled(long position) {
        return position < cursor.position();
    }

    private void missing(Segment segment, long from, long to) {
        if (to > from) {
            losses.add(from, to);
            if (segment != null) {
                segment.gap(from, to - from);
            }
        }
    }

    /** What a reader found damaged in a full segment, an earlier process has counted and reported. */
    private void leaveOutWhatIsKnownAsLost() {
        for (Segment segment : segments.values()) {
            if (segment.index != null || ledger.lostBetween(segment.start, segment.end) == 0) {
                continue;
            }
            Head head = new Head(log, segment.number, segment.start, 0);
            try (StorageFile file = folder.open(Segment.file(segment.number))) {
                Summary summary = Summary.find(file, head, new Ledger(), Summary.Part.ALL);
                for (BatchIndex.Item item : summary.index().items()) {
                    if (ledger.lostAt(item.ordinal()) > 0 && !settled(segment.position(item.offset()))) {
                        segment.gap(item.ordinal(), item.rows());
                        segment.settle(item.stream(), item.rows(), item.reports());
                    }
                }
            } catch (IOException | RuntimeException damagedNow) {
                // They are counted once more.
            }
        }
    }
}
