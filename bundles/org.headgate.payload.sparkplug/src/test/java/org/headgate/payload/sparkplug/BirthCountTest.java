package org.headgate.payload.sparkplug;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.headgate.system.api.StorageFile;
import org.headgate.system.api.kit.MemoryStorage;
import org.junit.jupiter.api.Test;

class BirthCountTest {
    private final MemoryStorage storage = new MemoryStorage();

    private BirthCount count() {
        return new BirthCount(storage, "cloud");
    }

    @Test
    void triesThatDidNotConnectAreForgottenByTheNextProcess() {
        BirthCount first = count();
        assertThat(first.next()).isZero();
        first.keep(0);
        assertThat(first.next()).isEqualTo(1);
        assertThat(count().next()).isEqualTo(1);
    }

    @Test
    void thereIsOneForEachUplink() {
        count().keep(9);
        assertThat(new BirthCount(storage, "backup").next()).isZero();
        assertThat(count().next()).isEqualTo(10);
    }

    @Test
    void aFileThatIsDamagedBeginsAtZero() throws IOException {
        count().keep(9);
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
        count.keep(0);
        assertThat(count.next()).isEqualTo(1);
    }
}
