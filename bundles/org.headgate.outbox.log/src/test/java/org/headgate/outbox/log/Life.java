package org.headgate.outbox.log;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.headgate.data.api.DropReason;
import org.headgate.data.api.FlowSnapshot;
import org.headgate.outbox.api.Lane;
import org.headgate.outbox.api.OutboxBatch;
import org.headgate.outbox.api.OutboxLog;
import org.headgate.outbox.api.OutboxName;
import org.headgate.outbox.api.OutboxSettings;
import org.headgate.outbox.api.OutboxStatus;
import org.headgate.system.api.kit.MemoryStorage;
import org.headgate.system.api.kit.SimulatedSystem;

/** One process with one log, from its start until the power goes; it does what a gateway may do, at random, and tells a witness. */
final class Life {
    private static final String[] STREAMS = {"a", "b", "c"};

    private final MemoryStorage disk;
    private final OutboxSettings settings;
    private final Witness witness;
    private final Random random;
    private final boolean traced;
    private final Consumer<String> story;
    private final SimulatedSystem system;
    private final SegmentOutbox outbox;
    private final List<OutboxBatch> out = new ArrayList<>();
    private OutboxLog log;
    private boolean faulty;
    private boolean linked;

    Life(MemoryStorage disk, OutboxSettings settings, Witness witness, Random random, Consumer<String> story) {
        traced = story != CrashSchedule.UNTOLD;
        this.disk = disk;
        this.settings = settings;
        this.witness = witness;
        this.random = random;
        this.story = story;
        if (traced) {
            disk.trace(story);
        }
        system = new SimulatedSystem(random.nextLong());
        outbox = new SegmentOutbox(disk, system, system, system, system);
    }

    /** Opens the log and looks at all that it has; false when the power goes meanwhile. */
    boolean begin() throws IOException {
        tell(() -> "open");
        if (!open()) {
            return false;
        }
        disk.capacity(Long.MAX_VALUE);
        List<OutboxBatch> all = drain();
        if (disk.isOff()) {
            return false;
        }
        int lost = witness.recovered(all);
        FlowSnapshot flow = flow();
        long rows = all.stream().mapToLong(batch -> batch.rows().size()).sum();
        require(flow.queued() == rows, "not all that waits is given out");
        // What was never durable may leave a gap between rows that have reached the disk; nothing else may count as
        // damaged.
        long corrupt = flow.dropped().getOrDefault("corrupt", 0L);
        require(corrupt <= lost, "rows that were durable are counted as corrupt");
        out.addAll(all);
        return true;
    }

    private boolean open() throws IOException {
        try {
            log = outbox.open(OutboxName.of("cloud"), settings, () -> {});
            witness.opened(outbox.list().get(0).log());
            return true;
        } catch (IOException failed) {
            if (!disk.isOff()) {
                throw failed;
            }
            return false;
        }
    }

    /** Does so many things, or as many as the power lasts for. */
    void live(int steps, boolean faults) throws IOException {
        for (int i = 0; i < steps && !disk.isOff(); i++) {
            step(faults);
            outbox.list().forEach(this::look);
        }
    }

    private void look(OutboxStatus status) {
        witness.atRisk(status.atRisk(), !faulty || !linked);
        if (!disk.isOff()) {
            faulty |= isTrouble(status);
            witness.time(system.monotonicNanos(), !faulty);
            FlowSnapshot flow = balanced(status.flow());
            require(witness.agrees(flow), "not all that waits is counted");
        }
    }

    private void step(boolean faults) throws IOException {
        switch (random.nextInt(faults ? 17 : 16)) {
            case 0, 1, 2, 3, 4 -> append(STREAMS[random.nextInt(STREAMS.length)], 1 + random.nextInt(6));
            case 5, 6, 7 -> advance(100);
            case 8 -> advance(random.nextInt(1500));
            case 9, 10, 11 -> take(1 + random.nextInt(4));
            case 12, 13 -> settle();
            case 14 -> link();
            case 15 -> {
                if (random.nextInt(6) == 0) {
                    reopen();
                }
            }
            default -> fault();
        }
    }

    void append(String stream, int rows) {
        for (int i = 0; i < rows; i++) {
            long number = witness.appended(stream);
            tell(() -> "append " + stream + " " + number);
            log.append(stream, Rows.row(number));
        }
    }

    void advance(long millis) {
        tell(() -> "advance " + millis + " ms");
        system.advance(Duration.ofMillis(millis));
    }

