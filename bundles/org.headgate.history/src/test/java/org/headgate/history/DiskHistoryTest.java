package org.headgate.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Column;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.history.api.HistoryStatus;
import org.headgate.history.api.Reading;
import org.headgate.system.api.kit.MemoryStorage;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.Test;

class DiskHistoryTest {
    private static final long SECOND = 1_000_000_000L;
    private final MemoryStorage disk = new MemoryStorage();

    @Test
    void withoutAFileNothingIsKept() throws IOException {
        World world = new World(disk);
        world.seconds(1);
        assertThat(world.subscribed).isEmpty();
        assertThat(world.history.flows()).isEmpty();
        assertThat(world.history.status().streams()).isEmpty();
        assertThat(world.numbers("*")).isEmpty();
        assertThat(disk.in("history").list()).isEmpty();
    }

    @Test
    void rowsCanBeReadBeforeAndAfterTheyAreWritten() throws IOException {
        World world = new World(disk, "streams = boiler*, alarm-*");
        assertThat(world.subscribed).containsExactly("boiler*", "alarm-*");
        world.publish("boiler", 1, 2);
        world.publish("alarm-x", 3);
        assertThat(world.numbers("*")).containsExactly(1L, 2L, 3L);
        assertThat(world.flow().queued()).isEqualTo(3);
        world.seconds(61);
        assertThat(world.flow().passed()).isEqualTo(3);
        world.publish("boiler", 4);
        assertThat(world.numbers("*")).containsExactly(1L, 2L, 3L, 4L);
        assertThat(world.numbers("boiler")).containsExactly(1L, 2L, 4L);
        assertThat(world.numbers("alarm-*")).containsExactly(3L);
        assertThat(world.numbers("boil")).isEmpty();
    }

    @Test
    void aStopWritesWhatWaitsAndTheNextStartReadsIt() throws IOException {
        World world = new World(disk, "streams = *");
        world.publish("boiler", 1, 2, 3);
        world.history.close();
        assertThat(world.flow().passed()).isEqualTo(3);
        world.publish("boiler", 4);
        assertThat(world.flow().dropped()).containsEntry("stopped", 1L);

        World next = new World(disk.crash(1), "streams = *");
        next.publish("boiler", 5);
        assertThat(next.numbers("*")).containsExactly(1L, 2L, 3L, 5L);
    }

    @Test
    void everythingOfARowComesBack() throws IOException {
        Schema schema = Schema.of(
                new Column("t", Type.DOUBLE, "Cel"),
                Column.of("b", Type.BOOLEAN),
                Column.of("s", Type.STRING),
                Column.of("x", Type.ANY),
                Column.of("l", Type.ARRAY));
        World world = new World(disk, "streams = *");
        Row row = Row.builder(schema)
                .set(0, 1.5)
                .uncertain(0)
                .bad(1)
                .set(3, (Object) 7L)
                .set(4, (Object) List.of(1L, "a"))
                .build(123, ClockState.STEPPED);
        world.publish("a", row);
        world.seconds(61);
        List<Row> found = new ArrayList<>();
        world.history.read("a", 123, 124, (stream, back) -> found.add(back));
        assertThat(found).hasSize(1);
        assertThat(found.get(0)).hasToString(row.toString());
        assertThat(found.get(0).schema()).isSameAs(schema);
        assertThat(found.get(0).clock()).isEqualTo(ClockState.STEPPED);
        assertThat(found.get(0).quality(0)).isEqualTo(row.quality(0));
    }

    @Test
    void aTimeIsReadFromItsFirstInstantToBeforeItsEnd() throws IOException {
        World world = new World(disk, "streams = *", "interval = 2s");
        for (int i = 0; i < 20; i++) {
            world.publish("a", i);
            world.seconds(1);
        }
        long start = SimulatedSystem.START_NANOS;
        assertThat(world.numbers("a", start + 5 * SECOND, start + 9 * SECOND)).containsExactly(5L, 6L, 7L, 8L);
        assertThat(world.numbers("a", start + 19 * SECOND, Long.MAX_VALUE)).containsExactly(19L);
    }

