package org.headgate.payload.sparkplug;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.headgate.system.api.StorageFile;
import org.headgate.system.api.kit.MemoryStorage;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.Test;

class BirthCountTest {
    private final SimulatedSystem system = new SimulatedSystem(1);
    private final MemoryStorage storage = new MemoryStorage();
    private final List<Integer> kept = new ArrayList<>();

    private BirthCount count() {
        return new BirthCount(storage, system, "cloud");
    }

    /** A connection has come about; births go when {@code kept} has its number. */
    private void keep(BirthCount count, int number) {
        count.keep(number, () -> kept.add(number));
        system.run();
    }

    @Test
    void triesThatDidNotConnectAreForgottenByTheNextProcess() {
        BirthCount first = count();
        assertThat(first.next()).isZero();
        keep(first, 0);
        assertThat(first.next()).isEqualTo(1);
        assertThat(count().next()).isEqualTo(1);
    }

    @Test
    void thereIsOneForEachUplink() {
        keep(count(), 9);
        assertThat(new BirthCount(storage, system, "backup").next()).isZero();
        assertThat(count().next()).isEqualTo(10);
    }

    @Test
    void aFileThatIsDamagedBeginsAtZero() throws IOException {
        keep(count(), 9);
        try (StorageFile file = storage.folder("sparkplug").open("cloud")) {
            file.write(ByteBuffer.wrap("x".getBytes(StandardCharsets.US_ASCII)), 0);
        }
        assertThat(count().next()).isZero();
    }

    @Test
    void aDiskThatFailsDoesNotKeepANodeFromConnecting() {
        storage.failFrom(0, "no space", false);
        BirthCount count = count();
        assertThat(count.next()).isZero();
        keep(count, 0);
        assertThat(kept).containsExactly(0);
        assertThat(count.next()).isEqualTo(1);
    }

    /** One after a power cut would be taken for the death of the one before. */
    @Test
    void birthsWaitUntilTheNumberOutlivesAPowerCut() {
        BirthCount count = count();
        count.keep(count.next(), () -> kept.add(new BirthCount(storage.crash(false), system, "cloud").next()));
        assertThat(kept).isEmpty();
        system.run();
        assertThat(kept).containsExactly(1);
    }

    /** The first connection waits for the disk as long as it has patience, those behind it for nothing, and one thread is all that hangs. */
    @Test
    void aDiskThatHangsKeepsNoNodeFromItsBirths() {
        storage.hang(true);
        BirthCount count = count();
        keep(count, count.next());
        assertThat(kept).isEmpty();
        system.advance(BirthCount.PATIENCE);
        assertThat(kept).containsExactly(0);
        keep(count, count.next());
        keep(count, count.next());
        assertThat(kept).containsExactly(0, 1, 2);
        assertThat(system.stuck()).isEqualTo(1);
        storage.hang(false);
        system.releaseHung();
        assertThat(system.stuck()).isZero();
        assertThat(new BirthCount(storage.crash(false), system, "cloud").next()).isEqualTo(3);
    }

    @Test
    void aSecondConnectionIsBornWhenItsOwnNumberIsOnDisk() {
        BirthCount count = count();
        count.keep(0, () -> kept.add(count().next()));
        count.keep(1, () -> kept.add(count().next()));
        system.run();
        assertThat(kept).containsExactly(2, 2);
    }
}
