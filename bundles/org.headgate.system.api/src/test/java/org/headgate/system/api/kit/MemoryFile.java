package org.headgate.system.api.kit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** The bytes of a file: as a process sees them, as they lie on the medium, and what of the difference was not synced. */
final class MemoryFile {
    private static final byte[] NOTHING = new byte[0];

    private byte[] live = NOTHING;
    private int length;
    private byte[] durable = NOTHING;
    private int durableLength;
    private final List<Change> unsynced = new ArrayList<>(1);
    private final List<Bad> bad = new ArrayList<>(0);

    /** Bytes that were written at a position, or, where there are none, the length to which the file was cut. */
    record Change(int position, byte[] bytes) {
        int end() {
            return bytes == null ? position : position + bytes.length;
        }
    }

    /** Bytes that the medium cannot read or write until it is healed. */
    record Bad(long from, long to, boolean reads, boolean writes, int healed) {}

    /** A file that lies on the medium. */
    static MemoryFile of(byte[] content) {
        MemoryFile file = new MemoryFile();
        file.replace(content);
        return file;
    }

    void replace(byte[] content) {
        live = content.clone();
        durable = content.clone();
        length = content.length;
        durableLength = content.length;
        unsynced.clear();
    }

    int length() {
        return length;
    }

    byte[] content() {
        return Arrays.copyOf(live, length);
    }

    byte[] bytes() {
        return live;
    }

    void damage(Bad range) {
        bad.add(range);
    }

    /** Where the first byte lies, at or behind a position, that cannot be read or written. */
    long badFrom(long position, boolean writes, int healed) {
        long first = Long.MAX_VALUE;
        for (Bad range : bad) {
            boolean counts = range.healed == healed && (writes ? range.writes : range.reads) && range.to > position;
            first = counts ? Math.min(first, Math.max(position, range.from)) : first;
        }
        return first;
    }

    /** Notes a change without showing it: the power goes while it is made. */
    void begin(Change change) {
        unsynced.add(change);
    }

    void change(Change change) {
        unsynced.add(change);
        if (change.bytes != null) {
            live = put(live, length, change, 0, change.bytes.length);
            length = Math.max(length, change.end());
        } else if (change.position < length) {
            Arrays.fill(live, change.position, length, (byte) 0);
            length = change.position;
        }
    }

    void sync() {
        for (Change change : unsynced) {
            if (change.bytes != null) {
                durable = put(durable, durableLength, change, 0, change.bytes.length);
                durableLength = Math.max(durableLength, change.end());
            } else if (change.position < durableLength) {
                Arrays.fill(durable, change.position, durableLength, (byte) 0);
                durableLength = change.position;
            }
        }
        unsynced.clear();
    }

    /** A sync that fails: what did not reach the medium never will, and may be gone from memory, too. */
    void loseUnsynced(Random random, byte[] stale) {
        byte[] left = survivor(Fate.of(random), stale);
        durable = left;
        durableLength = left.length;
        unsynced.clear();
        if (random.nextBoolean()) {
            live = Arrays.copyOf(left, length);
        }
    }

    /** The content after the power has gone. */
    byte[] survivor(Fate fate, byte[] stale) {
        byte[] left = Arrays.copyOf(durable, durableLength);
        return unsynced.isEmpty() ? left : fate.of(left, unsynced, length, stale);
    }

    /** Puts some of a change's bytes into an array, which grows ahead where it must. */
    static byte[] put(byte[] into, int used, Change change, int from, int count) {
        int end = change.position + from + count;
        byte[] grown = into;
        if (end > into.length) {
            grown = Arrays.copyOf(into, Math.max(end, used * 2));
        }
        System.arraycopy(change.bytes, from, grown, change.position + from, count);
        return grown;
    }
}
