package org.headgate.outbox.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.headgate.outbox.api.OutboxBatch;
import org.headgate.outbox.api.OutboxSettings;
import org.headgate.system.api.kit.MemoryStorage;
import org.junit.jupiter.api.Test;

/**
 * Cuts the power at every single I/O operation of a random trace, several times in a row, with a random fate for all that
 * was not synced, and compares with what the outside world has seen: the one promise of an outbox.
 */
class PowerCutTest {
    private static final OutboxSettings SETTINGS = World.settings(1 << 20, 4096, 100, 5);
    private static final int STEPS = 600;
    private static final boolean LONG = Boolean.getBoolean("headgate.long");

    /** What was given out, by identity: the same identity means the same rows for ever. */
    private final Map<String, List<Long>> published = new HashMap<>();

    private final Set<Long> acknowledged = new HashSet<>();
    private final Map<String, Set<Long>> durable = new TreeMap<>();
    private long nextRow;
    private OutboxSettings settings = SETTINGS;

    @Test
    void nothingCommittedIsLostAtAnyOperation() throws IOException {
        long operations = trace(new MemoryStorage(), 42, Long.MAX_VALUE).operations();
        assertThat(operations).isGreaterThan(200);
        for (long cut = 1; cut <= operations; cut++) {
            for (long seed = 0; seed < 4; seed++) {
                forget();
                MemoryStorage disk = trace(new MemoryStorage(), 42, cut);
                // A second power cut, in or shortly after the recovery from the first.
                disk = trace(disk.crash(cut * 31 + seed), seed, 1 + (cut * 7 + seed * 13) % 60);
                verify(disk.crash(seed), "cut at " + cut + " seed " + seed);
            }
        }
    }

    /** With rows in memory nobody knows what must be there, but no number may come twice with other rows. */
    @Test
    void noNumberComesTwiceWithOtherRowsWhenBatchesStayInMemory() throws IOException {
        settings = World.offline(SETTINGS);
        long operations = trace(new MemoryStorage(), 42, Long.MAX_VALUE).operations();
        assertThat(operations).isGreaterThan(100);
        for (long cut = 1; cut <= operations; cut++) {
            for (long seed = cut % 4; seed < 4; seed += LONG ? 1 : 4) {
                forget();
                MemoryStorage disk = trace(new MemoryStorage(), 42, cut);
                disk = trace(disk.crash(cut * 31 + seed), seed, 1 + (cut * 7 + seed * 13) % 60);
                durable.clear();
                verify(disk.crash(seed), "cut at " + cut + " seed " + seed);
            }
        }
    }

    private void forget() {
        published.clear();
        acknowledged.clear();
        durable.clear();
        nextRow = 0;
    }

    private MemoryStorage trace(MemoryStorage disk, long seed, long cut) {
        disk.cutPowerAt(cut);
        Random random = new Random(seed);
        World world = new World(disk);
        List<OutboxBatch> out = new ArrayList<>();
        Map<String, Set<Long>> pending = new TreeMap<>();
        try {
            world.open(settings);
        } catch (IOException off) {
            return disk;
        }
        for (int step = 0; step < STEPS && !disk.isOff(); step++) {
            switch (random.nextInt(8)) {
                case 0, 1, 2, 3 -> {
                    String stream = random.nextBoolean() ? "a" : "b";
                    pending.computeIfAbsent(stream, missing -> new TreeSet<>()).add(nextRow);
                    world.append(stream, nextRow++);
                }
                case 4 -> {
                    world.commit();
                    if (!disk.isOff()) {
                        // Whether somebody has read it yet or not.
                        pending.forEach((stream, rows) -> durable.computeIfAbsent(stream, missing -> new TreeSet<>())
                                .addAll(rows));
                        pending.clear();
                    }
                }
                case 5 -> {
                    if (random.nextInt(4) == 0) {
                        world.log.linkUp(false);
                        // Half of the time something of the former link is settled late.
                        out.subList(random.nextInt(2) * Math.min(1, out.size()), out.size())
                                .clear();
                    }
                }
                case 6 -> world.system.advance(Duration.ofMillis(random.nextInt(1500)));
                default -> {
                    for (OutboxBatch batch : world.drain()) {
                        publish(batch);
                        out.add(batch);
                    }
                    while (!out.isEmpty() && random.nextInt(3) > 0) {
                        OutboxBatch batch = out.remove(random.nextInt(out.size()));
                        if (random.nextInt(20) == 0) {
                            World.refuse(world.log, batch, "a test");
                        } else {
                            world.log.acknowledge(batch);
                        }
                        acknowledged.addAll(World.numbers(List.of(batch)));
                    }
                }
            }
            world.flow();
        }
        // What can be read after a commit is durable.
        world.log.linkUp(false);
        if (!disk.isOff()) {
            world.drain().forEach(this::publish);
        }
        return disk;
    }

    private void publish(OutboxBatch batch) {
        List<Long> rows = World.numbers(List.of(batch));
        List<Long> before = published.putIfAbsent(World.identity(batch), rows);
        assertThat(before == null ? rows : before).as(World.identity(batch)).isEqualTo(rows);
        durable.computeIfAbsent(batch.stream(), missing -> new TreeSet<>()).addAll(rows);
    }

    private void verify(MemoryStorage disk, String when) throws IOException {
        World world = new World(disk).open(settings);
        List<OutboxBatch> left = world.drain();
        left.forEach(this::publish);
        for (String stream : durable.keySet()) {
            List<OutboxBatch> mine =
                    left.stream().filter(batch -> batch.stream().equals(stream)).toList();
            assertThat(World.numbers(mine)).as(when).isSorted().doesNotHaveDuplicates();
            assertThat(mine).extracting(OutboxBatch::seq).as(when).isSorted().doesNotHaveDuplicates();
            Set<Long> missing = new TreeSet<>(durable.get(stream));
            missing.removeAll(acknowledged);
            missing.removeAll(World.numbers(mine));
            assertThat(missing).as("lost in %s, %s", stream, when).isEmpty();
        }
        // Damage is not looked at: a commit of more than a sector that is torn, and never was durable, looks like it.
        world.append("a", nextRow);
        world.commit();
        world.drain().forEach(this::publish);
    }
}
