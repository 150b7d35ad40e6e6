package org.headgate.outbox.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.headgate.outbox.api.Lane;
import org.headgate.outbox.api.OutboxBatch;
import org.headgate.outbox.api.OutboxLog;
import org.headgate.outbox.api.OutboxName;
import org.headgate.outbox.api.OutboxSettings;
import org.headgate.system.api.kit.MemoryStorage;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.Test;

/** Bytes that change by themselves: each costs at most the record that it is in, and that is counted and reported. */
class DamageTest {
    private static final boolean LONG = Boolean.getBoolean("headgate.long");
    private static final OutboxSettings SETTINGS = World.settings(1 << 24, 4096, 100, 7);
    private static final String[] STREAMS = {"a", "b", "c"};

    private MemoryStorage disk = new MemoryStorage();
    /** What a healthy log gives out. */
    private final Map<String, OutboxBatch> healthy = new TreeMap<>();

    private final List<String> order = new ArrayList<>();
    private final Map<String, Long> lastRow = new TreeMap<>();

    @Test
    void everyByteOfASmallLogMayFlip() throws IOException {
        fill(75);
        for (String name : folder(disk).list()) {
            byte[] good = folder(disk).content(name);
            for (int at = 0; at < good.length; at++) {
                byte[] bad = good.clone();
                bad[at] ^= (byte) (1 << at % 8);
                verify(name, bad, 1, name + ", byte " + at);
            }
        }
    }

