package org.headgate.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A device file, seen by the user of this process.
 *
 * @param path as it was asked for: {@code /dev/ttyUSB0}
 * @param exists whether it is there
 * @param usable whether this process may read and write it; what is in {@code /sys} is only read
 * @param group the group that it belongs to; empty where that cannot be known
 * @param groupUsable whether that group may read and write it
 */
public record DeviceNode(String path, boolean exists, boolean usable, String group, boolean groupUsable) {
    private static final List<PosixFilePermission> OF_GROUP =
            List.of(PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_WRITE);

    /** Looks at a file, symbolic links followed; opens nothing, for that can reset what is behind a serial line. */
    public static DeviceNode of(Machine machine, String path) {
        Path file = machine.root().resolve(path.substring(1));
        try {
            PosixFileAttributes attributes = Files.readAttributes(file, PosixFileAttributes.class);
            return new DeviceNode(
                    path,
                    true,
                    Files.isReadable(file) && (path.startsWith("/sys/") || Files.isWritable(file)),
                    attributes.group().getName(),
                    attributes.permissions().containsAll(OF_GROUP));
        } catch (IOException | UnsupportedOperationException none) {
            return new DeviceNode(path, Files.exists(file), false, "", false);
        }
    }

    /** The members of a group in {@code /etc/group}; empty where there is no such group. */
    public static Optional<List<String>> members(Machine machine, String group) {
        return machine.text("etc/group")
                .flatMap(text -> text.lines()
                        .map(line -> line.split(":", -1))
                        .filter(fields -> fields.length == 4 && fields[0].equals(group))
                        .map(fields -> Arrays.asList(fields[3].split(",")))
                        .findFirst());
    }
}
