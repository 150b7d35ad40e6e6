package org.headgate.outbox.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.headgate.codec.ByteOutput;
import org.headgate.codec.RowCodec;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Column;
import org.headgate.data.api.DropReason;
import org.headgate.data.api.FlowSnapshot;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.outbox.api.DropPolicy;
import org.headgate.outbox.api.Durability;
import org.headgate.outbox.api.Lane;
import org.headgate.outbox.api.OutboxBatch;
import org.headgate.outbox.api.OutboxLog;
import org.headgate.outbox.api.OutboxName;
import org.headgate.outbox.api.OutboxSettings;
import org.headgate.stream.api.Event;
import org.headgate.system.api.Disks;
import org.headgate.system.api.Storage;
import org.headgate.system.api.kit.MemoryDisks;
import org.headgate.system.api.kit.MemoryStorage;
import org.headgate.system.api.kit.SimulatedSystem;

/** An outbox on a simulated disk in simulated time; each row carries a number of its own. */
final class World {
    static final OutboxSettings SMALL = settings(1 << 20, 4096, 100, 20);
    private static final Schema SCHEMA = Schema.of(new Column("n", Type.LONG, "1"), Column.of("text", Type.STRING));

    final SimulatedSystem system = new SimulatedSystem(7);
    final MemoryStorage disk;
    final List<Event> events = new ArrayList<>();
    final SegmentOutbox outbox;
    OutboxLog log;

    World(MemoryStorage disk) {
        this(disk, disk, new MemoryDisks(disk));
    }

    /** What the outbox sees of the disk may be something in front of it. */
    World(MemoryStorage disk, Storage seen, Disks disks) {
        this.disk = disk;
        outbox = new SegmentOutbox(seen, system, system, system, system, disks, events::add);
    }

    World open(OutboxSettings settings) throws IOException {
        log = outbox.open(OutboxName.of("cloud"), settings, () -> {});
        return this;
    }

    static OutboxSettings settings(long maxBytes, long segmentBytes, long commitMillis, int commitRows) {
        return new OutboxSettings(
                maxBytes,
                segmentBytes,
                Duration.ofMillis(commitMillis),
                commitRows,
                Duration.ZERO,
                0,
                DropPolicy.OLDEST,
                Durability.ALWAYS,
                "",
                false);
    }

    /** The same, in memory while the link is up. */
    static OutboxSettings offline(OutboxSettings always) {
        return new OutboxSettings(
                always.maxBytes(),
                always.segmentBytes(),
                always.commitInterval(),
                always.commitRows(),
                always.maxAge(),
                always.minFreeBytes(),
                always.drop(),
                Durability.OFFLINE,
                always.folder(),
                always.requireMount());
    }

    /** All rows of a batch are refused. */
    static void refuse(OutboxLog log, OutboxBatch batch, String why) {
        log.drop(batch, IntStream.range(0, batch.rows().size()).boxed().toList(), DropReason.REFUSED, why);
    }

    MemoryStorage folder() {
        return disk.in("outbox").in("cloud").in("main");
    }

    static Row row(long number) {
        return Row.builder(SCHEMA)
                .set(0, number)
                .set(1, (Object) ("row " + number + "x".repeat((int) (number % 40))))
                .build(SimulatedSystem.START_NANOS + number, ClockState.SYNCED);
    }

    static Row row(long number, String text) {
        return Row.builder(SCHEMA)
                .set(0, number)
                .set(1, (Object) text)
                .build(SimulatedSystem.START_NANOS + number, ClockState.SYNCED);
    }

    /** How many bytes a row with a text takes when it is encoded after another one. */
    static int size(String text) {
        ByteOutput out = new ByteOutput(256);
        RowCodec.putRow(out, row(1000, text), 0, SimulatedSystem.START_NANOS + 999);
        return out.size();
    }

    void append(String stream, long... numbers) {
        for (long number : numbers) {
            log.append(stream, row(number));
        }
    }

    void commit() {
        system.advance(Duration.ofMillis(100));
    }

    /** All that there is, the backlog first: in the order of the log. */
    List<OutboxBatch> drain() {
        List<OutboxBatch> all = drain(Lane.BACKLOG);
        all.addAll(drain(Lane.LIVE));
        return all;
    }

    List<OutboxBatch> drain(Lane lane) {
        List<OutboxBatch> all = new ArrayList<>();
        for (Optional<OutboxBatch> next = log.next(lane, any -> true);
                next.isPresent();
                next = log.next(lane, any -> true)) {
            all.add(next.get());
        }
        return all;
    }

    static List<Long> numbers(List<OutboxBatch> batches) {
        return batches.stream()
                .flatMap(batch -> batch.rows().stream())
                .map(row -> row.asLong(0))
                .toList();
    }

    static String identity(OutboxBatch batch) {
        return batch.stream() + "/" + batch.log() + "/" + batch.seq();
    }

    /** Whether two batches are the same to who receives them. */
    static boolean same(OutboxBatch one, OutboxBatch other) {
        boolean same = one.rows().size() == other.rows().size() && one.dropped().equals(other.dropped());
        for (int i = 0; same && i < one.rows().size(); i++) {
            same = one.rows().get(i).asLong(0) == other.rows().get(i).asLong(0);
        }
        return same;
    }

    FlowSnapshot flow() {
        FlowSnapshot flow = outbox.flows().get(0);
        assertThat(flow.imbalance()).as("conservation %s", flow).isZero();
        return flow;
    }
}
