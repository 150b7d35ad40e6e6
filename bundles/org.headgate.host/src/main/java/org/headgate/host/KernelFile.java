package org.headgate.host;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * A file of /proc or /sys that stays open and is read again and again into one buffer, and a cursor over its text.
 * After start-up nothing is allocated. Used by one thread at a time, except for {@link #close}.
 */
public final class KernelFile implements AutoCloseable {
    private static final int START_BYTES = 4096;
    private static final int MAX_BYTES = 1 << 20;

    private final Path path;
    private volatile FileChannel channel;
    private volatile boolean closed;
    private byte[] bytes = new byte[START_BYTES];
    private ByteBuffer buffer = ByteBuffer.wrap(bytes);
    private int length;
    private int at;

    /** A file that is opened when it is first read. */
    public KernelFile(Path path) {
        this.path = path;
    }

    /**
     * Reads the file anew and puts the cursor at its beginning.
     *
     * @throws IOException when it is not there, cannot be read, or is larger than 1 MiB
     */
    public void load() throws IOException {
        try {
            FileChannel open = open();
            buffer.clear();
            while (open.read(buffer, buffer.position()) >= 0) {
                if (!buffer.hasRemaining()) {
                    grow();
                }
            }
            length = buffer.position();
            at = 0;
        } catch (IOException failure) {
            FileChannel failed = channel;
            channel = null;
            if (failed != null) {
                failed.close();
            }
            throw failure;
        }
    }

    /** Moves to the next line; false at the end. */
    public boolean nextLine() {
        while (at < length && bytes[at] != '\n') {
            at++;
        }
        at++;
        return at < length;
    }

    /** Whether the text at the cursor, blanks left out, begins like this; moves behind it then. */
    public boolean accept(String ascii) {
        int from = skipBlanks();
        if (from + ascii.length() > length) {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            if (bytes[from + i] != ascii.charAt(i)) {
                return false;
            }
        }
        at = from + ascii.length();
        return true;
    }

    /** Moves behind the next character of this kind in this line; false where there is none. */
    public boolean skipPast(char c) {
        for (int i = at; i < length && bytes[i] != '\n'; i++) {
            if (bytes[i] == c) {
                at = i + 1;
                return true;
            }
        }
        return false;
    }

    /** Moves behind the next words. */
    public void skipWords(int count) {
        for (int i = 0; i < count; i++) {
            at = skipBlanks();
            while (at < length && bytes[at] > ' ') {
                at++;
            }
        }
    }

    /**
     * The next number; counters beyond 2^63 wrap as in C.
     *
     * @throws IOException where there is none
     */
    public long number() throws IOException {
        at = skipBlanks();
        boolean negative = at < length && bytes[at] == '-';
        int from = negative ? ++at : at;
        long value = 0;
        while (at < length && bytes[at] >= '0' && bytes[at] <= '9') {
            value = value * 10 + bytes[at++] - '0';
        }
        if (at == from) {
            throw new IOException(path + ": a number is missing");
        }
        return negative ? -value : value;
    }

    /**
     * The next number, which is not negative, with an optional fraction.
     *
     * @throws IOException where there is none
     */
    public double decimal() throws IOException {
        long digits = number();
        long scale = 1;
        if (at < length && bytes[at] == '.') {
            at++;
            for (; at < length && bytes[at] >= '0' && bytes[at] <= '9'; at++) {
                digits = 10 * digits + bytes[at] - '0';
                scale *= 10;
            }
        }
        // One division of two exact numbers is rounded once: 1.39 and not 1.3900000000000001.
        return (double) digits / scale;
    }

    @Override
    public void close() {
        closed = true;
        closeQuietly(channel);
    }

    private FileChannel open() throws IOException {
        FileChannel open = channel;
        if (open == null) {
            open = FileChannel.open(path, StandardOpenOption.READ);
            channel = open;
        }
        if (closed) {
            closeQuietly(open);
            throw new IOException("closed");
        }
        return open;
    }

    private void grow() throws IOException {
        if (bytes.length >= MAX_BYTES) {
            throw new IOException(path + ": larger than 1 MiB");
        }
        int position = buffer.position();
        bytes = Arrays.copyOf(bytes, bytes.length * 4);
        buffer = ByteBuffer.wrap(bytes).position(position);
    }

    private int skipBlanks() {
        int from = at;
        while (from < length && (bytes[from] == ' ' || bytes[from] == '\t')) {
            from++;
        }
        return from;
    }

    private static void closeQuietly(FileChannel open) {
        try {
            if (open != null) {
                open.close();
            }
        } catch (IOException nothingWasWritten) {
            // A file that was read only has nothing to lose.
        }
    }
}
