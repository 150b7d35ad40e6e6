package org.headgate.driver.simulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The lines of a file of any size, one after the other from a position on, through one buffer. */
final class LineFile implements AutoCloseable {
    private static final int LONGEST = 1 << 20;

    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(64 << 10).limit(0);
    private long position;

    LineFile(FileChannel channel, long position) {
        this.channel = channel;
        this.position = position;
    }

    /**
     * The next line, without its end; empty at the file's end.
     *
     * @throws IllegalArgumentException when a line is longer than 1 MiB
     */
    Optional<String> next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = read(); b >= 0; b = read()) {
            if (b == '\n') {
                return Optional.of(line.toString(StandardCharsets.UTF_8));
            }
            if (line.size() == LONGEST) {
                throw new IllegalArgumentException("longer than 1 MiB");
            }
            line.write(b);
        }
        return line.size() == 0 ? Optional.empty() : Optional.of(line.toString(StandardCharsets.UTF_8));
    }

    /** Where the line after the last one begins, in bytes. */
    long position() {
        return position;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private int read() throws IOException {
        if (!buffer.hasRemaining()) {
            buffer.clear();
            int count = channel.read(buffer, position);
            buffer.flip();
            if (count <= 0) {
                return -1;
            }
        }
        position++;
        return buffer.get();
    }
}
