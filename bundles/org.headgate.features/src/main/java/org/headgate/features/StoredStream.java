package org.headgate.features;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.headgate.system.api.StorageFile;

/** The bytes of a file of a storage, from its beginning. One thread's. */
final class StoredStream extends InputStream {
    private final StorageFile file;
    private long position;

    StoredStream(StorageFile file) {
        this.file = file;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        int count = file.read(ByteBuffer.wrap(into, from, length), position);
        position += Math.max(0, count);
        return count;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