    private void take(int batches) {
        Lane lane = random.nextInt(3) == 0 ? Lane.BACKLOG : Lane.LIVE;
        for (int i = 0; i < batches && next(lane); i++) {
            // Until there is none.
        }
    }

    private boolean next(Lane lane) {
        Optional<OutboxBatch> next = log.next(lane, batch -> true);
        if (disk.isOff()) {
            // Whoever was told of it is gone.
            return false;
        }
        next.ifPresent(batch -> {
            tell(() -> lane + " gives " + World.identity(batch) + " " + World.numbers(List.of(batch)) + " "
                    + batch.dropped());
            witness.given(batch, lane);
            out.add(batch);
        });
        return next.isPresent();
    }

    private List<OutboxBatch> drain() {
        int before = out.size();
        while (next(Lane.LIVE) || next(Lane.BACKLOG)) {
            // Until there is none.
        }
        List<OutboxBatch> all = List.copyOf(out.subList(before, out.size()));
        out.subList(before, out.size()).clear();
        return all;
    }

    private void settle() {
        while (!out.isEmpty() && random.nextInt(4) > 0 && !disk.isOff()) {
            OutboxBatch batch = out.remove(random.nextInt(out.size()));
            if (random.nextInt(12) == 0) {
                List<Integer> some = IntStream.range(0, batch.rows().size())
                        .filter(row -> random.nextBoolean())
                        .boxed()
                        .toList();
                List<Integer> dropped = some.isEmpty() ? List.of(0) : some;
                tell(() -> "drop " + dropped + " of " + World.identity(batch));
                witness.dropped(batch, dropped, system.monotonicNanos());
                log.drop(batch, dropped, DropReason.REFUSED, "a test");
            } else {
                acknowledge(batch);
            }
        }
    }

    private void acknowledge(OutboxBatch batch) {
        tell(() -> "acknowledge " + World.identity(batch));
        witness.passed(batch, system.monotonicNanos());
        log.acknowledge(batch);
    }

    /** There is a link. */
    void connect() {
        linked = true;
        log.linkUp(false);
        witness.linked();
        out.clear();
    }

    private void link() {
        if (random.nextBoolean()) {
            tell(() -> "link down");
            log.linkDown();
            advance(random.nextInt(200));
        }
        linked = true;
        boolean split = random.nextBoolean();
        tell(() -> "link up, split " + split);
        log.linkUp(split);
        witness.linked();
        out.clear();
    }

    private void reopen() throws IOException {
        if (faulty) {
            return;
        }
        tell(() -> "close");
        log.close();
        if (!disk.isOff()) {
            witness.atRisk(0, true);
            out.clear();
            witness.linked();
            tell(() -> "open again");
            open();
        }
    }

    /** Something is wrong with the disk from now on, until it is called again. */
    void fault() {
        if (faulty) {
            heal();
            return;
        }
        faulty = true;
        Faults.strike(disk, random, this::tell);
    }

    private void heal() {
        tell(() -> "the disk works again");
        disk.heal();
        disk.capacity(Long.MAX_VALUE);
        advance(61_000);
        append(STREAMS[0], 1);
        advance(1_100);
        // A lane that could not be read knows that it can be when it is read.
        next(Lane.LIVE);
        next(Lane.BACKLOG);
        require(disk.isOff() || outbox.list().stream().noneMatch(Life::isTrouble), "it does not write again");
        faulty = disk.isOff();
    }

    /** Gives out and acknowledges everything; then nothing may be left, whatever happens, and what was dropped was reported. */
    void end() throws IOException {
        heal();
        connect();
        drain().forEach(this::acknowledge);
        for (String stream : STREAMS) {
            append(stream, 1);
        }
        advance(1_100);
        drain().forEach(this::acknowledge);
        witness.assertDropsAreReported();
        require(flow().queued() == 0, "queued after everything was acknowledged");
        log.close();
        open();
        require(drain().isEmpty(), "something is left");
    }

    /** Whether something is wrong with the disk now; what was set aside at the start is something else. */
    private static boolean isTrouble(OutboxStatus status) {
        return status.problem().startsWith("cannot");
    }

    private FlowSnapshot flow() {
        return balanced(outbox.flows().get(0));
    }

    private static FlowSnapshot balanced(FlowSnapshot flow) {
        require(flow.imbalance() == 0, "no conservation");
        return flow;
    }

    private void tell(Supplier<String> line) {
        if (traced) {
            story.accept(line.get());
        }
    }

    private static void require(boolean kept, String what) {
        if (!kept) {
            throw new AssertionError(what);
        }
    }
}
