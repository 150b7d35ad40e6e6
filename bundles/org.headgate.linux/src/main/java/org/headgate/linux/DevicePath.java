package org.headgate.linux;

import com.sun.jna.LastErrorException;
import java.nio.file.Path;
import org.headgate.host.DeviceNode;
import org.headgate.host.Machine;
import org.headgate.host.Refusal;

/** Opens files of {@code /dev}, and says what to do where that is refused. */
final class DevicePath {
    /** This one. */
    static final Machine MACHINE = Machine.of(Path.of("/"));

    private DevicePath() {}

    /**
     * Opens a device file.
     *
     * @param missing what to say when it is not there
     */
    static OpenFile open(String path, int flags, String missing) throws KernelException {
        try {
            return OpenFile.open(path, flags);
        } catch (LastErrorException error) {
            int errno = error.getErrorCode();
            if (errno == Errno.ENOENT || errno == Errno.ENXIO || errno == Errno.ENODEV) {
                throw new KernelException(errno, missing);
            }
            if (errno == Errno.EACCES || errno == Errno.EPERM) {
                throw new KernelException(errno, "no permission for " + path + ": " + permission(path));
            }
            throw Errno.refused(path, error);
        }
    }

    private static String permission(String path) {
        Refusal refusal = Refusal.of(MACHINE, DeviceNode.of(MACHINE, path), System.getProperty("user.name"));
        return refusal.remedy();
    }
}
