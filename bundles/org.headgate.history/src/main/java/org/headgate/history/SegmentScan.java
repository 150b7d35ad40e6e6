package org.headgate.history;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.headgate.system.api.StorageFile;

/**
 * Goes from block to block of a segment file, over damage to the next head that is sound. Reads heads only; a payload where it is asked for. One
 * thread.
 */
final class SegmentScan {
    private static final int CHUNK = 64 << 10;
    private final StorageFile file;
    private final long segment;
    private final long end;
    private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
    private long at;
    private long damaged;

    /** Reads up to an offset of the file. */
    SegmentScan(StorageFile file, long segment, long end) {
        this.file = file;
        this.segment = segment;
        this.end = end;
    }

    /** The next block; {@code null} behind the last one. */
    Block next() throws IOException {
        if (at >= end) {
            return null;
        }
        Block block = Block.head(read(at, Block.HEAD), segment, at);
        if (block == null) {
            damaged++;
            block = search();
        }
        if (block != null && block.end() > end) {
            // Its tail was never written.
            damaged++;
            block = null;
        }
        at = block == null ? end : block.end();
        return block;
    }

    /** The payload of a block; {@code null} when it is damaged. */
    ByteBuffer payload(Block block) throws IOException {
        ByteBuffer payload = ByteBuffer.allocate(block.length());
        fill(payload, block.offset() + Block.HEAD);
        if (!block.isPayload(payload.flip())) {
            damaged++;
            return null;
        }
        return payload;
    }

    /** How often something was met that is no block. */
    long damaged() {
        return damaged;
    }

    private Block search() throws IOException {
        long from = at + 1;
        while (from + Block.HEAD <= end) {
            ByteBuffer bytes = read(from, CHUNK);
            int last = bytes.limit() - Block.HEAD;
            for (int i = 0; i <= last; i++) {
                // The marker's lowest byte comes first.
                if (bytes.get(i) == (byte) Block.MARKER) {
                    Block found = Block.head(bytes.duplicate().position(i), segment, from + i);
                    if (found != null) {
                        return found;
                    }
                }
            }
            if (last < 0) {
                return null;
            }
            from += last + 1;
        }
        return null;
    }

    private ByteBuffer read(long position, int most) throws IOException {
        chunk.clear().limit((int) Math.min(most, end - position));
        fill(chunk, position);
        return chunk.flip();
    }

    private void fill(ByteBuffer into, long position) throws IOException {
        while (into.hasRemaining() && file.read(into, position + into.position()) >= 0) {
            continue;
        }
    }
}
