package org.headgate.outbox.log;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.headgate.codec.ByteOutput;
import org.headgate.codec.RowCodec;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;
import org.headgate.outbox.api.OutboxBatch;
import org.headgate.system.api.Storage;
import org.headgate.system.api.StorageFile;

/** Keeps refused batches, each in a small segment of its own, named {@code refused-STREAM-SEQ.seg}: 100 at most. */
final class Quarantine {
    private static final int MOST = 100;
    private static final String PREFIX = "refused-";
    private static final String SUFFIX = ".seg";

    private final Storage folder;

    Quarantine(Storage folder) {
        this.folder = folder;
    }

    /** Writes a batch; returns how many bytes. Where it cannot, the batch is only counted, as its caller does anyway. */
    int put(OutboxBatch batch) {
        try {
            List<String> names = folder.list();
            if (names.stream().filter(name -> name.startsWith(PREFIX)).count() >= MOST) {
                return 0;
            }
            String name = PREFIX + batch.stream() + "-" + batch.seq();
            // The number is that of another log, too.
            name += names.contains(name + SUFFIX) ? "-" + batch.log() + SUFFIX : SUFFIX;
            ByteOutput out = encoded(batch);
            try (StorageFile file = folder.open(name)) {
                file.write(out.content(), 0);
                file.sync();
            }
            folder.syncFolder();
            return out.size();
        } catch (IOException full) {
            return 0;
        }
    }

    private static ByteOutput encoded(OutboxBatch batch) {
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
        List<Integer> ids = new ArrayList<>();
        for (int i = 0; i < schemas.size(); i++) {
            ids.add(i);
        }
        int start = Frame.begin(out, Frame.BATCH);
        new BatchRecord(batch.stream(), batch.seq(), 0, batch.rows().size(), 0, batch.dropped(), ids, List.of())
                .putHead(out);
        long nanos = 0;
        for (Row row : batch.rows()) {
            RowCodec.putRow(out, row, schemas.indexOf(row.schema()), nanos);
            nanos = row.timeNanos();
        }
        Frame.finish(out, start, 0, 0);
        return out;
    }
}
