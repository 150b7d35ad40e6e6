package org.headgate.outbox.log;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.headgate.data.api.Row;
import org.headgate.outbox.api.OutboxSettings;

/** Makes batches of rows that stay in memory, of the same size as those that {@link SegmentWriter} makes. One thread at a time. */
final class Holder {
    private final Ledger ledger;
    private final OutboxSettings settings;
    private final Map<String, Gathered> open = new LinkedHashMap<>();
    private final Map<String, Long> seqs = new LinkedHashMap<>();
    private final List<Held> made = new ArrayList<>();
    /** Whose numbers the batches get; null for the log's own. */
    private StandIn standIn;

    private long ordinal;
    private long now;

    Holder(Ledger ledger, OutboxSettings settings) {
        this.ledger = ledger;
        this.settings = settings;
    }

    private static final class Gathered {
        final BatchBuilder size;
        final List<Row> rows = new ArrayList<>();

        Gathered(String stream) {
            size = new BatchBuilder(stream);
        }
    }

    /**
     * Makes batches of rows.
     *
     * @param numbers whose numbers they get; null for the log's own
     * @param first the ordinal of the first one
     * @param tooLarge takes the rows that no record can hold
     */
    List<Held> hold(List<Entry> rows, StandIn numbers, long first, long nowNanos, List<Entry> tooLarge) {
        made.clear();
        seqs.clear();
        open.clear();
        standIn = numbers;
        ordinal = first;
        now = nowNanos;
        for (Entry entry : rows) {
            Gathered batch = open.computeIfAbsent(entry.stream(), Gathered::new);
            if (!batch.size.add(entry.row())) {
                tooLarge.add(entry);
                continue;
            }
            batch.rows.add(entry.row());
            if (batch.size.rows >= settings.commitRows() || batch.size.messageBytes() >= SegmentWriter.MESSAGE_BYTES) {
                close(open.remove(entry.stream()));
            }
        }
        open.values().stream().filter(batch -> batch.size.rows > 0).forEach(this::close);
        return List.copyOf(made);
    }

    private void close(Gathered batch) {
        String stream = batch.size.stream;
        boolean first = !seqs.containsKey(stream);
        long seq = standIn != null ? standIn.take(stream) : first ? ledger.next(stream) : seqs.get(stream);
        Map<String, Long> dropped = first ? ledger.unreported(stream) : Map.of();
        seqs.put(stream, seq + 1);
        BatchRecord head = new BatchRecord(stream, seq, ordinal, batch.size.rows, 0, dropped, List.of(), List.of());
        made.add(new Held(standIn == null ? "" : standIn.log, head, batch.rows, batch.size.size(), now));
        ordinal += batch.size.rows;
    }
}