    @Test
    void aConsumerThatHasEnoughIsLeftAlone() throws IOException {
        World world = new World(disk, "streams = *", "interval = 1s");
        for (int i = 0; i < 20; i++) {
            world.publish("a", i);
            world.seconds(2);
        }
        List<Long> numbers = new ArrayList<>();
        Reading reading = world.history.read("a", 0, Long.MAX_VALUE, (stream, row) -> {
            numbers.add(row.asLong(0));
            return numbers.size() < 3;
        });
        assertThat(numbers).containsExactly(0L, 1L, 2L);
        assertThat(reading.rows()).isEqualTo(3);
    }

    @Test
    void aCardIsWrittenToOncePerIntervalOr64Kilobytes() {
        World world = new World(disk, "streams = *");
        world.seconds(1);
        long before = disk.operations();
        for (int i = 0; i < 600; i++) {
            world.publish("a", i);
            world.seconds(1);
        }
        // A look at the free space and a write a minute; a file is made once.
        assertThat(disk.operations() - before).isBetween(15L, 25L);
        assertThat(disk.syncs()).isZero();
    }

    @Test
    void theOldestFilesGoWhenTheLimitIsReached() throws IOException {
        World world = new World(disk, "streams = *", "max-bytes = 1MiB");
        long n = 0;
        for (int i = 0; i < 400; i++) {
            for (int j = 0; j < 500; j++) {
                world.publish("a", n++);
            }
            world.seconds(1);
            assertThat(world.history.status().bytes()).isLessThanOrEqualTo(1 << 20);
        }
        world.seconds(61);
        List<Long> left = world.numbers("a");
        assertThat(left.get(0)).isPositive();
        assertThat(left).isEqualTo(LongStream.range(left.get(0), n).boxed().toList());
        assertThat(world.history.status().bytes()).isGreaterThan(1 << 19);
        assertThat(world.flow().passed()).isEqualTo(n);
    }

    @Test
    void rowsThatAreTooOldGo() throws IOException {
        World world = new World(disk, "streams = *", "max-age = 1h");
        for (int i = 0; i < 180; i++) {
            world.publish("a", i);
            world.seconds(60);
        }
        List<Long> left = world.numbers("a");
        assertThat(left.get(left.size() - 1)).isEqualTo(179);
        assertThat(left.size()).isBetween(58, 66);
    }

    @Test
    void aClockThatIsNotSetDeletesNothing() throws IOException {
        World world = new World(disk, "streams = *", "max-age = 1h");
        world.publish("a", 1);
        world.seconds(61);
        world.history.close();
        SimulatedSystem later = new SimulatedSystem(1);
        later.clockSet(false);
        later.step(Duration.ofDays(100));
        World next = new World(later, disk, "streams = *", "max-age = 1h");
        next.publish("a", 2);
        next.seconds(61);
        assertThat(next.numbers("a")).containsExactly(1L, 2L);
    }

    @Test
    void theStatusSaysWhatThereIs() {
        World world = new World(disk, "streams = *");
        world.publish("a", 1);
        world.seconds(61);
        HistoryStatus status = world.history.status();
        assertThat(status.files()).isEqualTo(1);
        assertThat(status.bytes()).isPositive();
        assertThat(status.oldestNanos()).hasValue(SimulatedSystem.START_NANOS);
        assertThat(status.newestNanos()).hasValue(SimulatedSystem.START_NANOS);
        assertThat(status.problem()).isEmpty();
    }

    @Test
    void aWrongFileIsSaidAndKeepsNothing() {
        World world = new World(disk, "streams = *", "max-byte = 1MiB");
        assertThat(world.subscribed).isEmpty();
        assertThat(world.history.status().problem()).contains("max-byte").contains("did you mean max-bytes?");
        assertThat(World.settings("streams = ").problem()).contains("streams");
        assertThat(World.settings("streams = a", "max-age = 1s").problem()).contains("max-age");
    }
}
