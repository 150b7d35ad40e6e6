package org.headgate.system.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.headgate.system.api.Storage;
import org.headgate.system.api.StorageFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderStorageTest {
    @TempDir
    Path folder;

    @Test
    void keepsWhatWasWrittenUnderItsNewName() throws IOException {
        Storage storage = new FolderStorage(folder).folder("inner");
        try (StorageFile file = storage.open("a")) {
            file.write(ByteBuffer.wrap("hello".getBytes(StandardCharsets.UTF_8)), 0);
            file.write(ByteBuffer.wrap("p!".getBytes(StandardCharsets.UTF_8)), 3);
            file.sync();
        }
        storage.rename("a", "b");
        storage.syncFolder();
        assertThat(storage.list()).containsExactly("b");
        try (StorageFile file = storage.open("b")) {
            ByteBuffer into = ByteBuffer.allocate(10);
            assertThat(file.size()).isEqualTo(5);
            assertThat(file.read(into, 1)).isEqualTo(4);
            assertThat(new String(into.array(), 0, 4, StandardCharsets.UTF_8)).isEqualTo("elp!");
            file.truncate(2);
            assertThat(file.size()).isEqualTo(2);
        }
        storage.delete("b");
        storage.delete("b");
        assertThat(storage.list()).isEmpty();
        assertThat(storage.freeBytes()).isPositive();
    }

    @Test
    void whatCannotBeWrittenCanStillBeRead() throws IOException {
        // Nobody may write to this one, not even root.
        Storage readOnly = new FolderStorage(Path.of("/proc/sys/kernel"));
        try (StorageFile file = readOnly.open("ostype")) {
            ByteBuffer into = ByteBuffer.allocate(5);
            assertThat(file.read(into, 0)).isEqualTo(5);
            assertThat(new String(into.array(), StandardCharsets.UTF_8)).isEqualTo("Linux");
            assertThatThrownBy(() -> file.write(ByteBuffer.allocate(1), 0))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("ostype");
            assertThatThrownBy(() -> file.truncate(0)).isInstanceOf(IOException.class);
        }
        assertThatThrownBy(() -> readOnly.open("none")).isInstanceOf(IOException.class);
    }

    @Test
    void aFolderIsNoFile() throws IOException {
        Storage storage = new FolderStorage(folder);
        storage.folder("inner");
        assertThatThrownBy(() -> storage.open("inner")).isInstanceOf(IOException.class);
    }

    @Test
    void refusesANameThatLeadsOutOfTheFolder() {
        assertThatThrownBy(() -> new FolderStorage(folder).open("../x")).isInstanceOf(IllegalArgumentException.class);
    }
}
