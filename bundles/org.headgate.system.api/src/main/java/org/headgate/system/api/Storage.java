package org.headgate.system.api;

import java.io.IOException;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Files in one folder: every byte that must survive a power cut goes through here, so that a test can cut the power at
 * each single operation. Names are plain file names without {@code /}. All methods may block and throw {@link
 * IOException} as the device under them does (no space, read-only, I/O error).
 */
@ProviderType
public interface Storage {
    /** The names of all files in the folder, sorted. */
    List<String> list() throws IOException;

    /** Opens a file for reading and writing, making it where it does not exist. */
    StorageFile open(String name) throws IOException;

    /** Renames a file, replacing the target in one step. Durable only after {@link #syncFolder}. */
    void rename(String from, String to) throws IOException;

    /** Deletes a file; does nothing where there is none. Durable only after {@link #syncFolder}. */
    void delete(String name) throws IOException;

    /** Makes the making, renaming and deleting of files so far survive a power cut. */
    void syncFolder() throws IOException;

    /** Bytes that may still be written on this file system. */
    long freeBytes() throws IOException;

    /** A folder inside of this one, made where it does not exist, and durably so. */
    Storage folder(String name) throws IOException;
}
