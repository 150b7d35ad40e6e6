package org.headgate.outbox.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.headgate.outbox.api.OutboxBatch;
import org.headgate.outbox.api.OutboxSettings;
import org.headgate.system.api.kit.MemoryStorage;
import org.junit.jupiter.api.Test;

/** Segments whose heads are damaged in both places. */
class HeadlessTest {
    private static final OutboxSettings SETTINGS = World.settings(1 << 20, 4096, 100, 10);
    private static final int ROWS = 500;

    private World world = new World(new MemoryStorage());
    private final List<String> sent = new ArrayList<>();

    private void fill() throws IOException {
        world.open(SETTINGS);
        for (int i = 0; i < ROWS; i++) {
            world.append(i % 3 == 0 ? "a" : "b", i);
            if (i % 7 == 0) {
                world.commit();
            }
        }
        world.commit();
        world.drain().forEach(batch -> sent.add(World.identity(batch)));
    }

    private List<String> segments() throws IOException {
        return world.folder().list().stream()
                .filter(name -> name.endsWith(".seg"))
                .toList();
    }

    /** Flips a byte in each of the heads of a segment, and one elsewhere. */
    private static void behead(MemoryStorage folder, String name, int elsewhere) {
        byte[] content = folder.content(name);
        content[20] ^= 1;
        content[90] ^= 1;
        content[elsewhere] ^= 1;
        folder.damage(name, content);
    }

    private World without(String name, int elsewhere) throws IOException {
        MemoryStorage hurt = world.disk.crash(true);
        behead(hurt.in("outbox").in("cloud").in("main"), name, elsewhere);
        return new World(hurt).open(SETTINGS);
    }

    @Test
    void aFullOneIsReadByItsSummary() throws IOException {
        fill();
        List<String> names = segments();
        assertThat(names).hasSizeGreaterThan(4);
        for (String name : names.subList(0, names.size() - 1)) {
            World left = without(name, 25);
            List<OutboxBatch> all = left.drain();
            assertThat(all)
                    .as(name)
                    .extracting(World::identity)
                    .hasSize(sent.size())
                    .isEqualTo(sent);
            assertThat(left.flow().dropped()).as(name).isEmpty();
            assertThat(left.outbox.list().get(0).problem()).as(name).isEmpty();
        }
    }

    @Test
    void whereTheSummaryIsDamagedTooItsBatchesTellWhereItBegan() throws IOException {
        fill();
        List<String> names = segments();
        for (String name : names.subList(1, names.size())) {
            World left = without(name, world.folder().content(name).length - 1);
            int all = left.drain().size();
            assertThat(all).as(name).isGreaterThanOrEqualTo(sent.size() - 1);
            assertThat(left.flow().dropped().getOrDefault("corrupt", 0L) > 0
                            || name.equals(names.get(names.size() - 1)))
                    .as(name)
                    .isEqualTo(all < sent.size() || name.equals(names.get(names.size() - 1)));
            left.append("a", ROWS);
            left.commit();
            OutboxBatch next = left.drain().get(0);
            assertThat(World.numbers(List.of(next))).containsExactly((long) ROWS);
            assertThat(sent).as(name).doesNotContain(World.identity(next));
        }
    }

    @Test
    void theFirstOneIsKnownByTheCursor() throws IOException {
        fill();
        OutboxBatch first =
                new World(world.disk.crash(true)).open(SETTINGS).drain().get(0);
        world.log.linkUp(false);
        assertThat(World.identity(world.drain().get(0))).isEqualTo(World.identity(first));
        world.log.acknowledge(first);
        world.system.advance(Duration.ofSeconds(2));
        assertThat(world.folder().list()).contains(Cursor.FILE);
        String name = segments().get(0);
        World left = without(name, world.folder().content(name).length - 1);
        assertThat(left.drain()).extracting(World::identity).isEqualTo(sent.subList(1, sent.size()));
        assertThat(left.flow().dropped()).isEmpty();
    }

    @Test
    void oneThatFailedToBeWrittenTakesNothingFromItsSuccessor() throws IOException {
        fill();
        String failed = Segment.file(segments().size() + 1);
        String successor = Segment.file(segments().size() + 2);
        byte[] left = begun(new World(world.disk.crash(true)), failed);
        // Its first sector never reached the disk.
        Arrays.fill(left, 0, 512, (byte) 0);
        World other = new World(world.disk.crash(true));
        other.folder().damage(failed, new byte[0]);
        byte[] good = begun(other, successor);
        world.folder().damage(failed, left);
        world.folder().damage(successor, good);
        World next = new World(world.disk.crash(true)).open(SETTINGS);
        List<OutboxBatch> all = next.drain();
        assertThat(World.numbers(all)).hasSize(ROWS + 40).doesNotHaveDuplicates();
        assertThat(next.flow().dropped()).isEmpty();
        assertThat(next.outbox.list().get(0).problem()).isEmpty();
    }

    /** What forty more rows make of a file. */
    private static byte[] begun(World on, String name) throws IOException {
        on.open(SETTINGS);
        for (int i = 0; i < 40; i++) {
            on.append(i % 2 == 0 ? "a" : "b", ROWS + i);
        }
        on.commit();
        return on.folder().content(name);
    }
}
