package org.headgate.outbox.log;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.headgate.codec.ByteOutput;
import org.headgate.codec.RowCodec;
import org.headgate.data.api.Schema;
import org.headgate.outbox.api.OutboxSettings;
import org.headgate.system.api.Storage;

/**
 * Writes group commits: one write and one sync each, and a sync of the folder when a segment is begun. After a failure
 * nobody knows what the file holds (a failed sync may have dropped the pages), so it is left as it is and the same rows go
 * to a new segment, whose head voids whatever of them had reached the old one. Until that is there, {@link #isInDoubt} says so. One
 * thread at a time.
 */
final class SegmentWriter {
    /** Bytes of the expected message at which a batch is closed: together with its last row any broker takes it. */
    static final int MESSAGE_BYTES = 64 << 10;
    /** How many segments the longest age is cut into at least: a segment is given up with its newest row, so none may stay open for long. */
    private static final int PARTS_OF_AGE = 8;
    /** A smaller segment is read as fast as its summary. */
    private static final int WORTH_A_SUMMARY = 64 << 10;

    private final ActiveFile file;
    private final String log;
    private final Ledger ledger;
    private final OutboxSettings settings;
    private final ByteOutput out = new ByteOutput(16 << 10);
    private final Map<String, BatchBuilder> builders = new HashMap<>();
    private final Map<Schema, Integer> ids = new HashMap<>();
    private final Map<String, Long> seqs = new HashMap<>();
    private final List<Commit.Added> added = new ArrayList<>();
    /** What of the commit's ordinals was settled in memory, up to here. */
    private final List<BatchRecord.Run> unwritten = new ArrayList<>();

    private final Lifetime lifetime;
    /** How long rows are added to one segment. */
    private final long segmentSeconds;

    private long nextNumber;
    /** The ordinal behind all rows on disk, and that of the next one. */
    private long durable;

    private long nextOrdinal;
    private long ordinal;
    /** The head of the active segment, and the seconds lived through since it was written. */
    private Head head;

    private long age;
    private Segment active;

    /**
     * A writer.
     *
     * @param left takes the segment of a failed commit whose file could not be deleted: it must be gone before the one that voids it
     */
    SegmentWriter(Storage folder, Recovery found, OutboxSettings settings, Lifetime lifetime, Consumer<Segment> left) {
        file = new ActiveFile(folder, left);
        this.lifetime = lifetime;
        this.log = found.log;
        this.ledger = found.ledger;
        this.settings = settings;
        segmentSeconds = settings.maxAge().isZero()
                ? Long.MAX_VALUE
                : Math.max(1, settings.maxAge().toSeconds() / PARTS_OF_AGE);
        this.nextNumber = found.nextNumber;
        this.nextOrdinal = found.nextOrdinal;
        this.durable = found.nextOrdinal;
    }

    /** The next row has this ordinal; those before it that are not on disk were settled in memory and never will be. */
    void goOn(long next) {
        nextOrdinal = Math.max(nextOrdinal, next);
    }

    /**
     * Makes rows durable, from the first on, as many as one commit holds, and what the ledger has to report; there may be
     * no rows. Nothing is committed when it throws.
     *
     * @param held batches that have their numbers; the ordinals between them were settled in memory
     * @param segmentBytes the size at which a segment is full
     */
    Commit write(List<Held> held, List<Entry> rows, long segmentBytes) throws IOException {
        out.cut(0);
        seqs.clear();
        added.clear();
        unwritten.clear();
        leaveOut(durable, nextOrdinal);
        builders.values().forEach(BatchBuilder::clear);
        ordinal = nextOrdinal;
        long lived = lifetime.seconds();
        boolean fresh = isOver(segmentBytes, lived);
        if (fresh) {
            close();
            ids.clear();
            active = new Segment(nextNumber++, nextOrdinal);
            head = new Head(log, active.number, durable, nextOrdinal, lived);
        }
        age = lived - head.lived();
        BatchIndex.Mark mark = active.index.mark();
        boolean changed = ledger.takeChanged();
        List<Entry> tooLarge = new ArrayList<>();
        Segment segment = active;
        boolean written = false;
        try {
            if (fresh) {
                Head.put(out, head, ledger);
            } else if (changed) {
                putLedger();
            }
            held.forEach(this::put);
            int taken = encode(rows, tooLarge, segmentBytes);
            boolean full = segment.committed + out.size() >= segmentBytes;
            if (full) {
                putSummary(lived);
            }
            file.add(segment, fresh, out);
            written = true;
            nextOrdinal = ordinal;
            durable = added.isEmpty() ? durable : ordinal;
            if (full) {
                segment.index = null;
            }
            return new Commit(
                    segment, segment.committed + out.size(), out.size(), lived, taken, List.copyOf(added), tooLarge);
        } finally {
            if (!written) {
                segment.index.back(mark);
                active = null;
                file.abandon(segment, fresh);
                if (changed) {
                    ledger.setChanged();
                }
            }
        }
    }

