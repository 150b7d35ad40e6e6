package org.headgate.system.api;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ProviderType;

/** An open file. Used by one thread at a time. */
@ProviderType
public interface StorageFile extends AutoCloseable {
    /** The file's length in bytes. */
    long size() throws IOException;

    /** Reads at a position into the buffer; returns how many bytes, -1 at the end. May read less than asked. */
    int read(ByteBuffer into, long position) throws IOException;

    /** Writes all of the buffer at a position. Durable only after {@link #sync}. */
    void write(ByteBuffer from, long position) throws IOException;

    /** Cuts the file to a length. Durable only after {@link #sync}. */
    void truncate(long size) throws IOException;

    /** Makes all that was written survive a power cut. */
    void sync() throws IOException;

    @Override
    void close() throws IOException;
}
