package org.headgate.outbox.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Column;
import org.headgate.data.api.Row;
import org.headgate.data.api.RowBuilder;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.outbox.api.OutboxBatch;
import org.headgate.outbox.api.OutboxSettings;
import org.headgate.system.api.kit.MemoryStorage;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.Test;

/** What goes wrong in the wrong order. */
class LogFaultsTest {
    private World world = new World(new MemoryStorage());

    @Test
    void aBatchThatIsSettledAfterTheRewindIsNeitherGivenOutAgainNorCountedTwice() throws IOException {
        world.open(World.SMALL);
        for (int i = 0; i < 3; i++) {
            world.append("a", i);
            world.commit();
        }
        List<OutboxBatch> first = world.drain();
        world.log.linkUp(false);
        World.refuse(world.log, first.get(0), "late");
        world.log.acknowledge(first.get(1));
        List<OutboxBatch> again = world.drain();
        assertThat(World.numbers(again)).containsExactly(2L);
        again.forEach(world.log::acknowledge);
        assertThat(world.flow().passed()).isEqualTo(2);
        assertThat(world.flow().queued()).isZero();
    }

    @Test
    void numbersOfASegmentThatWasSetAsideAreNotUsedAgainHoweverOftenItRestarts() throws IOException {
        world.open(World.SMALL);
        for (int i = 0; i < 300; i++) {
            world.append("a", i);
            world.commit();
        }
        world.log.close();
        String last = "";
        for (String name : world.folder().list()) {
            last = name.endsWith(".seg") ? name : last;
        }
        world.folder().damage(last, new byte[3000]);
        for (int start = 0; start < 3; start++) {
            world = new World(world.disk.crash(start)).open(World.SMALL);
            world.log.close();
        }
        world = new World(world.disk).open(World.SMALL);
        world.append("a", 1000);
        world.commit();
        List<OutboxBatch> left = world.drain();
        OutboxBatch next = left.get(left.size() - 1);
        assertThat(World.numbers(List.of(next))).containsExactly(1000L);
        assertThat(next.seq()).isGreaterThan(300);
        assertThat(world.folder().content("quarantine-" + last)).isEqualTo(new byte[3000]);
    }

    @Test
    void whereTheSegmentOfTheCursorHasVanishedCountingBeginsAnewAndRowsGoOn() throws IOException {
        world.open(World.SMALL).append("a", 0);
        world.commit();
        byte[] first = world.folder().content(Segment.file(1));
        for (int i = 1; i < 300; i++) {
            world.append("a", i);
            world.commit();
            world.drain().forEach(world.log::acknowledge);
        }
        world.log.close();
        for (String name : world.folder().list()) {
            if (name.endsWith(".seg")) {
                world.folder().delete(name);
            }
        }
        world.folder().damage(Segment.file(1), first);
        world = new World(world.disk).open(World.SMALL);
        world.append("a", 300);
        world.commit();
        List<OutboxBatch> next = world.drain();
        assertThat(World.numbers(next)).containsExactly(300L);
        world.log.close();
        world = new World(world.disk).open(World.SMALL);
        List<OutboxBatch> again = world.drain();
        assertThat(again).extracting(World::identity).containsExactly(World.identity(next.get(0)));
        assertThat(World.numbers(again)).containsExactly(300L);
    }

    @Test
    void aRowThatCannotBeEncodedIsRefusedAndHarmsNoOther() throws IOException {
        Schema odd = Schema.of(new Column("list", Type.ARRAY, ""));
        Object broken = new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("gone");
            }
        };
        world.open(World.SMALL).append("a", 1);
        world.log.append(
                "a", Row.builder(odd).set(0, List.of(broken)).build(SimulatedSystem.START_NANOS, ClockState.SYNCED));
        world.append("a", 2);
        world.commit();
        world.system.advance(Duration.ofSeconds(5));
        assertThat(World.numbers(world.drain())).containsExactly(1L, 2L);
        assertThat(world.flow().dropped()).isEqualTo(Map.of("refused", 1L));
    }

    @Test
    void aRefusalIsReportedEvenWhenThePowerGoesBeforeTheNextRow() throws IOException {
        world.open(World.SMALL).append("a", 1, 2);
        world.commit();
        World.refuse(world.log, world.drain().get(0), "too large");
        world.system.advance(Duration.ofSeconds(2));
        world = new World(world.disk.crash(5)).open(World.SMALL);
        assertThat(world.flow().queued()).isZero();
        world.append("a", 3);
        world.commit();
        assertThat(world.drain().get(0).dropped()).isEqualTo(Map.of("refused", 2L));
    }

    @Test
    void batchesStaySmallEnoughForAnyBrokerWhenTheyAreWrittenAsJson() throws IOException {
        Column[] columns = new Column[40];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = new Column("a_column_with_a_long_name_" + i, Type.LONG, "");
        }
        Schema wide = Schema.of(columns);
        world.open(OutboxSettings.DEFAULT);
        for (int i = 0; i < 1000; i++) {
            world.log.append(
                    "a", Row.builder(wide).set(0, i).build(SimulatedSystem.START_NANOS + i, ClockState.SYNCED));
        }
        for (int i = 0; i < 500; i++) {
            RowBuilder full = Row.builder(wide);
            for (int column = 0; column < columns.length; column++) {
                full.set(column, 5);
            }
            world.log.append("b", full.build(SimulatedSystem.START_NANOS + i, ClockState.SYNCED));
        }
        world.commit();
        List<OutboxBatch> batches = world.drain();
        assertThat(batches).hasSizeGreaterThan(5);
        for (OutboxBatch batch : batches) {
            if (batch.stream().equals("b")) {
                // Each of these rows takes more than 1,200 bytes of JSON.
                assertThat(batch.rows()).hasSizeLessThan(70);
            }
        }
    }

    @Test
    void aCallThatStartsAfterTheCloseTouchesNothing() throws IOException {
        world.open(World.SMALL).append("a", 1);
        world.commit();
        world.drain().forEach(world.log::acknowledge);
        world.append("a", 2);
        world.log.close();
        long before = world.disk.operations();
        world.system.advance(Duration.ofSeconds(5));
        assertThat(world.disk.operations()).isEqualTo(before);
    }

    @Test
    void aWriteThatFailedAndYetReachedTheDiskIsNeverTakenForTheOneThatReplacedIt() throws IOException {
        for (int seed = 0; seed < 40; seed++) {
            world = new World(new MemoryStorage());
            world.open(World.SMALL).append("a", 1);
            world.commit();
            world.append("a", 2);
            // The write goes through, its sync does not.
            world.disk.failFrom(world.disk.operations() + 2, "I/O error", true);
            world.commit();
            world.disk.heal();
            world.append("a", 3);
            world.system.advance(Duration.ofSeconds(2));
            List<OutboxBatch> before = world.drain();
            assertThat(World.numbers(before)).containsExactly(1L, 2L, 3L);
            world = new World(world.disk.crash(seed)).open(World.SMALL);
            List<OutboxBatch> after = world.drain();
            assertThat(after)
                    .extracting(World::identity)
                    .containsExactlyElementsOf(
                            before.stream().map(World::identity).toList());
            assertThat(World.numbers(after)).containsExactly(1L, 2L, 3L);
        }
    }
}
