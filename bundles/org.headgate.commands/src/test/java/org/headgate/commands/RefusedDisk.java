package org.headgate.commands;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Column;
import org.headgate.data.api.FlowSnapshot;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.outbox.api.Outbox;
import org.headgate.outbox.api.OutboxBatch;
import org.headgate.outbox.api.OutboxLog;
import org.headgate.outbox.api.OutboxName;
import org.headgate.outbox.api.OutboxSettings;
import org.headgate.outbox.api.OutboxStatus;
import org.headgate.outbox.api.Priority;
import org.headgate.outbox.api.RefusedBatches;
import org.headgate.system.api.kit.SimulatedSystem;

/** Two outboxes of one uplink and one of another, with what their servers have refused. */
final class RefusedDisk implements Outbox, RefusedBatches {
    static final OutboxName HIGH = new OutboxName("cloud", Priority.HIGH);

    private static final Schema SCHEMA =
            Schema.of(new Column("temperature", Type.DOUBLE, "Cel"), Column.of("text", Type.STRING));

    final Map<OutboxName, List<OutboxBatch>> kept = new TreeMap<>(Map.of(
            HIGH,
            new ArrayList<>(),
            OutboxName.of("cloud"),
            new ArrayList<>(),
            OutboxName.of("backup"),
            new ArrayList<>()));
    final Set<OutboxName> broken = new HashSet<>();
    final Set<OutboxName> hanging = new HashSet<>();
    /** How many files of backup are damaged. */
    int damaged;

    long lost;
    /** How many calls have touched a disk that hangs. */
    int asked;

    @Override
    public OutboxLog open(OutboxName name, OutboxSettings settings, Runnable readable) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void waiting(OutboxName name, int change) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void abandoned(OutboxName name, int rows) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<OutboxStatus> list() {
        FlowSnapshot flow = new FlowSnapshot("outbox:cloud", "cloud", 0, 0, 0, 0, 0, 0, Map.of(), 0, 0);
        return kept.keySet().stream()
                .map(name -> new OutboxStatus(
                        name, "01J", flow, 0, 1 << 20, Duration.ZERO, 1, 0, 0, 0, 0, 0, 0, 0, lost, ""))
                .toList();
    }

    @Override
    public Kept list(OutboxName name) throws IOException {
        touch(name);
        List<OutboxBatch> batches = kept.get(name);
        int unreadable = name.uplink().equals("backup") ? damaged : 0;
        return new Kept(batches, unreadable, String.valueOf(batches.size()), lost);
    }

    @Override
    public int clear(OutboxName name, String newest, long lostThen) throws IOException {
        touch(name);
        int count = Integer.parseInt(newest);
        kept.get(name).subList(0, count).clear();
        if (name.uplink().equals("backup")) {
            count += damaged;
            damaged = 0;
        }
        return count;
    }

    private void touch(OutboxName name) throws IOException {
        if (hanging.contains(name)) {
            asked++;
            throw new SimulatedSystem.Hang();
        }
        if (broken.contains(name)) {
            throw new IOException("Input/output error");
        }
    }

    static OutboxBatch batch(String stream, long seq, String... texts) {
        List<Row> rows = new ArrayList<>();
        for (String text : texts) {
            rows.add(Row.builder(SCHEMA)
                    .set(0, 71.25)
                    .set(1, (Object) text)
                    .build(SimulatedSystem.START_NANOS, ClockState.SYNCED));
        }
        return new OutboxBatch(0, stream, "01J", seq, rows, Map.of(), false, true, false, OutboxBatch.Part.WHOLE);
    }
}
