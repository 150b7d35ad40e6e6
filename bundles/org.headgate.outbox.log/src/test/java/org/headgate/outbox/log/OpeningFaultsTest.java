package org.headgate.outbox.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.headgate.outbox.api.OutboxBatch;
import org.headgate.outbox.api.OutboxSettings;
import org.headgate.system.api.kit.MemoryDisks;
import org.headgate.system.api.kit.MemoryStorage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A disk that cannot be read while a log is opened: only what is read decides what is good; the opening is tried again. */
class OpeningFaultsTest {
    private static final OutboxSettings SETTINGS = World.settings(1 << 20, 2048, 100, 20);
    private static final int ROWS = 1000;
    private static final String ERROR = "Input/output error";

    private World world = new World(new MemoryStorage());
    private Spy spy;

    @BeforeEach
    void fill() throws IOException {
        world.open(SETTINGS);
        for (int i = 0; i < ROWS; i++) {
            world.append("a", i);
            if (i % 10 == 9) {
                world.commit();
            }
        }
        // The cursor is there, and the first segment is not settled.
        world.log.acknowledge(world.drain().get(0));
        world.system.advance(Duration.ofSeconds(2));
        restart();
    }

    /** The same disk in another process that has not opened the log yet. */
    private void restart() {
        MemoryStorage disk = world.disk.crash(true);
        spy = new Spy(disk);
        world = new World(disk, spy, new MemoryDisks(disk));
    }

    private List<String> segments() throws IOException {
        return world.folder().list().stream()
                .filter(name -> name.endsWith(".seg"))
                .toList();
    }

    private void failsToOpen(int times, String why) {
        for (int i = 0; i < times; i++) {
            assertThatThrownBy(() -> world.open(SETTINGS))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(why);
        }
    }

    /** All rows come but the ten that are acknowledged, and one more is written where it belongs. */
    private void nothingIsLost() throws IOException {
        world.open(SETTINGS);
        world.append("a", ROWS);
        world.commit();
        restart();
        world.open(SETTINGS);
        List<OutboxBatch> all = world.drain();
        assertThat(World.numbers(all))
                .isEqualTo(LongStream.rangeClosed(10, ROWS).boxed().toList());
        assertThat(all.stream().map(OutboxBatch::seq).distinct()).hasSize(all.size());
        assertThat(world.flow().dropped()).isEmpty();
        assertThat(segments()).noneMatch(name -> name.startsWith("quarantine-"));
    }

    @Test
    void segmentsThatDoNotOpenForAWhileAreWaitedFor() throws IOException {
        for (String name : segments()) {
            spy.shut(name, new IOException(ERROR));
        }
        failsToOpen(5, ERROR);
        spy.heal();
        nothingIsLost();
    }

    @Test
    void segmentsOfWhichNothingCanBeReadForAWhileAreWaitedFor() throws IOException {
        for (String name : segments()) {
            spy.unreadable(name, 0, 1 << 20);
        }
        failsToOpen(5, ERROR);
        spy.heal();
        nothingIsLost();
    }

    @Test
    void anyReadThatFailsOnceCostsNothing() throws IOException {
        World whole = world;
        long failed = 0;
        for (int n = 1; failed == n - 1; n++) {
            world = whole;
            restart();
            spy.failOnce(n);
            try {
                world.open(SETTINGS).log.close();
            } catch (IOException atOnce) {
                assertThat(atOnce).hasMessage(ERROR);
                failed++;
            }
            spy.failOnce(Long.MAX_VALUE);
            restart();
            nothingIsLost();
        }
        assertThat(failed).isGreaterThan(20);
    }

    @Test
    void aFileThatNeverOpensIsSetAsideInTheEndAndItsRowsAreCounted() throws IOException {
        String second = segments().get(1);
        byte[] content = world.folder().content(second);
        spy.shut(second, new IOException("Structure needs cleaning"));
        failsToOpen(15, "Structure needs cleaning");
        world.open(SETTINGS);
        List<Long> numbers = World.numbers(world.drain());
        List<Long> missing = new ArrayList<>(LongStream.range(10, ROWS).boxed().toList());
        missing.removeAll(numbers);
        assertThat(missing).isNotEmpty().hasSizeLessThan(200);
        assertThat(world.flow().dropped()).isEqualTo(Map.of("corrupt", (long) missing.size()));
        assertThat(world.outbox.list().get(0).problem()).isEqualTo("1 unreadable segments set aside as quarantine-*");
        assertThat(world.folder().content("quarantine-" + second)).isEqualTo(content);
    }

    @Test
    void aBlockThatStaysBadInAHeadCostsTheRecordsInItAndNoFile() throws IOException {
        spy.unreadable(segments().get(1), 0, 512);
        failsToOpen(2, ERROR);
        world.open(SETTINGS);
        List<OutboxBatch> all = world.drain();
        for (int second = 0; second < 5; second++) {
            world.system.advance(Duration.ofSeconds(1));
            all.addAll(world.drain());
        }
        List<Long> numbers = World.numbers(all);
        assertThat(numbers).isSorted().hasSizeGreaterThan(ROWS - 200);
        assertThat(world.flow().dropped().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(ROWS - 10 - numbers.size());
        assertThat(world.outbox.list().get(0).problem()).isEmpty();
    }

    @Test
    void aFileOfSomebodyElseIsNeverSetAside() throws IOException {
        String last = segments().get(segments().size() - 1);
        spy.shut(last, new AccessDeniedException("var/" + last));
        failsToOpen(40, "var/" + last + " cannot be read (expected: a file of the gateway's user)");
        spy.heal();
        nothingIsLost();
    }

    @Test
    void aDiskThatIsGoneForGoodDamagesNothing() throws IOException {
        for (String name : world.folder().list()) {
            spy.shut(name, new IOException(ERROR));
        }
        failsToOpen(40, ERROR);
        spy.heal();
        nothingIsLost();
    }

    @Test
    void anEmptyFileOnAReadOnlyDiskIsLeftAlone() throws IOException {
        world.folder().damage(Segment.file(900), new byte[0]);
        world.disk.failFrom(0, "Read-only file system", true);
        world.open(SETTINGS);
        assertThat(World.numbers(world.drain())).hasSize(ROWS - 10);
        world.disk.heal();
        restart();
        nothingIsLost();
    }
}
