package org.headgate.serial.kit;

import java.io.IOException;

/** One end of a {@link PacedLine}: a tty, or a device that a test plays. Each method is called by one thread. */
public interface LineEnd {
    /**
     * Waits for what this end sends.
     *
     * @return how many bytes; negative when it is gone
     */
    int read(byte[] into) throws IOException;

    /** Characters arrive at this end. */
    void write(byte[] bytes) throws IOException;

    /** The end that a test holds of a tty. */
    static LineEnd of(Pty pty) {
        return new LineEnd() {
            @Override
            public int read(byte[] into) throws IOException {
                return pty.received().read(into);
            }

            @Override
            public void write(byte[] bytes) throws IOException {
                pty.send(bytes);
            }
        };
    }
}
