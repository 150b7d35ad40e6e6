package org.headgate.linux;

import com.sun.jna.LastErrorException;
import java.util.Map;

/** The kernel's numbers for what went wrong; those that are the same on all processors. */
final class Errno {
    static final int EPERM = 1;
    static final int ENOENT = 2;
    static final int EINTR = 4;
    static final int EIO = 5;
    static final int ENXIO = 6;
    static final int EAGAIN = 11;
    static final int EACCES = 13;
    static final int EBUSY = 16;
    static final int ENODEV = 19;
    static final int EINVAL = 22;
    static final int ENOTTY = 25;
    static final int EREMOTEIO = 121;
    static final int EOPNOTSUPP = 95;
    static final int ETIMEDOUT = 110;
    static final int ESHUTDOWN = 108;

    private static final Map<Integer, String> WORDS = Map.ofEntries(
            Map.entry(EPERM, "not permitted"),
            Map.entry(ENOENT, "it is not there"),
            Map.entry(EIO, "input/output error"),
            Map.entry(ENXIO, "nothing answers"),
            Map.entry(EAGAIN, "busy, try again"),
            Map.entry(EACCES, "no permission"),
            Map.entry(EBUSY, "in use"),
            Map.entry(ENODEV, "the device is gone"),
            Map.entry(EINVAL, "the kernel's driver cannot do this"),
            Map.entry(ENOTTY, "the kernel does not know this request"),
            Map.entry(EREMOTEIO, "nothing answers"),
            Map.entry(EOPNOTSUPP, "the kernel's driver cannot do this"),
            Map.entry(ETIMEDOUT, "time-out"),
            Map.entry(ESHUTDOWN, "it was closed"));

    private Errno() {}

    static String words(int errno) {
        return WORDS.getOrDefault(errno, "error " + errno);
    }

    /** A refusal that nothing more is known about. */
    static KernelException refused(String what, LastErrorException error) {
        return new KernelException(error.getErrorCode(), what + ": " + words(error.getErrorCode()));
    }
}
