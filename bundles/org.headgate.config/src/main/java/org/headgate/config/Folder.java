package org.headgate.config;

import java.io.IOException;
import java.util.Optional;
import java.util.SortedMap;

/** The operations on files that reading and writing {@code HOME/etc} needs, one by one, so that a test can cut each. */
interface Folder {
    /** The regular files in the folder with what tells that one has changed. */
    SortedMap<String, Stamp> list() throws IOException;

    /** All bytes of a file. */
    byte[] read(String name) throws IOException;

    /** All bytes of a file; empty where there is none. */
    Optional<byte[]> find(String name) throws IOException;

    /** Makes or overwrites a file with the mode of another one, where that exists, and makes its bytes durable. */
    void write(String name, byte[] bytes, String modeOf) throws IOException;

    /** Replaces a file by another in one step. */
    void rename(String from, String to) throws IOException;

    /** Deletes a file, which may be gone already. */
    void delete(String name) throws IOException;

    /** Makes renaming and deleting durable. */
    void sync() throws IOException;

    /** What changes when a file does: in-place writes change size or time, replacing it changes the key (the inode). */
    record Stamp(long size, long modifiedNanos, Object key) {}
}
