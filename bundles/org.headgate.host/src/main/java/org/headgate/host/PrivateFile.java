package org.headgate.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A file that should be its owner's alone.
 *
 * @param path where it is
 * @param ownersOnly whether nobody else may use it
 */
public record PrivateFile(Path path, boolean ownersOnly) {
    private static final Set<PosixFilePermission> OWNER = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    /** The files of a folder, from the root on, sorted; none where it cannot be read. */
    public static List<PrivateFile> list(Machine machine, String folder) {
        List<PrivateFile> found = new ArrayList<>();
        for (Path file : Machine.list(machine.root().resolve(folder), "*")) {
            try {
                if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    found.add(new PrivateFile(file, OWNER.containsAll(Files.getPosixFilePermissions(file))));
                }
            } catch (IOException | UnsupportedOperationException unknown) {
                found.add(new PrivateFile(file, true));
            }
        }
        return found;
    }

    /** The file's name. */
    public String name() {
        return path.getFileName().toString();
    }
}
