package org.headgate.outbox.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.headgate.outbox.api.OutboxBatch;
import org.headgate.outbox.api.OutboxStatus;
import org.headgate.system.api.kit.MemoryStorage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk that fails for a while costs nothing: rows wait in memory, somebody is told, and it goes on by itself. */
class DiskFaultsTest {
    private final MemoryStorage disk = new MemoryStorage(5);
    private World world = new World(disk);
    private long number;

    @BeforeEach
    void start() throws IOException {
        world.open(World.SMALL);
        append(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"No space left on device", "Input/output error", "Read-only file system"})
    void nothingIsLostWhileNothingCanBeWritten(String fault) throws IOException {
        disk.failFrom(disk.operations(), fault, true);
        append(500);
        assertThat(status().problem()).startsWith("cannot write: " + fault);
        assertThat(status().atRisk()).isEqualTo(500);
        disk.heal();
        everythingComes();
    }

    @Test
    void nothingIsLostWhileNothingCanBeReadEither() throws IOException {
        disk.failFrom(disk.operations(), "Input/output error", false);
        append(300);
        assertThat(world.drain()).isEmpty();
        append(300);
        disk.heal();
        everythingComes();
    }

    @Test
    void aDiskThatFillsUpInTheMiddleOfAWriteGoesOnWhenThereIsRoom() throws IOException {
        for (int room = 0; room < 4000; room += 111) {
            disk.capacity(disk.used() + room);
            append(100);
            assertThat(status().problem()).startsWith("cannot write: No space left on device");
            disk.capacity(Long.MAX_VALUE);
            append(20);
        }
        everythingComes();
    }

    @Test
    void whatIsAcknowledgedMakesRoomOnAFullDisk() throws IOException {
        append(300);
        disk.capacity(disk.used());
        append(300);
        assertThat(status().problem()).startsWith("cannot write: No space left on device");
        List<OutboxBatch> all = world.drain();
        all.forEach(world.log::acknowledge);
        append(0);
        List<OutboxBatch> more = world.drain();
        List<Long> numbers = new ArrayList<>(World.numbers(all));
        numbers.addAll(World.numbers(more));
        assertThat(numbers).isEqualTo(LongStream.range(0, number).boxed().toList());
        assertThat(status().problem()).isEmpty();
    }

    @Test
    void aSyncThatFailsOnceLosesNothingAlthoughItsPagesAreGone() throws IOException {
        for (int i = 0; i < 40; i++) {
            disk.failSyncFrom(disk.operations() + i % 3);
            append(7);
        }
        long committed = number;
        MemoryStorage left = disk.crash(9);
        everythingComes();
        world = new World(left).open(World.SMALL);
        assertThat(World.numbers(world.drain()))
                .isEqualTo(LongStream.range(0, committed).boxed().toList());
    }

    @Test
    void aRangeThatCannotBeWrittenIsLeftAlone() throws IOException {
        String last = last();
        long size = world.folder().content(last).length;
        world.folder().failRange(last, size + 200, size + 300, false, true);
        append(50);
        everythingComes();
        assertThat(world.folder().content(last).length).isLessThanOrEqualTo((int) size + 200);
    }

    @Test
    void aBlockThatCannotBeReadCostsTheRecordsInIt() throws IOException {
        append(2000);
        String first = world.folder().list().stream()
                .filter(name -> name.endsWith(".seg"))
                .findFirst()
                .orElseThrow();
        world.log.close();
        world = new World(disk.crash(true));
        world.folder().failRange(first, 4096, 4608, true, false);
        // At the third try it is damage and not a disk that comes late.
        assertThatThrownBy(() -> world.open(World.SMALL)).hasMessage("Input/output error");
        assertThatThrownBy(() -> world.open(World.SMALL)).hasMessage("Input/output error");
        world.open(World.SMALL);
        List<OutboxBatch> all = world.drain();
        List<Long> numbers = World.numbers(all);
        assertThat(numbers).isSorted().doesNotHaveDuplicates();
        long missing = number - numbers.size();
        assertThat(missing).isBetween(1L, 150L);
        assertThat(world.flow().dropped().get("corrupt")).isEqualTo(missing);
        assertThat(world.flow().queued()).isEqualTo(numbers.size());
    }

    @Test
    void aLogOnADiskThatIsFullOpensAndGivesOutWhatItHas() throws IOException {
        world.log.close();
        MemoryStorage full = disk.crash(true);
        full.capacity(full.used());
        world = new World(full).open(World.SMALL);
        assertThat(World.numbers(world.drain())).hasSize(100);
        append(30);
        assertThat(status().problem()).startsWith("cannot write: No space left on device");
        full.capacity(Long.MAX_VALUE);
        world.log.linkUp(false);
        everythingComes();
    }

    @Test
    void aLogOnADiskThatIsReadOnlyOpensAndGivesOutWhatItHas() throws IOException {
        world.log.close();
        MemoryStorage readOnly = disk.crash(true);
        readOnly.failFrom(0, "Read-only file system", true);
        world = new World(readOnly).open(World.SMALL);
        append(30);
        List<OutboxBatch> left = world.drain();
        assertThat(World.numbers(left))
                .isEqualTo(LongStream.range(0, 100).boxed().toList());
        assertThat(status().problem()).startsWith("cannot write: Read-only file system");
        readOnly.heal();
        world.log.linkUp(false);
        everythingComes();
    }

    /** Appends rows, ten in a commit interval: what comes does not wait for the disk. */
    private void append(int rows) {
        for (int i = 0; i < rows; i++) {
            world.log.append("a", Rows.row(number++));
            if (i % 10 == 9) {
                world.commit();
            }
            assertThat(world.flow().dropped()).isEmpty();
        }
        world.system.advance(Duration.ofSeconds(31));
    }

    private void everythingComes() throws IOException {
        append(5);
        assertThat(World.numbers(world.drain()))
                .isEqualTo(LongStream.range(0, number).boxed().toList());
        assertThat(status().problem()).isEmpty();
        assertThat(status().atRisk()).isZero();
        assertThat(world.flow().dropped()).isEmpty();
    }

    private String last() throws IOException {
        String last = "";
        for (String name : world.folder().list()) {
            last = name.endsWith(".seg") ? name : last;
        }
        return last;
    }

    private OutboxStatus status() {
        return world.outbox.list().get(0);
    }
}
