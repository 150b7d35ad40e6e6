package org.headgate.linux;

import com.sun.jna.LastErrorException;
import com.sun.jna.Pointer;

/**
 * An open file of {@code /dev}. May be closed while another thread is inside a call: the number is given back to the kernel when the last
 * call has left, since the next file that is opened gets the same one.
 */
final class OpenFile implements AutoCloseable {
    private final int fd;
    private int inside;
    private boolean closed;

    private OpenFile(int fd) {
        this.fd = fd;
    }

    static OpenFile open(String path, int flags) throws LastErrorException {
        return new OpenFile(Libc.open(path, flags | Libc.O_CLOEXEC));
    }

    /** A file that the kernel has opened for us. */
    static OpenFile of(int fd) {
        return new OpenFile(fd);
    }

    int fd() {
        return fd;
    }

    int ioctl(int request, Pointer argument) throws LastErrorException {
        enter();
        try {
            return Libc.ioctl(fd, request, argument);
        } finally {
            leave();
        }
    }

    /** Keeps the file open, even when it is closed meanwhile, until {@link #release}: for what must not be cut in two. */
    void hold() throws LastErrorException {
        enter();
    }

    /** Ends a {@link #hold}. */
    void release() {
        leave();
    }

    /** Between {@link #hold} and {@link #release}. */
    int heldIoctl(int request, Pointer argument) throws LastErrorException {
        return Libc.ioctl(fd, request, argument);
    }

    int read(Pointer into, int count) throws LastErrorException {
        enter();
        try {
            return Libc.read(fd, into, count);
        } finally {
            leave();
        }
    }

    int write(Pointer from, int count) throws LastErrorException {
        enter();
        try {
            return Libc.write(fd, from, count);
        } finally {
            leave();
        }
    }

    private synchronized void enter() {
        if (closed) {
            throw new LastErrorException(Errno.ESHUTDOWN);
        }
        inside++;
    }

    private synchronized void leave() {
        inside--;
        if (closed && inside == 0) {
            Libc.close(fd);
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            if (inside == 0) {
                Libc.close(fd);
            }
        }
    }
}
