package org.headgate.rule.engine;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Which rules want a value of 64 bits: an open-addressing table. Immutable once it is asked. */
final class ValueTable {
    private static final int[] NONE = {};
    private final Map<Long, int[]> building = new HashMap<>();
    private long[] keys;
    private int[][] numbers;

    void add(long value, int number) {
        int[] before = building.getOrDefault(value, NONE);
        int[] after = Arrays.copyOf(before, before.length + 1);
        after[before.length] = number;
        building.put(value, after);
        keys = null;
    }

    /** The numbers of the rules that want this value. */
    int[] get(long value) {
        if (keys == null) {
            build();
        }
        int mask = keys.length - 1;
        int slot = slot(value, mask);
        while (numbers[slot] != null) {
            if (keys[slot] == value) {
                return numbers[slot];
            }
            slot = slot + 1 & mask;
        }
        return NONE;
    }

    private void build() {
        int size = Integer.highestOneBit(Math.max(4, building.size() * 2)) * 2;
        keys = new long[size];
        numbers = new int[size][];
        building.forEach((value, wanting) -> {
            int slot = slot(value, size - 1);
            while (numbers[slot] != null) {
                slot = slot + 1 & size - 1;
            }
            keys[slot] = value;
            numbers[slot] = wanting;
        });
    }

    private static int slot(long value, int mask) {
        long mixed = value * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32) & mask;
    }
}
