package org.headgate.outbox.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.headgate.data.api.DropReason;
import org.headgate.data.api.FlowSnapshot;
import org.headgate.outbox.api.Durability;
import org.headgate.outbox.api.Lane;
import org.headgate.outbox.api.OutboxBatch;
import org.headgate.outbox.api.OutboxSettings;
import org.headgate.outbox.api.OutboxStatus;
import org.headgate.outbox.log.ModelLog.Fate;
import org.headgate.outbox.log.ModelLog.ModelRow;
import org.headgate.system.api.kit.MemoryStorage;

/** One random life of a log beside its model; see {@link RandomLogTest}. */
final class RandomLog {
    private static final int STEPS = 250;
    private static final List<String> STREAMS = List.of("a", "b", "c");
    private static final DropReason[] REASONS = {DropReason.REFUSED, DropReason.BUDGET, DropReason.EXPIRED};

    private final List<OutboxBatch> given = new ArrayList<>();
    private final Map<String, Long> lastInLane = new TreeMap<>();
    private final Random random;
    private final ModelLog model;
    private World world;
    private final OutboxSettings settings;
    private long nextRow;
    private long full;
    private String when;
    /** Rows that were in memory were lost with what was to be reported of them. */
    private boolean roughly;

    private final boolean offline;
    private final int seed;

    RandomLog(int seed, OutboxSettings settings) {
        this.seed = seed;
        this.settings = settings;
        offline = settings.durability() == Durability.OFFLINE;
        random = new Random(seed);
        model = new ModelLog();
    }

    void run() throws IOException {
        reset(new MemoryStorage());
        for (int step = 0; step < STEPS; step++) {
            when = "seed " + seed + " step " + step;
            step();
            check();
        }
        when = "seed " + seed + " at the end";
        drainAll();
        // A last row of each stream reports what is left to report.
        for (int i = 0; i < 2; i++) {
            for (String stream : STREAMS) {
                append(stream);
            }
            commitAll();
            drainAll();
        }
        model.reported.values().removeIf(Map::isEmpty);
        if (!roughly) {
            assertThat(model.reported).as(when).isEqualTo(model.dropped());
        }
    }

    private void step() throws IOException {
        switch (random.nextInt(20)) {
            case 0, 1, 2, 3, 4 -> {
                for (int i = random.nextInt(12); i >= 0; i--) {
                    append(STREAMS.get(random.nextInt(STREAMS.size())));
                }
            }
            case 5, 6, 7 -> commitAll();
            case 8, 9, 10 -> next(Lane.LIVE, random.nextInt(5) > 0);
            case 11, 12 -> next(Lane.BACKLOG, random.nextInt(5) > 0);
            case 13, 14, 15 -> {
                for (int i = random.nextInt(4); i > 0 && !given.isEmpty(); i--) {
                    settle(given.remove(random.nextInt(given.size())), random.nextInt(4) == 0);
                }
            }
            case 16 -> {
                boolean split = random.nextBoolean();
                if (random.nextBoolean()) {
                    commitAll();
                    world.log.linkDown();
                    if (random.nextBoolean()) {
                        world.system.run();
                        makeRoom();
                    }
                }
                world.log.linkUp(split);
                model.linkUp(split);
                lastInLane.clear();
                if (random.nextBoolean()) {
                    given.clear();
                }
            }
            case 17 -> {
                commitAll();
                world.system.advance(Duration.ofSeconds(1 + random.nextInt(6)));
                if (random.nextBoolean()) {
                    world.log.linkDown();
                }
                makeRoom();
            }
            case 18 -> {
                if (random.nextInt(3) == 0) {
                    world.log.close();
                    model.commit(settings.segmentBytes());
                    makeRoom();
                    reset(world.disk);
                }
            }
            default -> {
                if (random.nextInt(3) == 0) {
                    crash();
                }
            }
        }
    }

    /** The power goes, sometimes before the cursor was saved: what was settled since may come again, and what waited is lost. */
    private void crash() throws IOException {
        boolean saved = random.nextBoolean();
        if (saved) {
            commitAll();
            world.system.advance(Duration.ofSeconds(2));
            makeRoom();
        }
        roughly |= offline && !saved;
        long atRisk = world.outbox.list().get(0).atRisk();
        for (ModelRow row : model.pending) {
            model.all.remove(row.number);
            atRisk--;
        }
        model.pending.clear();
        reset(world.disk.crash(random.nextInt()));
        if (saved && !offline) {
            return;
        }
        // Look what has come back.
        Set<ModelRow> lost = new HashSet<>();
        for (ModelRow row : model.log) {
            if (row.fate == Fate.WAITING) {
                lost.add(row);
            }
        }
        for (OutboxBatch batch : world.drain()) {
            List<Long> numbers = World.numbers(List.of(batch));
            assertThat(model.batches.getOrDefault(World.identity(batch), numbers))
                    .as(when)
                    .isEqualTo(numbers);
            for (long number : numbers) {
                ModelRow row = model.all.get(number);
                assertThat(saved && row.fate != Fate.WAITING)
                        .as("%s row %d has come back", when, number)
                        .isFalse();
                row.fate = Fate.WAITING;
                row.givenInProcess = true;
                lost.remove(row);
            }
            model.batches.put(World.identity(batch), numbers);
        }
        assertThat(lost).as(when).hasSize((int) atRisk);
        lost.forEach(row -> model.all.remove(row.number));
        model.log.removeAll(lost);
        world.log.linkUp(false);
        model.linkUp(false);
    }

