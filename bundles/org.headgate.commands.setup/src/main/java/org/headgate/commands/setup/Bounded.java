package org.headgate.commands.setup;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * So much of a stream and no more: what was packed small may be large. The stream below is not closed, since more may follow in it.
 * One thread at a time.
 */
final class Bounded extends InputStream {
    private final InputStream in;
    private final String said;
    private final long most;
    private long count;

    /**
     * Bounds a stream.
     *
     * @param said what is too large when there is more, on one line for the user
     */
    Bounded(InputStream in, long most, String said) {
        this.in = in;
        this.most = most;
        this.said = said;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        int read = in.read(bytes, offset, length);
        count += Math.max(read, 0);
        if (count > most) {
            throw new IOException(said);
        }
        return read;
    }

    /** How many bytes have been read. */
    long count() {
        return count;
    }
}
