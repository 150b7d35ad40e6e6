package org.headgate.outbox.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.headgate.outbox.api.Durability;
import org.headgate.outbox.api.Lane;
import org.headgate.outbox.api.OutboxBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A disk that takes nothing for days, while there is a link: what comes goes past it. */
class OutageTest extends OnFailingDisk {
    @ParameterizedTest
    @EnumSource(Durability.class)
    void aSiteWithAReadOnlyDiskGoesOnSendingForAsLongAsItLasts(Durability durability) throws IOException {
        open(durability);
        fail(READ_ONLY);
        flows(50_000);
        assertThat(status().problem()).startsWith("cannot write: Read-only file system");
        assertThat(status().atRisk()).isZero();
        assertThat(world.flow().passed()).isEqualTo(number);
        assertThat(world.events).as("told once").hasSize(1);
        disk.heal();
        wait(31);
        assertThat(status().problem()).isEmpty();
        assertThat(world.events).hasSize(2);
        flows(100);
        everythingCameOnceAndInOrder();
        List<OutboxBatch> own =
                sent.stream().filter(batch -> batch.log().equals(own())).toList();
        if (durability == Durability.ALWAYS) {
            assertThat(own)
                    .as("without a gap")
                    .extracting(OutboxBatch::seq)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, own.size()).boxed().toList());
        } else {
            assertThat(own).extracting(OutboxBatch::seq).isSorted();
        }
        List<OutboxBatch> past =
                sent.stream().filter(batch -> !batch.log().equals(own())).toList();
        assertThat(past).extracting(OutboxBatch::log).containsOnly(past.get(0).log());
        assertThat(past)
                .extracting(OutboxBatch::seq)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, past.size()).boxed().toList());
        assertThat(past.size()).isGreaterThan(durability == Durability.ALWAYS ? 49_000 : 48_000);
    }

    @Test
    void whileNothingIsTriedNoFileIsTouched() throws IOException {
        open(Durability.ALWAYS);
        wait(2);
        fail("Input/output error");
        flows(3000);
        long before = disk.operations();
        flows(300);
        // It is tried every 30 seconds, and once a minute for what is too old.
        assertThat(disk.operations() - before).isLessThan(20);
    }

    @Test
    void aMomentIsWaitedForAndKeepsTheNumbersOfTheLog() throws IOException {
        open(Durability.ALWAYS);
        fail("Input/output error");
        for (int i = 0; i < 5; i++) {
            append(1);
            world.commit();
            assertThat(send()).isEmpty();
        }
        disk.heal();
        wait(2);
        send();
        everythingCameOnceAndInOrder();
        assertThat(sent).extracting(OutboxBatch::log).containsOnly(own());
    }

    @Test
    void whileThereIsNoLinkEitherRowsWaitInMemoryUpToItsLimits() throws IOException {
        open(Durability.ALWAYS);
        fail(READ_ONLY);
        flows(100);
        world.log.linkDown();
        append(30_000);
        wait(60);
        long dropped = world.flow().dropped().get("storage");
        assertThat(dropped).isEqualTo(30_000 - Pending.MOST_ROWS);
        world.log.linkUp(true);
        world.commit();
        wait(1);
        List<OutboxBatch> waited = send();
        assertThat(World.numbers(waited))
                .isEqualTo(LongStream.range(number - 30_000, number - dropped)
                        .boxed()
                        .toList());
        assertThat(waited.get(0).dropped()).isEqualTo(Map.of("storage", dropped));
        disk.heal();
        wait(31);
        append(1);
        world.commit();
        assertThat(send().get(0).dropped()).as("it has been told").isEmpty();
        assertThat(world.flow().queued()).isZero();
    }

    @Test
    void whatABrokerDoesNotTakeEitherIsBoundedToo() throws IOException {
        open(Durability.ALWAYS);
        fail(READ_ONLY);
        flows(100);
        for (int i = 0; i < 60; i++) {
            append(1000);
            world.commit();
        }
        wait(40);
        assertThat(world.flow().queued()).isBetween(2L * Pending.MOST_ROWS, 2L * Pending.MOST_ROWS + 1000);
        assertThat(world.flow().dropped().get("storage"))
                .isEqualTo(60_000 - world.flow().queued());
        disk.heal();
        wait(31);
        assertThat(status().atRisk()).isZero();
        assertThat(World.numbers(send()))
                .hasSize((int) (60_000 - world.flow().dropped().get("storage")));
    }

    /** What was split off as backlog goes its own way, past the disk too. */
    @Test
    void aBacklogThatWaitsForTheDiskGoesInItsLane() throws IOException {
        open(Durability.ALWAYS);
        world.log.linkDown();
        fail(READ_ONLY);
        append(50);
        wait(5);
        world.log.linkUp(true);
        append(3);
        wait(1);
        assertThat(World.numbers(world.drain(Lane.LIVE)))
                .isEqualTo(LongStream.range(number - 3, number).boxed().toList());
        assertThat(World.numbers(world.drain(Lane.BACKLOG)))
                .isEqualTo(LongStream.range(number - 53, number - 3).boxed().toList());
    }

    /** A dying card keeps whoever asks it waiting for minutes. */
    @Test
    void aDiskThatHangsWhenItIsTriedAgainHoldsNothingUp() throws IOException {
        open(Durability.ALWAYS);
        fail("Input/output error");
        flows(100);
        disk.hang(true);
        flows(3000);
        assertThat(world.flow().passed()).isEqualTo(number);
        assertThat(world.system.stuck()).isZero();
        disk.hang(false);
        disk.heal();
        world.system.releaseHung();
        wait(31);
        flows(10);
        assertThat(status().problem()).isEmpty();
        everythingCameOnceAndInOrder();
    }

    /** Numbers are those of another log then: what was kept before stays. */
    @Test
    void whatIsRefusedPastTheDiskIsCounted() throws IOException {
        open(Durability.ALWAYS);
        fail(READ_ONLY);
        flows(100);
        append(2);
        world.commit();
        World.refuse(world.log, world.drain().get(0), "too large");
        flows(1);
        assertThat(sent.get(sent.size() - 1).dropped()).isEqualTo(Map.of("refused", 2L));
        assertThat(world.flow().dropped()).isEqualTo(Map.of("refused", 2L));
        disk.heal();
        wait(31);
        append(1);
        world.commit();
        assertThat(send().get(0).dropped()).as("it has been told").isEmpty();
    }
}
