package org.headgate.driver.host;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Where things are on this machine: everything below a root, which is {@code /} but in tests. */
record Machine(Path root, Path disk) {
    KernelFile proc(String name) {
        return new KernelFile(root.resolve("proc").resolve(name));
    }

    /** The file system that is watched. */
    FileStore fileStore() throws IOException {
        return Files.getFileStore(disk);
    }

    /**
     * The disks whose writes count: whole ones with a device behind them, hence no partitions, loops, RAM disks or
     * mappings, which would count the same bytes again.
     */
    List<String> disks() {
        return list(root.resolve("sys/block"), "*").stream()
                .filter(block -> Files.exists(block.resolve("device")))
                .map(block -> block.getFileName().toString())
                .toList();
    }

    /** The processor's temperature in thousandths of a degree, or else the first one there is. */
    Optional<Path> temperature() {
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

    private static SortedSet<Path> list(Path folder, String pattern) {
        SortedSet<Path> found = new TreeSet<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, pattern)) {
            entries.forEach(found::add);
        } catch (IOException | java.nio.file.DirectoryIteratorException notThere) {
            found.clear(); // Containers and small kernels have no such folder.
        }
        return found;
    }
}
