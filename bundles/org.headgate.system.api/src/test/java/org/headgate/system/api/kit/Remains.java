package org.headgate.system.api.kit;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.headgate.system.api.kit.MemoryFile.Change;

/** The content of a file on the medium while the changes that have reached it are applied, whole or in parts. */
final class Remains {
    private static final int SECTOR = 512;
    private static final int PAGE = 4096;

    private byte[] bytes;
    private int length;

    Remains(byte[] bytes) {
        this.bytes = bytes;
        length = bytes.length;
    }

    byte[] content() {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    void apply(Change change) {
        if (change.bytes() == null) {
            cut(change.position());
        } else {
            put(change, change.position(), change.end());
        }
    }

    /** The first sectors of a change. */
    void applyFirst(Change change, Random random) {
        if (change.bytes() != null && change.end() > change.position()) {
            int torn = change.position() + random.nextInt(change.end() - change.position());
            int end = torn / SECTOR * SECTOR;
            if (end > change.position()) {
                put(change, change.position(), end);
            }
        } else if (random.nextBoolean()) {
            apply(change);
        }
    }

    /** Of each sector, or of each page, any state that it has been in since it was synced. */
    void applyVersions(List<Change> changes, Random random) {
        int unit = random.nextInt(3) == 0 ? PAGE : SECTOR;
        int from = Integer.MAX_VALUE;
        int to = 0;
        for (Change change : changes) {
            from = Math.min(from, change.position() / unit);
            to = Math.max(to, change.end() / unit + 1);
        }
        int[] versions = new int[to - from];
        for (int i = 0; i < versions.length; i++) {
            versions[i] = random.nextInt(changes.size() + 1);
        }
        for (int i = 0; i < changes.size(); i++) {
            Change change = changes.get(i);
            if (change.bytes() == null) {
                if (versions[change.position() / unit - from] > i) {
                    cut(change.position());
                }
                continue;
            }
            for (int at = change.position(); at < change.end(); at = (at / unit + 1) * unit) {
                if (versions[at / unit - from] > i) {
                    put(change, at, Math.min(change.end(), (at / unit + 1) * unit));
                }
            }
        }
    }

    /** The blocks up to a length belong to the file, and nobody has written them. */
    void allot(int to, byte[] before) {
        if (to <= length) {
            return;
        }
        bytes = to > bytes.length ? Arrays.copyOf(bytes, to) : bytes;
        int known = Math.min(to, before.length);
        if (known > length) {
            System.arraycopy(before, length, bytes, length, known - length);
        }
        length = to;
    }

    private void put(Change change, int from, int to) {
        bytes = MemoryFile.put(bytes, length, change, from - change.position(), to - from);
        length = Math.max(length, to);
    }

    private void cut(int to) {
        if (to < length) {
            Arrays.fill(bytes, to, length, (byte) 0);
            length = to;
        }
    }
}
