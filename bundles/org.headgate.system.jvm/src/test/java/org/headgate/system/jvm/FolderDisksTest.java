package org.headgate.system.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.headgate.system.api.Storage;
import org.headgate.system.api.StorageFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders on other disks, with a table of mounts that is written by the test. */
class FolderDisksTest {
    @TempDir
    Path root;

    private Path table;

    private FolderDisks disks(String... mounts) throws IOException {
        table = root.resolve("mountinfo");
        mounted(mounts);
        return new FolderDisks(Files.createDirectories(root.resolve("home")), table);
    }

    /** Each is {@code device point}; the root is on 8:1. */
    private void mounted(String... mounts) throws IOException {
        StringBuilder lines = new StringBuilder("21 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw\n");
        for (String mount : mounts) {
            String[] parts = mount.split(" ", 2);
            lines.append("36 21 ")
                    .append(parts[0])
                    .append(" / ")
                    .append(parts[1].replace("\\", "\\134").replace(" ", "\\040"))
                    .append(" rw,noatime shared:2 - ext4 /dev/sdb1 rw\n");
        }
        Files.writeString(table, lines);
    }

    private String in(String folder) throws IOException {
        return root.toRealPath().resolve(folder).toString();
    }

    @Test
    void takesAFolderOnADiskOfItsOwnAndKeepsItToItself() throws IOException {
        String data = in("my data");
        Storage storage = disks("8:17 " + data).at(data + "/outbox", true);
        try (StorageFile file = storage.folder("cloud").open("a")) {
            file.write(ByteBuffer.wrap(new byte[3]), 0);
        }
        assertThat(Path.of(data, "outbox", "cloud", "a")).hasSize(3);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(data, "outbox"))))
                .isEqualTo("rwx------");
    }

    @Test
    void refusesAFolderOnTheRootsFileSystemInWords() throws IOException {
        String data = in("data");
        FolderDisks disks = disks();
        assertThatThrownBy(() -> disks.at(data, true))
                .isInstanceOf(IOException.class)
                .hasMessage(data + " is not mounted (expected: a disk other than that of / and of "
                        + root.resolve("home") + "; mount it or set require-mount=false)");
        assertThat(Path.of(data)).doesNotExist();
        disks.at(data, false);
        assertThat(Path.of(data)).isDirectory();
    }

    @Test
    void refusesABindMountOfTheRootAndTheFileSystemOfTheHome() throws IOException {
        FolderDisks disks = disks("8:1 " + in("bind"), "8:5 " + in("home"), "8:5 " + in("again"), "8:6 " + in("other"));
        assertThatThrownBy(() -> disks.at(in("bind/x"), true)).hasMessageContaining("is not mounted");
        assertThatThrownBy(() -> disks.at(in("home/x"), true)).hasMessageContaining("is not mounted");
        assertThatThrownBy(() -> disks.at(in("again/x"), true)).hasMessageContaining("is not mounted");
        disks.at(in("other/x"), true);
    }

    @Test
    void aFolderBesideAMountPointWithALongerNameIsNotOnIt() throws IOException {
        FolderDisks disks = disks("8:17 " + in("data"));
        assertThatThrownBy(() -> disks.at(in("database"), true)).hasMessageContaining("is not mounted");
    }

    @Test
    void theMountThatCoversAnotherCounts() throws IOException {
        FolderDisks disks = disks("8:17 " + in("data"), "8:1 " + in("data"));
        assertThatThrownBy(() -> disks.at(in("data"), true)).hasMessageContaining("is not mounted");
    }

    @Test
    void aMountWhoseNameIsNoTextDisturbsNobody() throws IOException {
        String data = in("data");
        FolderDisks disks = disks("8:17 " + data);
        byte[] line = "37 21 8:18 / /media/M?ll rw shared:3 - vfat /dev/sdc1 rw\n".getBytes(StandardCharsets.US_ASCII);
        line[new String(line, StandardCharsets.US_ASCII).indexOf('?')] = (byte) 0xFC;
        Files.write(table, line, StandardOpenOption.APPEND);
        disks.at(data, true);
        assertThatThrownBy(() -> disks.at(in("card"), true)).hasMessageContaining("is not mounted");
    }

    @Test
    void followsALinkToTheDiskOnWhichItReallyIs() throws IOException {
        FolderDisks disks = disks("8:17 " + in("data"));
        Files.createDirectories(root.resolve("data"));
        Files.createDirectories(root.resolve("card"));
        Files.createSymbolicLink(root.resolve("good"), root.resolve("data"));
        Files.createSymbolicLink(root.resolve("data").resolve("bad"), root.resolve("card"));
        disks.at(in("good/outbox"), true);
        assertThat(root.resolve("data/outbox")).isDirectory();
        assertThatThrownBy(() -> disks.at(in("data/bad/outbox"), true)).hasMessageContaining("is not mounted");
    }

    @Test
    void noFileIsMadeOnTheCardWhenTheDiskIsPulledLater() throws IOException {
        String data = in("data");
        FolderDisks disks = disks("8:17 " + data);
        Storage storage = disks.at(data, true).folder("cloud");
        storage.open("a").close();
        mounted();
        assertThatThrownBy(() -> storage.open("b")).hasMessageContaining("is not mounted");
        assertThatThrownBy(() -> storage.rename("a", "b")).hasMessageContaining("is not mounted");
        assertThatThrownBy(() -> storage.delete("a")).hasMessageContaining("is not mounted");
        assertThatThrownBy(() -> storage.folder("x")).hasMessageContaining("is not mounted");
        mounted("8:33 " + data);
        assertThat(storage.list()).containsExactly("a");
    }

    @Test
    void refusesARelativePathAndAFileInTheWay() throws IOException {
        FolderDisks disks = disks();
        assertThatThrownBy(() -> disks.at("data", false)).hasMessage("data (expected: an absolute path)");
        Files.writeString(root.resolve("file"), "x");
        assertThatThrownBy(() -> disks.at(in("file/inner"), false))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("file/inner cannot be made (expected: ");
    }
}
