package org.headgate.outbox.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.headgate.codec.ByteInput;
import org.headgate.codec.RowCodec;
import org.headgate.data.api.DropReason;
import org.headgate.system.api.Storage;
import org.headgate.system.api.StorageFile;

/**
 * Opens what lies in a folder, whatever its state: reads every segment behind the cursor, goes over damage to the next good
 * record, counts what is missing, sets aside what is no segment. It writes nothing but renames; the next commit begins a
 * segment of its own, so nothing is ever written behind damaged bytes.
 */
final class Recovery {
    /** The fewest bytes that a batch can take: how many numbers damaged bytes may have held. */
    private static final int LEAST_BATCH = Frame.HEAD + 8;

    private static final int HEAD_BYTES = 16 << 10;
    private static final Pattern FILE = Pattern.compile("(quarantine-)?(\\d{10})\\.seg");

    final TreeMap<Long, Segment> segments = new TreeMap<>();
    final Ledger ledger = new Ledger();
    String log;
    /** The rows that need not be sent: acknowledged, dropped, missing. */
    Settled settled = new Settled();

    long nextNumber = 1;
    long nextOrdinal;
    /** Rows that are missing. */
    long lostRows;
    /** Files that were set aside. */
    int quarantined;

    private final Storage folder;
    private final Ledger late = new Ledger();
    private long expected;
    private long unattributed;
    /** Segments that could not be read, now or at an earlier start, and their bytes. */
    private final TreeMap<Long, Long> aside = new TreeMap<>();

    Recovery(Storage folder) {
        this.folder = folder;
    }

    /** Reads the folder; the log gets a new identity where there is no segment to go on from. */
    Recovery run(Supplier<String> newLog) throws IOException {
        TreeMap<Long, Head> heads = heads();
        long skipped = 0;
        if (heads.isEmpty()) {
            log = newLog.get();
            return this;
        }
        long last = heads.lastKey();
        log = heads.get(last).log();
        heads.entrySet().removeIf(entry -> !entry.getValue().log().equals(log) && setAside(entry.getKey(), 0));
        Cursor saved = Cursor.load(folder);
        boolean known = saved != null && saved.log().equals(log);
        long from = known ? saved.segment() : 0;
        if (known && from >= nextNumber) {
            return anew(heads, from, newLog.get());
        }
        removeSettled(heads, Math.min(from, last));
        Head first = heads.firstEntry().getValue();
        if (known) {
            settled = saved.settled();
        }
        if (!known || !aside.containsKey(from)) {
            // What lies before the first segment was settled before it was deleted.
            settled.add(0, first.start());
        }
        settled.addAll(settledAtTheEnd(last));
        for (Head head : heads.values()) {
            if (!known && wasDeleted(heads.lowerKey(head.number()), head.number())) {
                settled.add(expected, head.start());
            }
            Long next = heads.higherKey(head.number());
            long damaged =
                    scan(head, next == null ? Long.MAX_VALUE : heads.get(next).start());
            // Newer segments that could not be read were counted by their bytes; the last good one by its own damage.
            skipped = next == null ? damaged + bytes(aside.tailMap(last)) : 0;
        }
        nextOrdinal = Math.max(segments.lastEntry().getValue().end, settled.end());
        lost(segments.lastEntry().getValue().end, nextOrdinal);
        if (skipped > 0) {
            ledger.skip(skipped / LEAST_BATCH + 1);
        }
        late.copyTo(ledger);
        return this;
    }

    /** The segment of the cursor has vanished: nobody knows which numbers were used, so counting begins again. */
    private Recovery anew(TreeMap<Long, Head> heads, long vanished, String newLog) {
        removeSettled(heads, Long.MAX_VALUE);
        nextNumber = vanished + 1;
        log = newLog;
        return this;
    }

    /** Whether there were segments between two: with a cursor their rows would be known to be settled. */
    private boolean wasDeleted(Long before, long number) {
        return before != null
                && number > before + 1
                && aside.subMap(before, number).isEmpty();
    }

