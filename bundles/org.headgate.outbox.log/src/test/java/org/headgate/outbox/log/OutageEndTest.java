package org.headgate.outbox.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.headgate.outbox.api.Durability;
import org.headgate.outbox.api.Lane;
import org.headgate.outbox.api.OutboxBatch;
import org.headgate.outbox.api.OutboxSettings;
import org.headgate.system.api.kit.MemoryStorage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How it goes on when the disk takes rows again, and what a stop or a power cut before that leaves. */
class OutageEndTest extends OnFailingDisk {
    @ParameterizedTest
    @EnumSource(Durability.class)
    void whatIsNotAcknowledgedWhenTheDiskWorksAgainGoesToItInOrder(Durability durability) throws IOException {
        open(durability);
        fail(READ_ONLY);
        flows(200);
        append(30);
        world.commit();
        List<OutboxBatch> flying = world.drain();
        assertThat(World.numbers(flying)).hasSize(30);
        assertThat(status().atRisk()).isEqualTo(30);
        append(10);
        disk.heal();
        wait(31);
        assertThat(status().atRisk()).isZero();
        MemoryStorage left = disk.crash(3);
        // The answers come yet.
        flying.subList(0, 1).forEach(world.log::acknowledge);
        sent.add(flying.get(0));
        world.log.linkUp(false);
        send();
        everythingCameOnceAndInOrder();
        world = new World(left).open(World.SMALL);
        assertThat(World.numbers(world.drain()))
                .isEqualTo(LongStream.range(number - 40, number).boxed().toList());
    }

    @Test
    void aFullDiskTakesRowsAgainWhenThereIsRoom() throws IOException {
        open(Durability.ALWAYS);
        disk.capacity(disk.used() + 100);
        flows(2000);
        assertThat(status().problem()).startsWith("cannot write: No space left on device");
        disk.capacity(Long.MAX_VALUE);
        wait(31);
        flows(10);
        assertThat(status().problem()).isEmpty();
        everythingCameOnceAndInOrder();
    }

    /** The write goes through and its sync does not: what is on the disk is not what it was sent under. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatWasSentPastTheDiskDoesNotComeBackWithTheNextStart(boolean healed) throws IOException {
        open(Durability.ALWAYS);
        append(1);
        disk.failFrom(disk.operations() + 2, "Input/output error", true);
        wait(3);
        send();
        flows(20);
        if (healed) {
            disk.heal();
            wait(31);
        }
        everythingCameOnceAndInOrder();
        for (int seed = 0; seed < 40; seed++) {
            World after = new World(disk.crash(seed)).open(World.SMALL);
            List<OutboxBatch> again = after.drain();
            if (healed) {
                assertThat(again).isEmpty();
            } else {
                // Whether it was on the disk nobody could say; it comes twice then, never under the number of another
                // one.
                assertThat(World.numbers(again)).isSubsetOf(World.numbers(sent));
            }
            after.append("a", 9000);
            after.commit();
            OutboxBatch next = after.drain().get(0);
            assertThat(sent).extracting(World::identity).doesNotContain(World.identity(next));
        }
    }

    /** What a spill left of which all was acknowledged meanwhile. */
    @Test
    void whatAFailedSpillLeftIsVoidBeforeItIsSaidThatTheDiskWorks() throws IOException {
        for (int seed = 0; seed < 40; seed++) {
            disk.heal();
            world = new World(new MemoryStorage(seed));
            number = 0;
            sent.clear();
            open(Durability.ALWAYS);
            world.disk.failFrom(world.disk.operations(), READ_ONLY, true);
            flows(50);
            append(1);
            world.commit();
            List<OutboxBatch> flying = world.drain();
            world.disk.heal();
            // The probe (4) and the head (4) are taken, the batch is written, its sync fails.
            world.disk.failFrom(world.disk.operations() + 10, "Input/output error", true);
            wait(31);
            assertThat(status().problem()).startsWith("cannot write");
            flying.forEach(world.log::acknowledge);
            world.disk.heal();
            wait(62);
            assertThat(status().problem()).isEmpty();
            World after = new World(world.disk.crash(seed)).open(World.SMALL);
            assertThat(after.drain()).isEmpty();
        }
    }

    @Test
    void whatWasLiveIsNoBacklogWhenTheUplinkIsOpenedAgain() throws IOException {
        open(Durability.ALWAYS);
        fail(READ_ONLY);
        flows(500);
        world.log.linkUp(true);
        disk.heal();
        world.log.close();
        open(Durability.ALWAYS);
        append(5);
        world.commit();
        assertThat(World.numbers(world.drain(Lane.BACKLOG))).isEmpty();
        assertThat(World.numbers(world.drain(Lane.LIVE))).hasSize(5);
    }

    @Test
    void aStopWhileItLastsCountsWhatItCannotKeep() throws IOException {
        open(Durability.ALWAYS);
        fail(READ_ONLY);
        flows(50);
        append(5);
        world.commit();
        append(2);
        world.log.close();
        assertThat(world.flow().dropped()).isEqualTo(Map.of("stopped", 7L));
    }

    @Test
    void aStopWhenTheDiskWorksAgainKeepsEverything() throws IOException {
        open(Durability.ALWAYS);
        fail(READ_ONLY);
        flows(50);
        append(5);
        world.commit();
        append(2);
        disk.heal();
        world.log.close();
        assertThat(world.flow().dropped()).isEmpty();
        world = new World(disk).open(OutboxSettings.DEFAULT);
        assertThat(World.numbers(world.drain()))
                .isEqualTo(LongStream.range(number - 7, number).boxed().toList());
    }

    /** The backlog is what fills it: sending it is the only way to get room. */
    @Test
    void aDiskThatTheLogItselfHasFilledGetsRoomAsItIsSent() throws IOException {
        open(Durability.ALWAYS);
        world.log.linkDown();
        for (int i = 0; i < 300; i++) {
            append(20);
            world.commit();
        }
        disk.capacity(disk.used());
        append(200);
        wait(5);
        long full = status().bytes();
        world.log.linkUp(true);
        flows(100);
        wait(31);
        flows(10);
        assertThat(status().problem()).isEmpty();
        assertThat(status().bytes()).isLessThan(full / 2);
        assertThat(world.flow().queued()).isZero();
        assertThat(world.flow().passed()).isEqualTo(number);
    }

    /** One that is alone may be larger than what memory holds of others. */
    @Test
    void aRowLargerThanTheRoomInMemoryHoldsNothingUp() throws IOException {
        open(Durability.ALWAYS);
        fail(READ_ONLY);
        flows(50);
        world.log.append("a", World.row(number++, "x".repeat(5 << 20)));
        append(1);
        for (int i = 0; i < 5; i++) {
            world.commit();
            send();
        }
        everythingCameOnceAndInOrder();
    }
}
