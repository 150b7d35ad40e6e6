package org.headgate.config;

import java.util.Arrays;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * The files that somebody reads, at one instant.
 *
 * @param files their bytes
 * @param unread those that are there and cannot be read: nobody knows what is in them, so nobody changes them
 */
record Snapshot(SortedMap<String, byte[]> files, SortedSet<String> unread) {
    boolean isLike(Snapshot other) {
        return unread.equals(other.unread) && same(files, other.files);
    }

    static boolean same(SortedMap<String, byte[]> some, SortedMap<String, byte[]> others) {
        return some.keySet().equals(others.keySet())
                && some.entrySet().stream().allMatch(file -> Arrays.equals(file.getValue(), others.get(file.getKey())));
    }
}
