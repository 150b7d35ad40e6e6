package org.headgate.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Column;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.history.api.Reading;
import org.headgate.stream.api.Event;
import org.headgate.system.api.kit.MemoryStorage;
import org.junit.jupiter.api.Test;

/** What a history does on a disk that is full, hangs or is damaged. */
class DiskTroubleTest {
    private final MemoryStorage disk = new MemoryStorage();

    @Test
    void aFullDiskCostsRowsAndSaysSoOnce() throws IOException {
        World world = new World(disk, "streams = *");
        world.seconds(1);
        disk.failFrom(0, "No space left on device", true);
        for (int i = 0; i < 10; i++) {
            world.publish("a", i);
            world.seconds(61);
        }
        assertThat(world.flow().dropped()).containsEntry("storage", 10L);
        assertThat(world.history.status().problem()).contains("No space left");
        assertThat(world.events).extracting(Event::state).containsExactly("FAILING");
        disk.heal();
        world.publish("a", 10);
        world.seconds(61);
        assertThat(world.events).extracting(Event::state).containsExactly("FAILING", "RUNNING");
        assertThat(world.events.get(1).count()).isEqualTo(10);
        assertThat(world.history.status().problem()).isEmpty();
        assertThat(world.numbers("a")).containsExactly(10L);
    }

    @Test
    void theOutboxComesFirstWhenTheDiskIsNearlyFull() throws IOException {
        World world = new World(disk, "streams = *", "max-age = 16m");
        for (int i = 0; i < 10; i++) {
            world.publish("a", i);
            world.seconds(120);
        }
        int files = world.history.status().files();
        assertThat(files).isGreaterThan(3);
        disk.capacity(SegmentFiles.RESERVE);
        for (int i = 10; i < 14; i++) {
            world.publish("a", i);
            world.seconds(61);
        }
        assertThat(world.history.status().files()).isLessThan(files);
        assertThat(world.numbers("a")).doesNotContain(0L, 1L, 2L);
    }

    @Test
    void aDiskThatHangsCostsBoundedMemory() {
        World world = new World(new HangingStorage(disk), "streams = *");
        world.seconds(1);
        for (int i = 0; i < 100_000; i++) {
            world.publish("a", i);
        }
        world.seconds(61);
        assertThat(world.flow().dropped().get("storage")).isGreaterThan(50_000);
        assertThat(world.flow().queued()).isPositive();
        assertThat(world.events).extracting(Event::state).containsExactly("FAILING");
    }

    @Test
    void whatATornTailHadIsSkipped() throws IOException {
        World world = new World(disk, "streams = *", "interval = 1s");
        for (int i = 0; i < 5; i++) {
            world.publish("a", i);
            world.seconds(2);
        }
        MemoryStorage folder = World.folder(disk);
        String file = folder.list().get(0);
        byte[] content = folder.content(file);
        folder.damage(file, Arrays.copyOf(content, content.length - 3));
        World next = new World(disk, "streams = *");
        next.publish("a", 5);
        assertThat(next.numbers("a")).containsExactly(0L, 1L, 2L, 3L, 5L);
    }

    @Test
    void damageAnywhereCostsOneBlock() throws IOException {
        World world = new World(disk, "streams = *", "interval = 1s");
        for (int i = 0; i < 5; i++) {
            world.publish("a", i);
            world.seconds(2);
        }
        MemoryStorage folder = World.folder(disk);
        String file = folder.list().get(0);
        byte[] content = folder.content(file);
        for (int at = 0; at < content.length; at++) {
            byte[] damaged = content.clone();
            damaged[at] ^= 0x40;
            folder.damage(file, damaged);
            World next = new World(disk, "streams = *");
            List<Long> numbers = new ArrayList<>();
            Reading reading = next.history.read("a", 0, Long.MAX_VALUE, (stream, row) -> numbers.add(row.asLong(0)));
            assertThat(numbers).as("byte %d", at).hasSize(4).isSorted();
            assertThat(reading.damaged()).isEqualTo(1);
        }
    }

    @Test
    void aRowThatCannotBeWrittenHarmsNoOther() throws IOException {
        World world = new World(disk, "streams = *");
        Object deep = 1L;
        for (int i = 0; i < 60; i++) {
            deep = List.of(deep);
        }
        Schema schema = Schema.of(Column.of("x", Type.ANY));
        world.publish("a", 1);
        world.publish("b", Row.builder(schema).set(0, deep).build(5, ClockState.SYNCED));
        world.publish(
                "b",
                Row.builder(schema)
                        .set(0, (Object) "x".repeat(BlockBuilder.MOST_ROW_BYTES))
                        .build(5, ClockState.SYNCED));
        world.publish("a", 2);
        world.seconds(61);
        assertThat(world.flow().dropped()).containsEntry("error", 2L);
        assertThat(world.numbers("*")).containsExactly(1L, 2L);
    }
}
