package org.headgate.rule.replay;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Lines of UTF-8 in bounded memory: of a line that is too long the rest is read and forgotten. One thread. */
final class LineReader {
    /** The longest line that is kept, in bytes. */
    static final int LONGEST = 1 << 20;

    private static final int CHUNK = 1 << 16;
    private final InputStream in;
    private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
    private final byte[] chunk = new byte[CHUNK];
    private byte[] line = new byte[1024];
    private int at;
    private int end;
    private int length;
    private boolean tooLong;
    private long number;

    LineReader(InputStream in) {
        this.in = in;
    }

    /** Goes to the next line; false at the end. */
    boolean next() throws IOException {
        length = 0;
        tooLong = false;
        boolean any = false;
        while (at < end || fill()) {
            any = true;
            int from = at;
            while (at < end && chunk[at] != '\n') {
                at++;
            }
            append(from, at - from);
            if (at < end) {
                at++;
                break;
            }
        }
        number += any ? 1 : 0;
        return any;
    }

    /** The number of the line, from 1. */
    long number() {
        return number;
    }

    /** Whether the line has more than {@link #LONGEST} bytes; it has no text then. */
    boolean isTooLong() {
        return tooLong;
    }

    /**
     * The line without its end.
     *
     * @throws CharacterCodingException when it is not UTF-8
     */
    String text() throws CharacterCodingException {
        int from =
                number == 1 && length >= 3 && line[0] == (byte) 0xEF && line[1] == (byte) 0xBB && line[2] == (byte) 0xBF
                        ? 3
                        : 0;
        int to = length > from && line[length - 1] == '\r' ? length - 1 : length;
        for (int i = from; i < to; i++) {
            if (line[i] < 0) {
                return utf8.decode(ByteBuffer.wrap(line, from, to - from)).toString();
            }
        }
        return new String(line, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private boolean fill() throws IOException {
        at = 0;
        end = Math.max(0, in.read(chunk, 0, CHUNK));
        return end > 0;
    }

    private void append(int from, int count) {
        if (tooLong || count > LONGEST - length) {
            tooLong = true;
            return;
        }
        if (line.length - length < count) {
            line = Arrays.copyOf(line, Math.max(line.length * 2, length + count));
        }
        System.arraycopy(chunk, from, line, length, count);
        length += count;
    }
}
