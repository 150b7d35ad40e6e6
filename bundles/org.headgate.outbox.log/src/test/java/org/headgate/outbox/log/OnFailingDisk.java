package org.headgate.outbox.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.headgate.outbox.api.Durability;
import org.headgate.outbox.api.OutboxBatch;
import org.headgate.outbox.api.OutboxSettings;
import org.headgate.outbox.api.OutboxStatus;
import org.headgate.system.api.kit.MemoryStorage;

/** A log with a link whose disk takes nothing for a while. */
class OnFailingDisk {
    static final String READ_ONLY = "Read-only file system";

    final MemoryStorage disk = new MemoryStorage(5);
    final List<OutboxBatch> sent = new ArrayList<>();
    World world = new World(disk);
    long number;

    void open(Durability durability) throws IOException {
        OutboxSettings settings = World.settings(16 << 20, 64 << 10, 100, 20);
        world.open(durability == Durability.OFFLINE ? World.offline(settings) : settings);
        world.log.linkUp(false);
        flows(100);
    }

    void fail(String fault) {
        disk.failFrom(disk.operations(), fault, true);
    }

    /** Rows come and are sent and acknowledged at once. */
    void flows(int rows) {
        for (int i = 0; i < rows; i++) {
            append(1);
            world.commit();
            send();
        }
    }

    void append(int rows) {
        for (int i = 0; i < rows; i++) {
            world.append("a", number++);
        }
    }

    List<OutboxBatch> send() {
        List<OutboxBatch> some = world.drain();
        sent.addAll(some);
        some.forEach(world.log::acknowledge);
        return some;
    }

    void wait(int seconds) {
        world.system.advance(Duration.ofSeconds(seconds));
    }

    OutboxStatus status() {
        return world.outbox.list().get(0);
    }

    String own() {
        return status().log();
    }

    void everythingCameOnceAndInOrder() {
        assertThat(World.numbers(sent))
                .isEqualTo(LongStream.range(0, number).boxed().toList());
        assertThat(sent).extracting(World::identity).doesNotHaveDuplicates();
        assertThat(world.flow().queued()).isZero();
        assertThat(world.flow().dropped()).isEmpty();
        assertThat(world.flow().passed()).isEqualTo(number);
    }
}
