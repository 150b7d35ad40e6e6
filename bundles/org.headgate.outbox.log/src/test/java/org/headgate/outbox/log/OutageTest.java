package org.headgate.outbox.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.headgate.outbox.api.Durability;
import org.headgate.outbox.api.Lane;
import org.headgate.outbox.api.OutboxBatch;
import org.headgate.outbox.api.OutboxSettings;
import org.headgate.outbox.api.OutboxStatus;
import org.headgate.system.api.kit.MemoryStorage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk that takes nothing for days, while there is a link: what comes goes past it. */
class OutageTest {
    private static final String READ_ONLY = "Read-only file system";

    private final MemoryStorage disk = new MemoryStorage(5);
    private final List<OutboxBatch> sent = new ArrayList<>();
    private World world = new World(disk);
    private long number;

    private void open(Durability durability) throws IOException {
        OutboxSettings settings = World.settings(16 << 20, 64 << 10, 100, 20);
        world.open(durability == Durability.OFFLINE ? World.offline(settings) : settings);
        world.log.linkUp(false);
        flows(100);
    }

    @BeforeEach
    void startEmpty() {
        assertThat(disk.used()).isZero();
    }

    private void fail(String fault) {
        disk.failFrom(disk.operations(), fault, true);
    }

    /** Rows come and are sent and acknowledged at once. */
    private void flows(int rows) {
        for (int i = 0; i < rows; i++) {
            append(1);
            world.commit();
            send();
        }
    }

    private void append(int rows) {
        for (int i = 0; i < rows; i++) {
            world.append("a", number++);
        }
    }

    private List<OutboxBatch> send() {
        List<OutboxBatch> some = world.drain();
        sent.addAll(some);
        some.forEach(world.log::acknowledge);
        return some;
    }

    private void wait(int seconds) {
        world.system.advance(Duration.ofSeconds(seconds));
    }

    private OutboxStatus status() {
        return world.outbox.list().get(0);
    }

    private String own() {
        return status().log();
    }

    private void everythingCameOnceAndInOrder() {
        assertThat(World.numbers(sent))
                .isEqualTo(LongStream.range(0, number).boxed().toList());
        assertThat(sent).extracting(World::identity).doesNotHaveDuplicates();
        assertThat(world.flow().queued()).isZero();
        assertThat(world.flow().dropped()).isEmpty();
        assertThat(world.flow().passed()).isEqualTo(number);
    }

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
}
