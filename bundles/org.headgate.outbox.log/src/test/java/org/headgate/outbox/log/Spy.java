package org.headgate.outbox.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.headgate.system.api.Storage;
import org.headgate.system.api.StorageFile;

/** Stands in front of a disk: counts bytes, and cannot read some blocks. */
final class Spy implements Storage {
    private final Storage disk;
    private final Counters counters;

    Spy(Storage disk) {
        this(disk, new Counters());
    }

    private Spy(Storage disk, Counters counters) {
        this.disk = disk;
        this.counters = counters;
    }

    static final class Counters {
        long read;
        long written;
        int largestRead;
        long failures;
        long free = Long.MAX_VALUE;
        long asked;
        final Map<String, List<long[]>> bad = new HashMap<>();
        /** The files that do not open, and why. */
        final Map<String, IOException> shut = new HashMap<>();
        /** What opens or reads a file, until one does not. */
        long untilFailure = Long.MAX_VALUE;

        void fail() throws IOException {
            if (--untilFailure == 0) {
                throw new IOException("Input/output error");
            }
        }
    }

    Counters counters() {
        return counters;
    }

    /** From now on the bytes between two offsets of a file cannot be read. */
    void unreadable(String name, long from, long to) {
        counters.bad.computeIfAbsent(name, missing -> new ArrayList<>()).add(new long[] {from, to});
    }

    /** From now on a file does not open. */
    void shut(String name, IOException why) {
        counters.shut.put(name, why);
    }

    /** The n-th of what opens a file, asks for its size or reads it from now on fails, once. */
    void failOnce(long n) {
        counters.untilFailure = n;
    }

    void heal() {
        counters.bad.clear();
        counters.shut.clear();
    }

    @Override
    public List<String> list() throws IOException {
        return disk.list();
    }

    @Override
    public StorageFile open(String name) throws IOException {
        counters.fail();
        if (counters.shut.containsKey(name)) {
            throw counters.shut.get(name);
        }
        return new SpiedFile(name, disk.open(name));
    }

    @Override
    public void rename(String from, String to) throws IOException {
        disk.rename(from, to);
    }

    @Override
    public void delete(String name) throws IOException {
        disk.delete(name);
    }

    @Override
    public void syncFolder() throws IOException {
        disk.syncFolder();
    }

    @Override
    public long freeBytes() {
        counters.asked++;
        return counters.free;
    }

    @Override
    public Storage folder(String name) throws IOException {
        return new Spy(disk.folder(name), counters);
    }

    private final class SpiedFile implements StorageFile {
        private final String name;
        private final StorageFile file;

        SpiedFile(String name, StorageFile file) {
            this.name = name;
            this.file = file;
        }

        @Override
        public long size() throws IOException {
            counters.fail();
            return file.size();
        }

        @Override
        public int read(ByteBuffer into, long position) throws IOException {
            counters.fail();
            for (long[] range : counters.bad.getOrDefault(name, List.of())) {
                if (position < range[1] && position + into.remaining() > range[0]) {
                    counters.failures++;
                    throw new IOException("Input/output error");
                }
            }
            counters.largestRead = Math.max(counters.largestRead, into.remaining());
            int count = file.read(into, position);
            counters.read += Math.max(0, count);
            return count;
        }

        @Override
        public void write(ByteBuffer from, long position) throws IOException {
            counters.written += from.remaining();
            file.write(from, position);
        }

        @Override
        public void truncate(long size) throws IOException {
            file.truncate(size);
        }

        @Override
        public void sync() throws IOException {
            file.sync();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
