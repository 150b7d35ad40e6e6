package org.headgate.system.api.kit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.headgate.system.api.Storage;
import org.headgate.system.api.StorageFile;

/**
 * A disk in memory that fails as disks do. It keeps what was synced apart from what was not: {@link #crash} gives the disk as it
 * may look after the power was cut, where unsynced writes are there, missing, torn at 512 bytes or 4 KiB or out of order, and
 * each unsynced making, renaming or deleting of a file has happened or not. While it runs it may be full, read-only, unable to
 * read or write some bytes of a file, or fail a sync and forget what was to be synced. All folders of one disk share its
 * operations, faults and space, and one seed decides everything.
 */
public final class MemoryStorage implements Storage {
    private final MemoryDisk disk;
    private final Map<String, MemoryStorage> folders = new TreeMap<>();
    private final Map<String, MemoryFile> files = new TreeMap<>();
    private Map<String, MemoryFile> durable = new TreeMap<>();
    private final List<FolderOperation> unsynced = new ArrayList<>(2);

    /** An empty disk. */
    public MemoryStorage() {
        this(0);
    }

    /** An empty disk whose faults are decided by a seed. */
    public MemoryStorage(long seed) {
        this(new MemoryDisk(seed));
    }

    private MemoryStorage(MemoryDisk disk) {
        this.disk = disk;
    }

    /** How many operations were asked of the disk so far. */
    public long operations() {
        return disk.operations;
    }

    /** Tells each operation from now on, in words. */
    public void trace(Consumer<String> listener) {
        disk.trace(listener);
    }

    /** Cuts the power in the middle of the n-th operation from the start: it may have happened; all later ones do not. */
    public void cutPowerAt(long operation) {
        disk.powerCutAt = operation;
    }

    /** Whether the power is gone. */
    public boolean isOff() {
        return disk.operations >= disk.powerCutAt;
    }

    /**
     * Makes every operation from the n-th on fail with a message until {@link #heal}; reads go on when only writes fail. A write that
     * fails may leave some of its bytes, unless the message says {@code Read-only file system}.
     */
    public void failFrom(long operation, String message, boolean writesOnly) {
        disk.failFrom = operation;
        disk.message = message;
        disk.writesOnly = writesOnly;
    }

    /** Makes the first sync of a file at or behind the n-th operation fail, once: what it was to make durable is lost. */
    public void failSyncFrom(long operation) {
        disk.syncFailsAt = operation;
    }

    /** Makes reads, writes or both of some bytes of a file fail until {@link #heal}; what comes before them is read or written. */
    public void failRange(String name, long from, long to, boolean reads, boolean writes) {
        files.get(name).damage(new MemoryFile.Bad(from, to, reads, writes, disk.healed));
    }

    /** Ends what {@link #failFrom}, {@link #failSyncFrom} and {@link #failRange} began. */
    public void heal() {
        disk.failFrom = MemoryDisk.NEVER;
        disk.syncFailsAt = MemoryDisk.NEVER;
        disk.healed++;
    }

    /** Whether what writes does not return: it hangs the call that it is in. */
    public void hang(boolean value) {
        disk.hangs = value;
    }

    /** Whether reads give fewer bytes than were asked for. */
    public void shortReads(boolean value) {
        disk.shortReads = value;
    }

    /** Limits the bytes that all files may have together: beyond it writes fail as on a full disk, and leave what fits. */
    public void capacity(long bytes) {
        disk.capacity = bytes;
    }

    /** Bytes that all files have together. */
    public long used() {
        return disk.used;
    }

    /** Syncs of files and folders so far. */
    public long syncs() {
        return disk.syncs;
    }

    /** The content of a file as a running process sees it. */
    public byte[] content(String name) {
        return files.get(name).content();
    }

    /** Replaces the content of a file, durably: as a fault of the medium does. */
    public void damage(String name, byte[] content) {
        MemoryFile file = files.computeIfAbsent(name, missing -> new MemoryFile());
        disk.used += content.length - file.length();
        file.replace(content);
        durable.put(name, file);
    }

