package org.headgate.system.api.kit;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.headgate.system.api.Disks;
import org.headgate.system.api.Storage;

/** Disks in memory that can be mounted and pulled. What is not mounted lies on the card. */
public final class MemoryDisks implements Disks {
    private final MemoryStorage card;
    private final Map<String, MemoryStorage> disks = new TreeMap<>();
    private final Map<String, Boolean> mounted = new TreeMap<>();

    /** The disk under all folders where nothing is mounted. */
    public MemoryDisks(MemoryStorage card) {
        this.card = card;
    }

    /** Mounts the disk of a folder: the one that was pulled there, or an empty one. */
    public MemoryStorage mount(String folder) {
        MemoryStorage disk = disks.computeIfAbsent(folder, missing -> new MemoryStorage());
        mounted.put(folder, true);
        disk.heal();
        return disk;
    }

    /** Pulls the disk of a folder: whatever is asked of it fails from now on. */
    public void pull(String folder) {
        MemoryStorage disk = disks.get(folder);
        mounted.put(folder, false);
        disk.failFrom(disk.operations(), "Input/output error", false);
    }

    @Override
    public Storage at(String folder, boolean requireMount) throws IOException {
        if (mounted.getOrDefault(folder, false)) {
            return disks.get(folder);
        }
        if (requireMount) {
            throw new IOException(folder + " is not mounted (expected: a disk; mount it or set require-mount=false)");
        }
        return card.in(folder);
    }
}
