package org.headgate.linux;

import java.io.IOException;

/** The kernel refuses. The message is one line: what was asked, why it is refused and, where something can be done, what. */
public class KernelException extends IOException {
    private static final long serialVersionUID = 1;

    private final int errno;

    /**
     * A refusal.
     *
     * @param errno the kernel's number, as in {@code errno.h}; 0 where it gave none
     * @param message one line for the user
     */
    public KernelException(int errno, String message) {
        super(message);
        this.errno = errno;
    }

    /** The kernel's number, as in {@code errno.h}; 0 where it gave none. */
    public int errno() {
        return errno;
    }
}
