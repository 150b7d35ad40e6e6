package org.headgate.history;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.headgate.codec.ByteOutput;

/**
 * The head of a block of rows in a segment file, little-endian:
 *
 * <pre>
 *   0        4        8      12         20         28       32       36             36 + length
 *   +--------+--------+------+----------+----------+--------+--------+--------------+
 *   | marker | length | rows | earliest | latest   | CRC32C | CRC32C | payload ...  |
 *   +--------+--------+------+----------+----------+--------+--------+--------------+
 *                              of its rows' times    payload  head
 * </pre>
 *
 * The head has a checksum of its own, which covers the segment's number and the block's offset, too: who looks for a time hops from head to head, and
 * bytes that were written elsewhere are never taken for a head when the search for the next one goes over damage. The payload brings the names and
 * schemas that its rows use, so that no block needs another.
 *
 * @param offset where it begins in its file
 * @param length bytes of the payload
 * @param rows how many rows it has
 * @param earliestNanos the earliest time of a row
 * @param latestNanos the latest one
 * @param checksum of the payload
 */
record Block(long offset, int length, int rows, long earliestNanos, long latestNanos, int checksum) {
    /** Neither text, nor zero, nor all ones; its lowest byte is the version of the format. */
    static final int MARKER = 0x0A48_8901;

    static final int HEAD = 36;
    /** No block is larger: a length beyond it is none. */
    static final int MOST = 4 << 20;

    private static final int CHECKED = 32;

    /** The offset behind the block. */
    long end() {
        return offset + HEAD + length;
    }

    /** Whether rows may lie in a time. */
    boolean mayHave(long fromNanos, long toNanos) {
        return latestNanos >= fromNanos && earliestNanos < toNanos;
    }

    /** Whether this is what the head speaks of. */
    boolean isPayload(ByteBuffer payload) {
        return payload.remaining() == length && checksum(payload) == checksum;
    }

    /** Writes the head into the first bytes of a block whose payload stands behind them. */
    static void putHead(ByteOutput block, long segment, long offset, int rows, long earliestNanos, long latestNanos) {
        ByteBuffer bytes = block.content().order(ByteOrder.LITTLE_ENDIAN);
        int checksum = checksum(bytes.duplicate().position(HEAD));
        bytes.putInt(MARKER).putInt(bytes.limit() - HEAD).putInt(rows);
        bytes.putLong(earliestNanos).putLong(latestNanos).putInt(checksum);
        bytes.putInt(headChecksum(bytes.duplicate().flip(), segment, offset));
    }

    /** Reads the head at the buffer's position, which stands for this offset; {@code null} where there is none. */
    static Block head(ByteBuffer bytes, long segment, long offset) {
        if (bytes.remaining() < HEAD) {
            return null;
        }
        ByteBuffer head = bytes.slice(bytes.position(), HEAD).order(ByteOrder.LITTLE_ENDIAN);
        if (head.getInt(0) != MARKER
                || head.getInt(CHECKED) != headChecksum(head.duplicate().limit(CHECKED), segment, offset)) {
            return null;
        }
        Block block =
                new Block(offset, head.getInt(4), head.getInt(8), head.getLong(12), head.getLong(20), head.getInt(28));
        return block.length < 0 || block.length > MOST ? null : block;
    }

    private static int checksum(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate());
        return (int) crc.getValue();
    }

    private static int headChecksum(ByteBuffer head, long segment, long offset) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(16).putLong(segment).putLong(offset).flip());
        crc.update(head);
        return (int) crc.getValue();
    }
}
