package org.headgate.system.jvm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;
import org.headgate.system.api.StorageFile;

/** A real file. */
final class ChannelFile implements StorageFile {
    private final FileChannel channel;
    private final Optional<IOException> readOnly;

    ChannelFile(FileChannel channel) {
        this(channel, Optional.empty());
    }

    /**
     * A file.
     *
     * @param readOnly why it could only be opened for reading; then whatever changes it fails so
     */
    ChannelFile(FileChannel channel, Optional<IOException> readOnly) {
        this.channel = channel;
        this.readOnly = readOnly;
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
        return channel.read(into, position);
    }

    @Override
    public void write(ByteBuffer from, long position) throws IOException {
        checkWritable();
        long at = position;
        while (from.hasRemaining()) {
            at += channel.write(from, at);
        }
    }

    @Override
    public void truncate(long size) throws IOException {
        checkWritable();
        channel.truncate(size);
    }

    @Override
    public void sync() throws IOException {
        // Length and content are durable; the time stamps need not be, and cost a second write on an SD card.
        channel.force(false);
    }

    private void checkWritable() throws IOException {
        if (readOnly.isPresent()) {
            throw new IOException(readOnly.get().getMessage(), readOnly.get());
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
