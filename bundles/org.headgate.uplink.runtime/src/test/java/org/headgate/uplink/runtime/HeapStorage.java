package org.headgate.uplink.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.headgate.system.api.Storage;
import org.headgate.system.api.StorageFile;

/** A disk that never fails and forgets nothing, fast enough for days of rows: syncs cost nothing. */
final class HeapStorage implements Storage {
    private final Map<String, Content> files = new TreeMap<>();
    private final Map<String, HeapStorage> folders = new TreeMap<>();

    private static final class Content {
        private byte[] bytes = new byte[0];
        private int size;
    }

    /** Bytes in all files. */
    long bytes() {
        return files.values().stream().mapToLong(file -> file.size).sum()
                + folders.values().stream().mapToLong(HeapStorage::bytes).sum();
    }

    @Override
    public List<String> list() {
        return List.copyOf(files.keySet());
    }

    @Override
    public StorageFile open(String name) {
        return new OpenFile(files.computeIfAbsent(name, missing -> new Content()));
    }

    @Override
    public void rename(String from, String to) throws IOException {
        if (!files.containsKey(from)) {
            throw new IOException("no file " + from);
        }
        files.put(to, files.remove(from));
    }

    @Override
    public void delete(String name) {
        files.remove(name);
    }

    @Override
    public void syncFolder() {
        // Nothing is ever lost.
    }

    @Override
    public long freeBytes() {
        return 1L << 40;
    }

    @Override
    public Storage folder(String name) {
        return folders.computeIfAbsent(name, missing -> new HeapStorage());
    }

    private record OpenFile(Content file) implements StorageFile {
        @Override
        public long size() {
            return file.size;
        }

        @Override
        public int read(ByteBuffer into, long position) {
            if (position >= file.size) {
                return -1;
            }
            int count = (int) Math.min(into.remaining(), file.size - position);
            into.put(file.bytes, (int) position, count);
            return count;
        }

        @Override
        public void write(ByteBuffer from, long position) {
            int end = (int) position + from.remaining();
            if (end > file.bytes.length) {
                file.bytes = Arrays.copyOf(file.bytes, Math.max(end, 2 * file.bytes.length));
            }
            from.get(file.bytes, (int) position, from.remaining());
            file.size = Math.max(file.size, end);
        }

        @Override
        public void truncate(long size) {
            file.size = (int) Math.min(file.size, size);
        }

        @Override
        public void sync() {
            // Nothing is ever lost.
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
