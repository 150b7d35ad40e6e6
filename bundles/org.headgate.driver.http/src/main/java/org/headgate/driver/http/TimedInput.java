package org.headgate.driver.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.headgate.system.api.Deadline;

/** Reads from a socket until a deadline, however slowly the bytes come. */
final class TimedInput extends InputStream {
    private static final int BUFFER = 4 << 10;

    private final Socket socket;
    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private int from;
    private int to;
    private Deadline deadline;

    TimedInput(Socket socket, Deadline deadline) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
        this.deadline = deadline;
    }

    void until(Deadline next) {
        deadline = next;
    }

    /** Whether more has come than was asked for: then it is not known whose answer the next one is. */
    boolean hasLeftOver() {
        return from < to;
    }

    @Override
    public int available() throws IOException {
        return to - from + in.available();
    }

    @Override
    public int read() throws IOException {
        return from < to || fill() ? buffer[from++] & 0xff : -1;
    }

    @Override
    public int read(byte[] bytes, int at, int count) throws IOException {
        if (count == 0) {
            return 0;
        }
        if (from == to && !fill()) {
            return -1;
        }
        int some = Math.min(count, to - from);
        System.arraycopy(buffer, from, bytes, at, some);
        from += some;
        return some;
    }

    private boolean fill() throws IOException {
        socket.setSoTimeout(deadline.millis());
        try {
            from = 0;
            to = 0;
            to = Math.max(0, in.read(buffer));
            return to > 0;
        } catch (SocketTimeoutException late) {
            throw deadline.late();
        }
    }
}
