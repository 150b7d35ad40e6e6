package org.headgate.system.api.kit;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.headgate.system.api.StorageFile;
import org.headgate.system.api.kit.MemoryFile.Change;

/** A handle on a file in memory. */
final class OpenMemoryFile implements StorageFile {
    private final MemoryDisk disk;
    private final MemoryFile file;
    private final String name;

    OpenMemoryFile(MemoryDisk disk, MemoryFile file, String name) {
        this.disk = disk;
        this.file = file;
        this.name = name;
    }

    @Override
    public long size() throws IOException {
        disk.operation(false, "size", name);
        return file.length();
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
        disk.operation(false, "read", name);
        if (position >= file.length()) {
            return -1;
        }
        long end = Math.min(position + into.remaining(), file.length());
        long bad = file.badFrom(position, false, disk.healed);
        if (bad == position && end > position) {
            throw new IOException("Input/output error");
        }
        int count = (int) (Math.min(end, bad) - position);
        if (disk.shortReads && count > 1) {
            count = 1 + disk.random.nextInt(count);
        }
        into.put(file.bytes(), (int) position, count);
        return count;
    }

    @Override
    public void write(ByteBuffer from, long position) throws IOException {
        byte[] bytes = new byte[from.remaining()];
        from.get(bytes);
        Change change = new Change((int) position, bytes);
        if (disk.isCutNext()) {
            file.begin(change);
        }
        try {
            disk.operation(true, "write " + bytes.length, name);
        } catch (IOException failing) {
            if (disk.operations < disk.powerCutAt) {
                put(change, disk.partly(bytes.length));
            }
            throw failing;
        }
        long good = Math.min(change.end(), file.badFrom(position, true, disk.healed)) - position;
        int written = put(change, (int) good);
        if (written < bytes.length) {
            throw new IOException(written < good ? "No space left on device" : "Input/output error");
        }
    }

    /** Writes the first bytes of a change, as many as there is space for; returns how many. */
    private int put(Change change, int most) {
        long growth = Math.max(0, change.position() + most - file.length());
        int count = (int) (most - (growth - disk.take(growth)));
        if (count == change.bytes().length) {
            file.change(change);
        } else if (count > 0) {
            byte[] part = new byte[count];
            System.arraycopy(change.bytes(), 0, part, 0, count);
            file.change(new Change(change.position(), part));
        }
        return count;
    }

    @Override
    public void truncate(long size) throws IOException {
        Change change = new Change((int) size, null);
        if (disk.isCutNext()) {
            file.begin(change);
        }
        disk.operation(true, "truncate", name);
        if (size < file.length()) {
            disk.give(file.length() - size);
            file.change(change);
        }
    }

    @Override
    public void sync() throws IOException {
        disk.operation(true, "sync", name);
        disk.syncs++;
        if (disk.operations >= disk.syncFailsAt) {
            disk.syncFailsAt = MemoryDisk.NEVER;
            file.loseUnsynced(disk.random, disk.stale);
            throw new IOException("Input/output error");
        }
        file.sync();
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