    /** The disk as it may look after the power was cut now; the seed decides about everything that was not synced. */
    public MemoryStorage crash(long seed) {
        return crash(seed, Fate.of(new Random(seed)));
    }

    /** The disk after the power was cut, where all that was not synced has reached it, or nothing of it. */
    public MemoryStorage crash(boolean reached) {
        return crash(0, reached ? Fate.ALL : Fate.NONE);
    }

    private MemoryStorage crash(long seed, Fate fate) {
        MemoryDisk after = new MemoryDisk(seed);
        after.capacity = disk.capacity;
        after.shortReads = disk.shortReads;
        after.stale = disk.stale;
        return survivor(after, fate);
    }

    private MemoryStorage survivor(MemoryDisk after, Fate fate) {
        MemoryStorage left = new MemoryStorage(after);
        Map<String, MemoryFile> names = new TreeMap<>(durable);
        fate.choose(unsynced).forEach(operation -> operation.apply(names));
        names.forEach((name, file) -> {
            MemoryFile survived = MemoryFile.of(file.survivor(fate, disk.stale));
            after.used += survived.length();
            left.files.put(name, survived);
        });
        left.durable = new TreeMap<>(left.files);
        folders.forEach((name, folder) -> left.folders.put(name, folder.survivor(after, fate)));
        return left;
    }

    @Override
    public List<String> list() throws IOException {
        disk.operation(false, "list", "");
        return List.copyOf(files.keySet());
    }

    @Override
    public StorageFile open(String name) throws IOException {
        MemoryFile known = files.get(name);
        if (known != null) {
            disk.operation(false, "open", name);
            return new OpenMemoryFile(disk, known, name);
        }
        MemoryFile file = new MemoryFile();
        change("make", name, names -> names.put(name, file));
        return new OpenMemoryFile(disk, file, name);
    }

    @Override
    public void rename(String from, String to) throws IOException {
        MemoryFile file = files.get(from);
        MemoryFile replaced = from.equals(to) ? null : files.get(to);
        if (file == null) {
            disk.operation(true, "rename", from);
            throw new IOException("no file " + from);
        }
        change("rename " + from, to, names -> {
            names.remove(from, file);
            names.put(to, file);
        });
        disk.give(replaced == null ? 0 : replaced.length());
    }

    @Override
    public void delete(String name) throws IOException {
        MemoryFile file = files.get(name);
        if (file == null) {
            disk.operation(true, "delete", name);
            return;
        }
        change("delete", name, names -> names.remove(name));
        disk.give(file.length());
        disk.stale = file.content();
    }

    @Override
    public void syncFolder() throws IOException {
        disk.operation(true, "sync", "folder");
        disk.syncs++;
        durable = new TreeMap<>(files);
        unsynced.clear();
    }

    @Override
    public long freeBytes() throws IOException {
        disk.operation(false, "free", "");
        return disk.capacity - disk.used;
    }

    @Override
    public Storage folder(String name) throws IOException {
        disk.operation(false, "folder", name);
        return in(name);
    }

    /** A folder, without an operation of the disk. */
    public MemoryStorage in(String name) {
        return folders.computeIfAbsent(name, missing -> new MemoryStorage(disk));
    }

    /** The folders of this one by name, for a look at all of a disk. */
    public Map<String, MemoryStorage> folders() {
        return new LinkedHashMap<>(folders);
    }

    /** Changes names; where the power goes meanwhile, it may have happened. */
    private void change(String what, String name, FolderOperation operation) throws IOException {
        if (disk.isCutNext()) {
            unsynced.add(operation);
        }
        disk.operation(true, what, name);
        operation.apply(files);
        unsynced.add(operation);
    }

    private interface FolderOperation {
        void apply(Map<String, MemoryFile> names);
    }
}
