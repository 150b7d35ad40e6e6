package org.headgate.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a client of the exec endpoint sends: token, number of words, words, each ended by a NUL.
 *
 * @param token from the token file
 * @param words the command and its arguments
 */
record ExecRequest(String token, List<String> words) {
    private static final int MOST_BYTES = 256 << 10;
    private static final int MOST_WORDS = 1024;

    /** Reads a request that must be there as a whole in time, however slowly its bytes drip. */
    static ExecRequest read(Socket socket, Duration timeout) throws IOException {
        Fields fields = new Fields(socket, System.nanoTime() + timeout.toNanos());
        String token = fields.next();
        int count;
        try {
            count = Integer.parseInt(fields.next());
        } catch (NumberFormatException garbage) {
            throw new IOException("no number of words", garbage);
        }
        if (count < 1 || count > MOST_WORDS) {
            throw new IOException("number of words: " + count + " (expected: 1 to " + MOST_WORDS + ")");
        }
        List<String> words = new ArrayList<>();
        while (words.size() < count) {
            words.add(fields.next());
        }
        return new ExecRequest(token, List.copyOf(words));
    }

    private static final class Fields {
        private final Socket socket;
        private final InputStream in;
        private final long deadline;
        private final byte[] buffer = new byte[4096];
        private int position;
        private int end;
        private int total;

        Fields(Socket socket, long deadline) throws IOException {
            this.socket = socket;
            this.in = socket.getInputStream();
            this.deadline = deadline;
        }

        String next() throws IOException {
            ByteArrayOutputStream field = new ByteArrayOutputStream();
            for (byte b = read(); b != 0; b = read()) {
                field.write(b);
            }
            return field.toString(StandardCharsets.UTF_8);
        }

        private byte read() throws IOException {
            if (position == end) {
                long left = (deadline - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    throw new SocketTimeoutException("request incomplete");
                }
                socket.setSoTimeout((int) left);
                position = 0;
                end = Math.max(0, in.read(buffer));
                total += end;
                if (end == 0 || total > MOST_BYTES) {
                    throw new IOException(end == 0 ? "request incomplete" : "request too long");
                }
            }
            return buffer[position++];
        }
    }
}
