package org.headgate.system.jvm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.headgate.system.api.Disks;
import org.headgate.system.api.Storage;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Real folders, wherever they are. */
@Component
public final class FolderDisks implements Disks {
    private final Path home;
    private final Mounts mounts;

    /** With the home that the framework property {@code headgate.home} names. */
    @Activate
    public FolderDisks(BundleContext context) {
        this(Path.of(String.valueOf(context.getProperty("headgate.home"))), Path.of("/proc/self/mountinfo"));
    }

    FolderDisks(Path home, Path mounts) {
        this.home = home.toAbsolutePath();
        this.mounts = new Mounts(mounts);
    }

    @Override
    public Storage at(String folder, boolean requireMount) throws IOException {
        Path path = Path.of(folder).normalize();
        if (!path.isAbsolute()) {
            throw new IOException(folder + " (expected: an absolute path)");
        }
        FolderStorage.Guard guard = requireMount ? () -> checkMounted(path) : () -> {};
        guard.check();
        try {
            FolderStorage.make(
                    path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException refused) {
            throw new IOException(
                    path + " cannot be made (expected: a folder that the gateway's user may write to): "
                            + refused.getMessage(),
                    refused);
        }
        // What lies on a disk that has become read-only is still to be sent.
        if (!Files.isWritable(path) && !Files.getFileStore(path).isReadOnly()) {
            throw new IOException(path + " cannot be written to (expected: a folder of the gateway's user)");
        }
        return new FolderStorage(path, guard);
    }

    private void checkMounted(Path folder) throws IOException {
        String device = mounts.device(folder).orElse("");
        if (device.isEmpty()
                || device.equals(mounts.device(folder.getRoot()).orElse(""))
                || device.equals(mounts.device(home).orElse(""))) {
            throw new IOException(folder + " is not mounted (expected: a disk other than that of / and of " + home
                    + "; mount it or set require-mount=false)");
        }
    }
}