    private void reset(MemoryStorage disk) throws IOException {
        model.restart();
        given.clear();
        lastInLane.clear();
        world = new World(disk).open(settings);
        full = 0;
    }

    private void append(String stream) {
        if (offline && model.pending.size() == ModelLog.MOST_OFFLINE) {
            commitAll();
        }
        model.append(stream, nextRow);
        world.append(stream, nextRow++);
    }

    private void commitAll() {
        if (!model.pending.isEmpty()) {
            world.commit();
            model.commit(settings.segmentBytes());
            makeRoom();
        }
    }

    private void makeRoom() {
        long dropped = world.flow().dropped().getOrDefault("outbox-full", 0L);
        model.dropOldest(dropped - full);
        full = dropped;
        given.removeIf(batch -> model.all.get(World.numbers(List.of(batch)).get(0)).fate == Fate.DROPPED);
    }

    private void next(Lane lane, boolean wanted) {
        ModelRow first = model.first(lane);
        List<OutboxBatch> asked = new ArrayList<>();
        Optional<OutboxBatch> next = world.log.next(lane, batch -> {
            asked.add(batch);
            return wanted;
        });
        assertThat(asked).as(when + " " + lane).hasSize(first == null ? 0 : 1);
        assertThat(next.isPresent()).as(when + " " + lane).isEqualTo(first != null && wanted);
        if (first != null) {
            assertThat(World.numbers(asked)).as(when).contains(first.number);
        }
        next.ifPresent(batch -> given(lane, batch));
    }

    private void given(Lane lane, OutboxBatch batch) {
        List<Long> numbers = World.numbers(List.of(batch));
        List<Long> before = model.batches.putIfAbsent(World.identity(batch), numbers);
        assertThat(before == null ? numbers : before).as(when).isEqualTo(numbers);
        assertThat(batch.historical()).as(when).isEqualTo(lane == Lane.BACKLOG);
        assertThat(batch.position()).as(when).isGreaterThan(lastInLane.getOrDefault(lane.name(), -1L));
        lastInLane.put(lane.name(), batch.position());
        boolean again = false;
        for (long number : numbers) {
            ModelRow row = model.all.get(number);
            assertThat(row.fate).as("%s row %d", when, number).isEqualTo(Fate.WAITING);
            assertThat(row.stream).isEqualTo(batch.stream());
            assertThat(row.backlog).as("%s row %d", when, number).isEqualTo(lane == Lane.BACKLOG);
            again = row.givenInProcess;
            row.givenInLink = true;
            row.givenInProcess = true;
        }
        assertThat(batch.resent()).as(when).isEqualTo(again);
        given.removeIf(old -> World.identity(old).equals(World.identity(batch)));
        given.add(batch);
    }

    private void settle(OutboxBatch batch, boolean drop) {
        List<Long> numbers = World.numbers(List.of(batch));
        if (!drop) {
            world.log.acknowledge(batch);
            model.settle(numbers, List.of(), "", batch.dropped());
            return;
        }
        List<Integer> rows = new ArrayList<>();
        for (int i = 0; i < numbers.size(); i++) {
            if (random.nextInt(3) > 0) {
                rows.add(i);
            }
        }
        rows = rows.isEmpty() ? List.of(numbers.size() - 1) : rows;
        DropReason reason = REASONS[random.nextInt(REASONS.length)];
        world.log.drop(batch, rows, reason, "a test");
        model.settle(numbers, rows, reason.label(), batch.dropped());
        if (random.nextBoolean()) {
            // It is settled: nothing more can become of it.
            world.log.acknowledge(batch);
            world.log.drop(batch, rows, reason, "twice");
        }
    }

    private void check() {
        FlowSnapshot flow = world.flow();
        OutboxStatus status = world.outbox.list().get(0);
        assertThat(flow.queued()).as(when).isEqualTo(model.count(Fate.WAITING) + model.count(Fate.PENDING));
        assertThat(status.backlog()).as(when).isEqualTo(model.backlog());
        assertThat(status.atRisk())
                .as(when)
                .isBetween((long) model.pending.size(), offline ? flow.queued() : model.pending.size());
        assertThat(flow.dropped().getOrDefault("corrupt", 0L)).as(when).isZero();
    }

    private void drainAll() {
        world.log.linkUp(false);
        model.linkUp(false);
        lastInLane.clear();
        given.clear();
        for (Lane lane : Lane.values()) {
            while (model.first(lane) != null) {
                next(lane, true);
            }
        }
        List.copyOf(given).forEach(batch -> settle(batch, false));
        given.clear();
        check();
    }
}
