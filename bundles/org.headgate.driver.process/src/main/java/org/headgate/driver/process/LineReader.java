package org.headgate.driver.process;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Cuts a stream into lines of bounded length; of one that is longer nothing is kept. Used by one thread. */
final class LineReader {
    /** Who is told. */
    interface Lines {
        /** A line without its end; the bytes are the reader's. */
        void line(byte[] bytes, int length) throws IOException;

        /** A line is longer; told again whenever as much of it has come once more, since it need not end. */
        void tooLong() throws IOException;
    }

    private static final int PIECE = 8192;

    private final InputStream stream;
    private final int longest;
    private final Lines lines;
    private byte[] line;
    private int length;
    private boolean overflown;
    /** How much of such a line has come that was not told of. */
    private int beyond;

    LineReader(InputStream stream, int longest, Lines lines) {
        this.stream = stream;
        this.longest = longest;
        this.lines = lines;
        this.line = new byte[Math.min(longest, 1024)];
    }

    /** Reads to the end of the stream; what stands there without an end is a line. */
    void read() throws IOException {
        byte[] piece = new byte[PIECE];
        for (int count = stream.read(piece); count >= 0; count = stream.read(piece)) {
            int from = 0;
            for (int i = 0; i < count; i++) {
                if (piece[i] == '\n') {
                    add(piece, from, i);
                    end();
                    from = i + 1;
                }
            }
            add(piece, from, count);
        }
        end();
    }

    private void add(byte[] piece, int from, int to) throws IOException {
        int more = to - from;
        if (overflown || length + more > longest) {
            overflow(more);
            return;
        }
        if (length + more > line.length) {
            line = Arrays.copyOf(line, Math.min(longest, Math.max(length + more, line.length * 2)));
        }
        System.arraycopy(piece, from, line, length, more);
        length += more;
    }

    private void overflow(int more) throws IOException {
        beyond = (overflown ? beyond : length) + more;
        overflown = true;
        while (beyond > longest) {
            beyond -= longest;
            lines.tooLong();
        }
    }

    private void end() throws IOException {
        if (!overflown && !isBlank()) {
            lines.line(line, length);
        }
        overflown = false;
        length = 0;
    }

    private boolean isBlank() {
        for (int i = 0; i < length; i++) {
            if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r') {
                return false;
            }
        }
        return true;
    }
}
