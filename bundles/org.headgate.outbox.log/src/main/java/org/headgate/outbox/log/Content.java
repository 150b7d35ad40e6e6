package org.headgate.outbox.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.headgate.system.api.StorageFile;

/** Reads files whole. */
final class Content {
    private static final int BLOCK = 4096;

    private Content() {}

    /**
     * Reads the bytes between two offsets to the same offsets of a buffer. A block that the disk cannot read is left as
     * zeros, so that the damage costs the records in it and no other.
     *
     * @throws IOException when no block can be read
     */
    static void read(StorageFile file, ByteBuffer into, int from, int to) throws IOException {
        try {
            readExactly(file, into, from, to);
        } catch (IOException damaged) {
            int failed = 0;
            int blocks = 0;
            for (int at = from; at < to; at += BLOCK, blocks++) {
                try {
                    readExactly(file, into, at, Math.min(to, at + BLOCK));
                } catch (IOException unreadable) {
                    failed++;
                }
            }
            if (failed == blocks) {
                throw damaged;
            }
        }
    }

    /** A file from its beginning, so many bytes at most. */
    static ByteBuffer read(StorageFile file, int most) throws IOException {
        int size = (int) Math.min(file.size(), Math.min(most, Integer.MAX_VALUE - 8));
        ByteBuffer content = ByteBuffer.allocate(size);
        if (size > 0) {
            read(file, content, 0, size);
        }
        return content;
    }

    private static void readExactly(StorageFile file, ByteBuffer into, int from, int to) throws IOException {
        ByteBuffer part = into.duplicate().limit(to).position(from);
        while (part.hasRemaining()) {
            if (file.read(part, part.position()) < 0) {
                return;
            }
        }
    }
}