    @Test
    void anyBytesOfALargeLogMayBecomeOthers() throws IOException {
        fill(4000);
        List<String> names = folder(disk).list();
        for (int seed = 0; seed < (LONG ? 20_000 : 200); seed++) {
            Random random = new Random(seed);
            String name = names.get(random.nextInt(names.size()));
            byte[] bad = folder(disk).content(name);
            int bytes = 1 + random.nextInt(4);
            for (int i = 0; i < bytes; i++) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt();
            }
            boolean wordless = !schemas(name, folder(disk).content(name)).equals(schemas(name, bad));
            verify(name, bad, wordless ? Integer.MAX_VALUE : bytes, name + ", seed " + seed);
        }
    }

    /** The schemas that are left of a segment: each stands there twice, and again in the summary. */
    private static Set<Integer> schemas(String name, byte[] content) throws IOException {
        Set<Integer> left = new HashSet<>();
        if (name.endsWith(".seg")) {
            long number = Long.parseLong(name.substring(0, name.indexOf('.')));
            ByteBuffer bytes = ByteBuffer.wrap(content);
            for (Frame frame = Frame.find(bytes, 0, content.length, number);
                    frame != null;
                    frame = Frame.find(bytes, frame.end(), content.length, number)) {
                if (frame.type() == Frame.SCHEMA) {
                    left.add((int) frame.payload(bytes).getVarint());
                }
            }
            MemoryStorage alone = new MemoryStorage();
            alone.damage(name, content);
            Summary summary = Summary.find(alone.open(name), number, new Ledger(), new Damage(alone, 0));
            left.addAll(summary == null ? Set.of() : summary.schemas().keySet());
        }
        return left;
    }

    @Test
    void aFullSegmentThatWasCutShortCostsWhatWasBehind() throws IOException {
        fill(150);
        List<String> names = segments();
        for (String name : names.subList(0, names.size() - 1)) {
            byte[] good = folder(disk).content(name);
            // A file that is empty was never written.
            for (int length = 1; length < good.length; length += 37) {
                verify(name, Arrays.copyOf(good, length), Integer.MAX_VALUE, name + ", length " + length);
            }
        }
    }

    @Test
    void aNumberThatWasAcknowledgedIsNotUsedAgainAlthoughTheDiskHasForgottenItsRows() throws IOException {
        World world = new World(disk).open(SETTINGS);
        for (int i = 0; i < 100; i++) {
            world.log.append("a", Rows.row(i));
            world.commit();
            for (OutboxBatch batch : world.drain()) {
                healthy.put(World.identity(batch), batch);
                world.log.acknowledge(batch);
            }
        }
        world.log.close();
        List<String> names = segments();
        String last = names.get(names.size() - 1);
        byte[] good = folder(disk).content(last);
        for (int length = 1; length < good.length; length += 7) {
            MemoryStorage hurt = disk.crash(true);
            folder(hurt).damage(last, Arrays.copyOf(good, length));
            // Where no segment is left the log gets another identity, by chance.
            SimulatedSystem system = new SimulatedSystem(length);
            OutboxLog again = new SegmentOutbox(hurt, system, system, system, system)
                    .open(OutboxName.of("cloud"), SETTINGS, () -> {});
            again.append("a", Rows.row(100));
            system.advance(Duration.ofSeconds(1));
            OutboxBatch next = again.next(Lane.LIVE, any -> true).orElseThrow();
            assertThat(World.numbers(List.of(next))).as("length %d", length).containsExactly(100L);
            assertThat(healthy.keySet()).as("length %d", length).doesNotContain(World.identity(next));
        }
    }

    private List<String> segments() throws IOException {
        return folder(disk).list().stream()
                .filter(name -> name.endsWith(".seg"))
                .toList();
    }

    private static MemoryStorage folder(MemoryStorage disk) {
        return disk.in("outbox").in("cloud").in("main");
    }

    /** A log with segments that are settled, begun and not begun, as a clean stop leaves it. */
    private void fill(int rows) throws IOException {
        World world = new World(disk).open(SETTINGS);
        for (int i = 0; i < rows; i++) {
            world.log.append(STREAMS[i % 7 % 3], Rows.row(i));
            lastRow.put(STREAMS[i % 7 % 3], (long) i);
            if (i % 3 == 0) {
                world.commit();
            }
        }
        world.commit();
        List<OutboxBatch> all = world.drain();
        all.subList(0, all.size() / 3).forEach(world.log::acknowledge);
        world.log.close();
        World again = new World(disk.crash(true)).open(SETTINGS);
        for (OutboxBatch batch : again.drain()) {
            healthy.put(World.identity(batch), batch);
            order.add(World.identity(batch));
        }
        assertThat(order).isNotEmpty();
    }

    private void verify(String name, byte[] content, int most, String what) throws IOException {
        MemoryStorage hurt = disk.crash(true);
        folder(hurt).damage(name, content);
        World world = new World(hurt).open(SETTINGS);
        List<OutboxBatch> left = world.drain();
        List<String> given = left.stream().map(World::identity).toList();
        Set<String> missing = new HashSet<>(order);
        given.forEach(missing::remove);
        assertThat(missing).as(what).hasSizeLessThanOrEqualTo(most);
        for (OutboxBatch batch : left) {
            OutboxBatch before = healthy.get(World.identity(batch));
            // What was settled may come again where nobody knows any more that it was.
            if (before != null) {
                assertThat(World.numbers(List.of(batch))).as(what).isEqualTo(World.numbers(List.of(before)));
            }
            batch.rows()
                    .forEach(row -> assertThat(Rows.isRow(row, row.asLong(0))).isTrue());
        }
        List<String> expected =
                order.stream().filter(each -> !missing.contains(each)).toList();
        assertThat(given.stream().filter(healthy::containsKey).toList())
                .as(what)
                .isEqualTo(expected);
        assertThat(world.flow().queued()).as(what).isEqualTo(World.numbers(left).size());
        counted(world, missing, left, most, what);
    }

    private void counted(World world, Set<String> missing, List<OutboxBatch> left, int most, String what) {
        long rows = missing.stream()
                .mapToLong(each -> healthy.get(each).rows().size())
                .sum();
        long counted = world.flow().dropped().getOrDefault("corrupt", 0L);
        boolean last = missing.contains(order.get(order.size() - 1));
        // What nothing comes after leaves no gap.
        assertThat(counted).as(what).isLessThanOrEqualTo(rows).isGreaterThanOrEqualTo(last ? 0 : rows);
        long number = 1_000_000;
        for (String stream : STREAMS) {
            world.append(stream, number++);
        }
        world.commit();
        List<OutboxBatch> next = world.drain();
        assertThat(World.numbers(next)).as(what).containsExactly(1_000_000L, 1_000_001L, 1_000_002L);
        assertThat(next).as(what).extracting(World::identity).doesNotContainAnyElementsOf(order);
        List<OutboxBatch> all = new ArrayList<>(left);
        all.addAll(next);
        long reported = all.stream()
                .mapToLong(batch -> batch.dropped().getOrDefault("corrupt", 0L))
                .sum();
        // Where a batch and what tells of it are both gone, or no later batch of its stream is there, nobody knows
        // whose it was.
        boolean nobodys = most > 1 || missing.stream().anyMatch(this::isLastOfItsStream);
        assertThat(reported).as(what).isLessThanOrEqualTo(counted).isGreaterThanOrEqualTo(nobodys ? 0 : counted);
    }

    private boolean isLastOfItsStream(String identity) {
        OutboxBatch batch = healthy.get(identity);
        return World.numbers(List.of(batch)).contains(lastRow.get(batch.stream()));
    }

    @Test
    void damageThatIsFoundWhenALogIsOpenedAgainIsCountedOnce() throws IOException {
        World world = new World(new MemoryStorage()).open(World.settings(1 << 20, 8 << 20, 100, 5));
        for (int i = 0; i < 100; i += 5) {
            world.append("a", i, i + 1, i + 2, i + 3, i + 4);
            world.commit();
        }
        world.log.close();
        byte[] content = world.folder().content(Segment.file(1));
        content[content.length / 2] ^= 1;
        world.folder().damage(Segment.file(1), content);
        world.open(World.SMALL);
        List<OutboxBatch> left = world.drain();
        assertThat(World.numbers(left)).hasSize(95);
        left.forEach(world.log::acknowledge);
        assertThat(world.flow().in()).isEqualTo(100);
        assertThat(world.flow().recovered()).isZero();
        assertThat(world.flow().dropped()).isEqualTo(Map.of("corrupt", 5L));
        assertThat(world.flow().passed()).isEqualTo(95);
    }
}
