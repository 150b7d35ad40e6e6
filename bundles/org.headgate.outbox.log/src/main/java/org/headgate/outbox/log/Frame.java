package org.headgate.outbox.log;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;

/**
 * The frame of a record in a segment file, little-endian:
 *
 * <pre>
 *   0        4        8      9        13                   13 + length
 *   +--------+--------+------+--------+--------------------+
 *   | marker | length | type | CRC32C | payload ...        |
 *   +--------+--------+------+--------+--------------------+
 * </pre>
 *
 * The checksum covers the segment's number, the record's offset, its length, its type and its payload. So bytes that look
 * like a record but were written elsewhere (an old block, a record inside of somebody's payload) are never taken for one
 * when the search for the next good record goes over damaged bytes.
 */
record Frame(int offset, int type, int length) {
    /** The first bytes of every record: not text, not zero, not all ones. */
    static final int MARKER = 0x0A47_4889;

    static final int HEAD = 13;
    static final int SEGMENT = 1;
    static final int SCHEMA = 2;
    static final int BATCH = 3;
    static final int DROPPED = 4;
    static final int CURSOR = 5;
    static final int SUMMARY = 6;
    /** More than any record takes: a length beyond it is damage. */
    static final int MOST = 24 << 20;

    /** The offset behind the record. */
    int end() {
        return offset + HEAD + length;
    }

    /** Begins a record; the payload follows, then {@link #finish}. Returns where it begins in the output. */
    static int begin(ByteOutput out, int type) {
        int start = out.size();
        out.putInt(MARKER);
        out.putInt(0);
        out.putByte(type);
        out.putInt(0);
        return start;
    }

    /** Ends the record that begins at {@code start} of the output, which will be written at {@code base} of the file. */
    static void finish(ByteOutput out, int start, long segment, long base) {
        int length = out.size() - start - HEAD;
        out.putInt(start + 4, length);
        int crc = checksum(segment, base + start, ByteBuffer.wrap(out.array()), start, length);
        out.putInt(start + 9, crc);
    }

    /** The first good record at or behind an offset of a file's content; null when there is none. */
    static Frame find(ByteBuffer content, int from, int limit, long segment) {
        content.order(ByteOrder.LITTLE_ENDIAN);
        for (int at = from; at <= limit - HEAD; at++) {
            if (content.get(at) == (byte) MARKER && content.getInt(at) == MARKER) {
                int length = content.getInt(at + 4);
                if (length >= 0
                        && length <= limit - HEAD - at
                        && content.getInt(at + 9) == checksum(segment, at, content, at, length)) {
                    return new Frame(at, content.get(at + 8), length);
                }
            }
        }
        return null;
    }

    /** The payload of this record. */
    ByteInput payload(ByteBuffer content) {
        return new ByteInput(content.slice(offset + HEAD, length));
    }

    /** The checksum of the record that stands at an offset of its file and at a start of some bytes. */
    static int checksum(long segment, long offset, ByteBuffer bytes, int start, int length) {
        CRC32C crc = new CRC32C();
        ByteBuffer place = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        crc.update(place.putLong(segment).putLong(offset).flip());
        crc.update(bytes.slice(start + 4, 5));
        crc.update(bytes.slice(start + HEAD, length));
        return (int) crc.getValue();
    }
}
