package org.headgate.system.api.kit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.headgate.system.api.Storage;
import org.headgate.system.api.StorageFile;

/**
 * A disk in memory that can lose its power at any operation. It keeps what was synced apart from what was not: {@link
 * #crash} gives the disk as it may look afterwards, where each unsynced write is there, missing or torn at 512 bytes, and
 * each unsynced making, renaming or deleting of a file has happened or not. All folders of one disk share its operation
 * counter, its faults and its capacity.
 */
public final class MemoryStorage implements Storage {
    private static final int SECTOR = 512;

    private final Disk disk;
    private final Map<String, MemoryStorage> folders = new TreeMap<>();
    private final Map<String, Node> files = new TreeMap<>();
    private Map<String, Node> durable = new TreeMap<>();
    private final List<FolderOperation> unsynced = new ArrayList<>();

    /** An empty disk. */
    public MemoryStorage() {
        this(new Disk());
    }

    private MemoryStorage(Disk disk) {
        this.disk = disk;
    }

    /** How many operations were asked of the disk so far. */
    public long operations() {
        return disk.operations;
    }

    /** Cuts the power at the n-th operation from the start: it and all later ones fail. */
    public void cutPowerAt(long operation) {
        disk.powerCutAt = operation;
    }

    /** Whether the power is gone. */
    public boolean isOff() {
        return disk.operations >= disk.powerCutAt;
    }

    /** Makes every operation from the n-th on fail with a message until {@link #heal}; reads go on when only writes fail. */
    public void failFrom(long operation, String message, boolean writesOnly) {
        disk.failFrom = operation;
        disk.message = message;
        disk.writesOnly = writesOnly;
    }

    /** Ends what {@link #failFrom} began. */
    public void heal() {
        disk.failFrom = Long.MAX_VALUE;
    }

    /** Limits the bytes that all files may have together: beyond it writes fail as on a full disk. */
    public void capacity(long bytes) {
        disk.capacity = bytes;
    }

    /** Syncs of files and folders so far. */
    public long syncs() {
        return disk.syncs;
    }

    /** The content of a file as a running process sees it. */
    public byte[] content(String name) {
        return files.get(name).live.clone();
    }

    /** Replaces the content of a file, durably: as a fault of the medium does. */
    public void damage(String name, byte[] content) {
        Node node = files.computeIfAbsent(name, missing -> new Node());
        node.live = content.clone();
        node.durable = content.clone();
        node.writes.clear();
        durable.put(name, node);
    }

    /** The disk as it may look after the power was cut now; the seed decides about everything that was not synced. */
    public MemoryStorage crash(long seed) {
        Disk after = new Disk();
        after.capacity = disk.capacity;
        return survivor(after, new Random(seed));
    }

    private MemoryStorage survivor(Disk after, Random random) {
        MemoryStorage left = new MemoryStorage(after);
        Map<String, Node> names = new TreeMap<>(durable);
        for (FolderOperation operation : unsynced) {
            if (random.nextBoolean()) {
                operation.apply(names);
            }
        }
        names.forEach((name, node) -> {
            Node survived = new Node();
            survived.live = node.survivor(random);
            survived.durable = survived.live;
            left.files.put(name, survived);
        });
        left.durable = new TreeMap<>(left.files);
        folders.forEach((name, folder) -> left.folders.put(name, folder.survivor(after, random)));
        return left;
    }

    @Override
    public List<String> list() throws IOException {
        disk.operation(false);
        return List.copyOf(files.keySet());
    }

    @Override
    public StorageFile open(String name) throws IOException {
        Node known = files.get(name);
        disk.operation(known == null);
        if (known != null) {
            return new OpenFile(known);
        }
        Node node = new Node();
        change(names -> names.put(name, node));
        return new OpenFile(node);
    }

    @Override
    public void rename(String from, String to) throws IOException {
        disk.operation(true);
        if (!files.containsKey(from)) {
            throw new IOException("no file " + from);
        }
        Node node = files.get(from);
        change(names -> {
            names.remove(from, node);
            names.put(to, node);
        });
    }

    @Override
    public void delete(String name) throws IOException {
        disk.operation(true);
        if (files.containsKey(name)) {
            disk.used -= files.get(name).live.length;
            change(names -> names.remove(name));
        }
    }