    private boolean isOver(long segmentBytes, long lived) {
        return active == null
                || active.index == null
                || active.committed >= segmentBytes
                || lived - head.lived() > segmentSeconds;
    }

    /** Whether batches of a commit that failed may lie on the disk and come back with the next start, as nothing has voided them yet. */
    boolean isInDoubt() {
        return file.isInDoubt();
    }

    /**
     * Ends a segment of some size with its summary before its time: at a stop, so that the next starts need not read it. Returns
     * how many bytes were written.
     */
    int seal() throws IOException {
        if (active == null || active.index == null || active.committed < WORTH_A_SUMMARY) {
            return 0;
        }
        out.cut(0);
        added.clear();
        ordinal = nextOrdinal;
        putSummary(lifetime.seconds());
        file.add(active, false, out);
        return out.size();
    }

    /** Closes the file; the next commit begins a segment. */
    void close() {
        active = null;
        file.close();
    }

    private void putTwice(int type, Runnable content) {
        for (int copy = 0; copy < 2; copy++) {
            int start = Frame.begin(out, type);
            content.run();
            Frame.finish(out, start, active.number, active.committed);
        }
    }

    /** What stands in no batch stands there twice, as everything does that others depend on. */
    private void putLedger() {
        putTwice(Frame.DROPPED, () -> ledger.putUnreported(out));
    }

    private void putSummary(long lived) {
        boolean first = active.committed == 0 && !added.isEmpty();
        long oldest = first ? added.get(0).timeNanos() : active.oldestNanos;
        BatchIndex index = active.index;
        Summary.put(
                out,
                active,
                new Summary(head, ordinal, oldest, lived, active.schemas, index.totals(), index),
                ledger.after(added));
    }

    private int encode(List<Entry> rows, List<Entry> tooLarge, long most) {
        Set<BatchBuilder> open = new LinkedHashSet<>();
        long bytes = 0;
        int taken = 0;
        while (taken < rows.size() && bytes < most) {
            Entry entry = rows.get(taken++);
            BatchBuilder builder = builders.computeIfAbsent(entry.stream(), BatchBuilder::new);
            int before = builder.size();
            if (!builder.add(entry.row())) {
                tooLarge.add(entry);
                continue;
            }
            open.add(builder);
            bytes += builder.size() - before;
            if (builder.rows >= settings.commitRows() || builder.messageBytes() >= MESSAGE_BYTES) {
                put(builder);
                open.remove(builder);
            }
        }
        open.forEach(this::put);
        return taken;
    }

    private void put(Held batch) {
        BatchRecord record = batch.batch();
        BatchBuilder builder = builders.computeIfAbsent(record.stream(), BatchBuilder::new);
        batch.rows().forEach(builder::add);
        leaveOut(ordinal, record.ordinal());
        ordinal = record.ordinal();
        long seq = record.seq();
        if (batch.isStandIn()) {
            seq = nextSeq(record.stream());
            seqs.put(record.stream(), seq + 1);
        }
        put(builder, seq, record.dropped(), true);
    }

    private void leaveOut(long from, long to) {
        if (from < to) {
            unwritten.add(new BatchRecord.Run(from, to));
        }
    }

    private void put(BatchBuilder builder) {
        String stream = builder.stream;
        boolean first = !seqs.containsKey(stream);
        long seq = nextSeq(stream);
        Map<String, Long> dropped = first ? ledger.unreported(stream) : Map.of();
        seqs.put(stream, seq + 1);
        put(builder, seq, dropped, false);
    }

    private long nextSeq(String stream) {
        Long next = seqs.get(stream);
        return next == null ? ledger.next(stream) : next;
    }

    private void put(BatchBuilder builder, long seq, Map<String, Long> dropped, boolean held) {
        List<Integer> used = builder.schemas.stream().map(this::idOf).toList();
        BatchRecord batch =
                new BatchRecord(builder.stream, seq, ordinal, builder.rows, age, dropped, used, List.copyOf(unwritten));
        int start = Frame.begin(out, Frame.BATCH);
        batch.putHead(out);
        builder.putBody(out);
        Frame.finish(out, start, active.number, active.committed);
        active.index.add(batch);
        added.add(new Commit.Added(batch, builder.firstNanos, held));
        ordinal += builder.rows;
        builder.clear();
    }

    /** The schema's number in the active segment; where it is new, it is written first, twice, as batches depend on it. */
    private int idOf(Schema schema) {
        return ids.computeIfAbsent(schema, unknown -> {
            int id = ids.size();
            active.schemas.put(id, schema);
            putTwice(Frame.SCHEMA, () -> {
                out.putVarint(id);
                RowCodec.putSchema(out, schema);
            });
            return id;
        });
    }
}
