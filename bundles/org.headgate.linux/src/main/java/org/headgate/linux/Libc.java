package org.headgate.linux;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.Pointer;

/**
 * The functions of the C library that we need, mapped directly. Sizes and requests are {@code int}: each is below 2 GiB and passed in a
 * register on all our processors, of which the kernel takes the lower half of a request.
 */
final class Libc {
    static final int O_RDWR = 2;
    static final int O_RDONLY = 0;
    static final int O_WRONLY = 1;
    /** The same number on x86, ARM and RISC-V. */
    static final int O_CLOEXEC = 0x8_0000;

    static final int O_NONBLOCK = 0x800;
    static final short POLLIN = 1;

    static {
        Native.register(Libc.class, "c");
    }

    private Libc() {}

    static native int open(String path, int flags) throws LastErrorException;

    static native int close(int fd) throws LastErrorException;

    static native int ioctl(int fd, int request, Pointer argument) throws LastErrorException;

    static native int read(int fd, Pointer into, int count) throws LastErrorException;

    static native int write(int fd, Pointer from, int count) throws LastErrorException;

    /** Without an exception: a signal or a time-out is nothing special; -1 is told apart by trying again. */
    static native int poll(Pointer fds, int count, int millis);

    static native int eventfd(int initial, int flags) throws LastErrorException;
}