    @Override
    public void syncFolder() throws IOException {
        disk.operation(true);
        disk.syncs++;
        durable = new TreeMap<>(files);
        unsynced.clear();
    }

    @Override
    public long freeBytes() throws IOException {
        disk.operation(false);
        return disk.capacity - disk.used;
    }

    @Override
    public Storage folder(String name) throws IOException {
        disk.operation(false);
        return in(name);
    }

    /** A folder, without an operation of the disk. */
    public MemoryStorage in(String name) {
        return folders.computeIfAbsent(name, missing -> new MemoryStorage(disk));
    }

    private void change(FolderOperation operation) {
        operation.apply(files);
        unsynced.add(operation);
    }

    private interface FolderOperation {
        void apply(Map<String, Node> names);
    }

    private static final class Disk {
        private long operations;
        private long syncs;
        private long powerCutAt = Long.MAX_VALUE;
        private long failFrom = Long.MAX_VALUE;
        private String message = "";
        private boolean writesOnly;
        private long capacity = Long.MAX_VALUE;
        private long used;

        void operation(boolean writes) throws IOException {
            operations++;
            if (operations >= powerCutAt) {
                throw new IOException("the power is off");
            }
            if (operations >= failFrom && (writes || !writesOnly)) {
                throw new IOException(message);
            }
        }
    }

    private record Write(long position, byte[] bytes) {}

    private static final class Node {
        private byte[] live = new byte[0];
        private byte[] durable = new byte[0];
        private final List<Write> writes = new ArrayList<>();

        byte[] survivor(Random random) {
            byte[] left = durable.clone();
            for (Write write : writes) {
                int fate = random.nextInt(3);
                if (write.bytes == null) {
                    left = fate == 0 ? left : Arrays.copyOf(left, (int) write.position);
                    continue;
                }
                for (int from = 0; from < write.bytes.length && fate > 0; from += SECTOR) {
                    if (fate == 1 || random.nextBoolean()) {
                        left = put(left, write.position + from, write.bytes, from, SECTOR);
                    }
                }
            }
            return left;
        }

        static byte[] put(byte[] into, long position, byte[] bytes, int from, int most) {
            int count = Math.min(most, bytes.length - from);
            byte[] grown = into.length >= position + count ? into : Arrays.copyOf(into, (int) position + count);
            System.arraycopy(bytes, from, grown, (int) position, count);
            return grown;
        }
    }

    private final class OpenFile implements StorageFile {
        private final Node node;

        OpenFile(Node node) {
            this.node = node;
        }

        @Override
        public long size() throws IOException {
            disk.operation(false);
            return node.live.length;
        }

        @Override
        public int read(ByteBuffer into, long position) throws IOException {
            disk.operation(false);
            if (position >= node.live.length) {
                return -1;
            }
            int count = (int) Math.min(into.remaining(), node.live.length - position);
            into.put(node.live, (int) position, count);
            return count;
        }

        @Override
        public void write(ByteBuffer from, long position) throws IOException {
            byte[] bytes = new byte[from.remaining()];
            from.get(bytes);
            // A power cut in the middle of a write leaves some of it.
            if (disk.operations + 1 == disk.powerCutAt) {
                node.writes.add(new Write(position, bytes));
            }
            disk.operation(true);
            long growth = Math.max(0, position + bytes.length - node.live.length);
            if (disk.used + growth > disk.capacity) {
                throw new IOException("No space left on device");
            }
            disk.used += growth;
            node.live = Node.put(node.live, position, bytes, 0, bytes.length);
            node.writes.add(new Write(position, bytes));
        }

        @Override
        public void truncate(long size) throws IOException {
            disk.operation(true);
            if (size < node.live.length) {
                node.live = Arrays.copyOf(node.live, (int) size);
                node.writes.add(new Write(size, null));
            }
        }

        @Override
        public void sync() throws IOException {
            disk.operation(true);
            disk.syncs++;
            node.durable = node.live.clone();
            node.writes.clear();
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }

    /** The folders of this one by name, for a look at all of a disk. */
    public Map<String, MemoryStorage> folders() {
        return new LinkedHashMap<>(folders);
    }
}