    /** What was settled when the newest of all that is left was written: newer than the cursor, it may be. */
    private Settled settledAtTheEnd(long last) {
        Ledger newest = new Ledger();
        ByteBuffer content = content(last, Integer.MAX_VALUE);
        for (Frame frame = content == null ? null : Frame.find(content, 0, content.capacity(), last);
                frame != null;
                frame = Frame.find(content, frame.end(), content.capacity(), last)) {
            try {
                if (frame.type() == Frame.SEGMENT) {
                    Head.find(content, last, newest);
                } else if (frame.type() == Frame.DROPPED) {
                    newest.getUnreported(frame.payload(content));
                }
            } catch (RuntimeException malformed) {
                // As if it had said nothing.
            }
        }
        return newest.settled();
    }

    private static long bytes(Map<Long, Long> files) {
        return files.values().stream().mapToLong(Long::longValue).sum();
    }

    private TreeMap<Long, Head> heads() throws IOException {
        TreeMap<Long, Head> heads = new TreeMap<>();
        for (String name : folder.list()) {
            Matcher matcher = FILE.matcher(name);
            if (!matcher.matches()) {
                continue;
            }
            long number = Long.parseLong(matcher.group(2));
            nextNumber = Math.max(nextNumber, number + 1);
            if (matcher.group(1) != null) {
                aside.put(number, size(name));
                continue;
            }
            // Where the first bytes are good they are enough.
            ByteBuffer content = content(number, HEAD_BYTES);
            Head head = content == null ? null : head(content, number);
            if (head == null) {
                content = content(number, Integer.MAX_VALUE);
                head = content == null ? null : head(content, number);
            }
            if (head != null) {
                heads.put(number, head);
            } else if (content != null && content.capacity() == 0) {
                folder.delete(name);
            } else {
                setAside(number, content == null ? 1 << 20 : content.capacity());
            }
        }
        return heads;
    }

    private static Head head(ByteBuffer content, long number) {
        try {
            return Head.find(content, number, new Ledger());
        } catch (RuntimeException foreign) {
            return null;
        }
    }

    private long size(String name) throws IOException {
        try (StorageFile file = folder.open(name)) {
            return file.size();
        }
    }

    private ByteBuffer content(long number, int most) {
        try (StorageFile file = folder.open(Segment.file(number))) {
            return Content.read(file, most);
        } catch (IOException unreadable) {
            return null;
        }
    }

    private boolean setAside(long number, long bytes) {
        quarantined++;
        aside.put(number, bytes);
        try {
            folder.rename(Segment.file(number), "quarantine-" + Segment.file(number));
        } catch (IOException staysWhereItIs) {
            // It is read again at the next start; its number is never used again.
        }
        return true;
    }

    private void removeSettled(TreeMap<Long, Head> heads, long before) {
        for (Long number : heads.headMap(before).keySet().toArray(Long[]::new)) {
            heads.remove(number);
            try {
                folder.delete(Segment.file(number));
            } catch (IOException staysWhereItIs) {
                // It lies before the cursor: harmless.
            }
        }
    }

    /** Reads the batches of a segment up to an ordinal; returns how many of its bytes are damaged. */
    private long scan(Head head, long limit) {
        Segment segment = new Segment(head.number(), head.start());
        ByteBuffer content = content(head.number(), Integer.MAX_VALUE);
        segments.put(head.number(), segment);
        segment.bytes = content == null ? 0 : content.capacity();
        lost(expected, head.start());
        expected = Math.max(expected, head.start());
        if (content == null) {
            return 0;
        }
        Head.find(content, head.number(), ledger);
        int at = 0;
        long good = 0;
        for (Frame frame = Frame.find(content, 0, content.capacity(), head.number());
                frame != null;
                frame = Frame.find(content, at, content.capacity(), head.number())) {
            at = frame.end();
            try {
                if (!take(segment, frame, frame.payload(content), limit)) {
                    return 0;
                }
            } catch (RuntimeException malformed) {
                // Good checksum, bad content: counted like damage, by the gap that it leaves.
            }
            good += frame.end() - frame.offset();
            segment.committed = at;
        }
        segment.end = Math.max(segment.end, Math.min(expected, limit));
        return content.capacity() - good;
    }

    /** Takes one record; false when it was superseded by a newer segment, as all behind it were. */
    private boolean take(Segment segment, Frame frame, ByteInput in, long limit) {
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
                    take(segment, batch, in.getZigzag());
                }
            }
            default -> {}
        }
        return true;
    }

    private void take(Segment segment, BatchRecord batch, long timeNanos) {
        lost(expected, batch.ordinal());
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
