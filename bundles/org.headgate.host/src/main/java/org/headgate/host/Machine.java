package org.headgate.host;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Where things are on a Linux machine. Thread-safe; nothing is kept.
 *
 * @param root below which everything is: {@code /} but in tests
 * @param disk a file or folder on the file system that is watched
 */
public record Machine(Path root, Path disk) {
    private static final int MOST_TEXT = 64 << 10;

    /** The machine that we run on, with the file system of a folder. */
    public static Machine of(Path disk) {
        return new Machine(Path.of("/"), disk);
    }

    /** A file of {@code /proc}, for example {@code net/dev}. */
    public KernelFile proc(String name) {
        return new KernelFile(root.resolve("proc").resolve(name));
    }

    /**
     * A small file as text without blanks and NULs around it; empty when it is not there or cannot be read.
     *
     * @param path from the root on, for example {@code proc/device-tree/model}
     */
    public Optional<String> text(String path) {
        try (InputStream file = Files.newInputStream(root.resolve(path))) {
            String text = new String(file.readNBytes(MOST_TEXT), StandardCharsets.UTF_8);
            return Optional.of(text.replace("\0", "").strip());
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    /**
     * The end of a file as text, from the beginning of a line on; empty when it is not there or cannot be read.
     *
     * @param path from the root on
     * @param most how many bytes
     */
    public Optional<String> tail(String path, int most) {
        try (FileChannel file = FileChannel.open(root.resolve(path), StandardOpenOption.READ)) {
            long from = Math.max(0, file.size() - most);
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(file.size(), most));
            while (bytes.hasRemaining() && file.read(bytes, from + bytes.position()) >= 0) {
                continue;
            }
            String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
            return Optional.of(from == 0 ? text : text.substring(text.indexOf('\n') + 1));
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    /** The names of what is in a folder, sorted; empty when it is not there or cannot be read. From the root on. */
    public List<String> names(String path) {
        return list(root.resolve(path), "*").stream()
                .map(entry -> entry.getFileName().toString())
                .toList();
    }

    /** Whether there is such a file or folder, from the root on. */
    public boolean has(String path) {
        return Files.exists(root.resolve(path));
    }

    /** Whether that is only another name of something, a symbolic link; from the root on. */
    public boolean isLink(String path) {
        return Files.isSymbolicLink(root.resolve(path));
    }

    /** The name of the file that a link leads to in the end; empty where there is no such link, or nothing behind it. */
    public Optional<String> linkedName(String path) {
        try {
            return isLink(path)
                    ? Optional.of(root.resolve(path).toRealPath().getFileName().toString())
                    : Optional.empty();
        } catch (IOException broken) {
            return Optional.empty();
        }
    }

    /**
     * What the watched file system has.
     *
     * @throws IOException when the disk does not say
     */
    public Space space() throws IOException {
        FileStore store = Files.getFileStore(disk);
        return new Space(
                store.getTotalSpace(), store.getUnallocatedSpace(), store.getUsableSpace(), store.isReadOnly());
    }

    /**
     * A file system.
     *
     * @param total its size in bytes
     * @param unallocated bytes that hold nothing, those that are kept for root included
     * @param usable bytes that we may still write
     * @param readOnly whether nothing can be written
     */
    public record Space(long total, long unallocated, long usable, boolean readOnly) {
        /** What df says: space that is kept for root counts on neither side. In per cent, from 0 to 100. */
        public double usedPercent() {
            long used = total - unallocated;
            return used + usable == 0 ? 0 : 100.0 * used / (used + usable);
        }
    }

    /**
     * The disks whose writes count: whole ones with a device behind them, hence no partitions, loops, RAM disks or
     * mappings, which would count the same bytes again.
     */
    public List<String> disks() {
        return list(root.resolve("sys/block"), "*").stream()
                .filter(block -> Files.exists(block.resolve("device")))
                .map(block -> block.getFileName().toString())
                .toList();
    }

    /** The processor's temperature in thousandths of a degree, or else the first one there is. */
    public Optional<Path> temperature() {
        List<Path> found = new ArrayList<>();
        for (Path zone : list(root.resolve("sys/class/thermal"), "thermal_zone*")) {
            Path value = zone.resolve("temp");
            if (Files.isReadable(value)) {
                found.add(isProcessor(zone) ? 0 : found.size(), value);
            }
        }
        for (Path chip : list(root.resolve("sys/class/hwmon"), "hwmon*")) {
            found.addAll(list(chip, "temp*_input"));
        }
        return found.stream().findFirst();
    }

    private static boolean isProcessor(Path zone) {
        try {
            String type = Files.readString(zone.resolve("type"));
            return type.contains("cpu") || type.contains("soc") || type.contains("x86_pkg");
        } catch (IOException unnamed) {
            return false;
        }
    }

    static SortedSet<Path> list(Path folder, String pattern) {
        SortedSet<Path> found = new TreeSet<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, pattern)) {
            entries.forEach(found::add);
        } catch (IOException | java.nio.file.DirectoryIteratorException notThere) {
            found.clear(); // Containers and small kernels have no such folder.
        }
        return found;
    }
}
