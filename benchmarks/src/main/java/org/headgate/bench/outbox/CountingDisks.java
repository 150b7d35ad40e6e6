package org.headgate.bench.outbox;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.headgate.system.api.Disks;
import org.headgate.system.api.Storage;
import org.headgate.system.api.StorageFile;

/** Counts the bytes that are written to files and the syncs of files and folders, below the one interface through which all of them go. */
final class CountingDisks implements Disks {
    final AtomicLong bytes = new AtomicLong();
    final AtomicLong syncs = new AtomicLong();
    private final Disks disks;

    CountingDisks(Disks disks) {
        this.disks = disks;
    }

    @Override
    public Storage at(String folder, boolean requireMount) throws IOException {
        return new Folder(disks.at(folder, requireMount));
    }

    private final class Folder implements Storage {
        private final Storage folder;

        Folder(Storage folder) {
            this.folder = folder;
        }

        @Override
        public List<String> list() throws IOException {
            return folder.list();
        }

        @Override
        public StorageFile open(String name) throws IOException {
            return new File(folder.open(name));
        }

        @Override
        public void rename(String from, String to) throws IOException {
            folder.rename(from, to);
        }

        @Override
        public void delete(String name) throws IOException {
            folder.delete(name);
        }

        @Override
        public void syncFolder() throws IOException {
            syncs.incrementAndGet();
            folder.syncFolder();
        }

        @Override
        public long freeBytes() throws IOException {
            return folder.freeBytes();
        }

        @Override
        public Storage folder(String name) throws IOException {
            return new Folder(folder.folder(name));
        }
    }

    private final class File implements StorageFile {
        private final StorageFile file;

        File(StorageFile file) {
            this.file = file;
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public int read(ByteBuffer into, long position) throws IOException {
            return file.read(into, position);
        }

        @Override
        public void write(ByteBuffer from, long position) throws IOException {
            bytes.addAndGet(from.remaining());
            file.write(from, position);
        }

        @Override
        public void truncate(long size) throws IOException {
            file.truncate(size);
        }

        @Override
        public void sync() throws IOException {
            syncs.incrementAndGet();
            file.sync();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
