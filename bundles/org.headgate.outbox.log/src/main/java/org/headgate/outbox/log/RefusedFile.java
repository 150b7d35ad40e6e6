package org.headgate.outbox.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;
import org.headgate.codec.RowCodec;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;
import org.headgate.outbox.api.OutboxBatch;
import org.headgate.system.api.Storage;
import org.headgate.system.api.StorageFile;

/** A refused batch as a segment with one batch: its head, the schemas of its rows, itself. */
final class RefusedFile {
    private RefusedFile() {}

    static byte[] encoded(OutboxBatch batch) {
        ByteOutput out = new ByteOutput(4096);
        Head.put(out, new Head(batch.log(), 0, 0, 0, 0), new Ledger());
        List<Schema> schemas = new ArrayList<>();
        for (Row row : batch.rows()) {
            if (!schemas.contains(row.schema())) {
                int start = Frame.begin(out, Frame.SCHEMA);
                out.putVarint(schemas.size());
                RowCodec.putSchema(out, row.schema());
                Frame.finish(out, start, 0, 0);
                schemas.add(row.schema());
            }
        }
        List<Integer> ids = IntStream.range(0, schemas.size()).boxed().toList();
        int start = Frame.begin(out, Frame.BATCH);
        new BatchRecord(batch.stream(), batch.seq(), 0, batch.rows().size(), 0, batch.dropped(), ids, List.of())
                .putHead(out);
        long nanos = 0;
        for (Row row : batch.rows()) {
            RowCodec.putRow(out, row, schemas.indexOf(row.schema()), nanos);
            nanos = row.timeNanos();
        }
        Frame.finish(out, start, 0, 0);
        return Arrays.copyOf(out.array(), out.size());
    }

    /** Writes it, durably. */
    static void write(Storage folder, String name, byte[] content) throws IOException {
        try (StorageFile file = folder.open(name)) {
            file.write(ByteBuffer.wrap(content), 0);
            file.sync();
        }
        folder.syncFolder();
    }

    /** The batch; empty where the power was cut while it was written, or where it is damaged. */
    static Optional<OutboxBatch> read(Storage folder, String name) throws IOException {
        try (StorageFile file = folder.open(name)) {
            int size = Recovery.size(file);
            Window window = new Window(Window.CHUNK, new Damage(folder, 0)).over(file, 0);
            String log = "";
            Map<Integer, Schema> schemas = new HashMap<>();
            for (Frame frame = window.next(0, size); frame != null; frame = window.next(frame.end(), size)) {
                ByteInput in = window.payload(frame);
                switch (frame.type()) {
                    case Frame.SEGMENT ->
                        log = Optional.ofNullable(Head.get(in)).map(Head::log).orElse("");
                    case Frame.SCHEMA -> schemas.put((int) in.getVarint(), RowCodec.getSchema(in));
                    case Frame.BATCH -> {
                        BatchRecord batch = BatchRecord.head(in);
                        return schemas.keySet().containsAll(batch.schemas())
                                ? Optional.of(batch(log, batch, batch.rows(in, schemas)))
                                : Optional.empty();
                    }
                    default -> {}
                }
            }
            return Optional.empty();
        }
    }

    private static OutboxBatch batch(String log, BatchRecord batch, List<Row> rows) {
        return new OutboxBatch(
                0, batch.stream(), log, batch.seq(), rows, batch.dropped(), false, true, false, OutboxBatch.Part.WHOLE);
    }
}
