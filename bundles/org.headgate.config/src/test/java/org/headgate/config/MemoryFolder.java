package org.headgate.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A folder in memory that tells what the disk has from what only the kernel knows: names that were not synced are lost in part by a
 * power cut. Several folders share one {@link Power}.
 */
final class MemoryFolder implements Folder {
    /** What keeps the folders running: each operation of theirs is a step at which it may fail. */
    static final class Power {
        private long left = Long.MAX_VALUE;
        private boolean failing;
        private boolean healing;

        /** The power is cut at a step, counted from now. */
        void cutAfter(long steps) {
            left = steps;
            failing = false;
        }

        /** The disk fails from a step on; once, or until {@link #back}. */
        void failAfter(long steps, boolean once) {
            left = steps;
            failing = true;
            healing = once;
        }

        void back() {
            left = Long.MAX_VALUE;
        }

        /** Whether the step that was waited for has come. */
        boolean hasStruck() {
            return left < 0;
        }

        private boolean strikes() throws IOException {
            if (--left >= 0) {
                return false;
            }
            if (failing) {
                if (left < -1 && healing) {
                    return false;
                }
                throw new IOException("No space left on device");
            }
            return true;
        }
    }

    private final Power power;
    private final SortedMap<String, byte[]> seen = new TreeMap<>();
    private SortedMap<String, byte[]> durable = new TreeMap<>();
    private final List<Runnable> unsynced = new ArrayList<>();
    private long stamps;
    private String unreadable = "";

    MemoryFolder(Power power) {
        this.power = power;
    }

    /** After a cut: what the disk has, and of the names that were not synced as many as the dice say, in their order. */
    void reboot(Random dice) {
        int kept = dice.nextInt(unsynced.size() + 1);
        unsynced.subList(0, kept).forEach(Runnable::run);
        unsynced.clear();
        seen.clear();
        seen.putAll(durable);
    }

    /** Puts a file there as an editor does. */
    void put(String name, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        seen.put(name, bytes);
        durable.put(name, bytes);
        stamps++;
    }

    /** From now on this file is there and cannot be read. */
    void unreadable(String name) {
        unreadable = name;
    }

    String text(String name) {
        byte[] bytes = seen.get(name);
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    List<String> names() {
        return List.copyOf(seen.keySet());
    }

    @Override
    public SortedMap<String, Stamp> list() throws IOException {
        step();
        SortedMap<String, Stamp> stamped = new TreeMap<>();
        seen.forEach((name, bytes) -> stamped.put(name, new Stamp(bytes.length, stamps, bytes)));
        return stamped;
    }

    @Override
    public byte[] read(String name) throws IOException {
        step();
        byte[] bytes = seen.get(name);
        if (bytes == null || name.equals(unreadable)) {
            throw new IOException(name + ": no such file, or not to be read");
        }
        return bytes.clone();
    }

    @Override
    public Optional<byte[]> find(String name) throws IOException {
        return seen.containsKey(name) ? Optional.of(read(name)) : Optional.empty();
    }

    @Override
    public void write(String name, byte[] bytes, String modeOf) throws IOException {
        byte[] copy = bytes.clone();
        if (power.strikes()) {
            byte[] torn = Arrays.copyOf(copy, copy.length / 2);
            note(() -> durable.put(name, torn));
            throw new CutFolder.PowerCut();
        }
        seen.put(name, copy);
        note(() -> durable.put(name, copy));
    }

    @Override
    public void rename(String from, String to) throws IOException {
        step();
        byte[] bytes = seen.remove(from);
        if (bytes == null) {
            throw new IOException(from + ": no such file");
        }
        seen.put(to, bytes);
        note(() -> {
            durable.remove(from);
            durable.put(to, bytes);
        });
    }

    @Override
    public void delete(String name) throws IOException {
        step();
        seen.remove(name);
        note(() -> durable.remove(name));
    }

    @Override
    public void sync() throws IOException {
        step();
        unsynced.forEach(Runnable::run);
        unsynced.clear();
    }

    private void note(Runnable change) {
        stamps++;
        unsynced.add(change);
    }

    private void step() throws IOException {
        if (power.strikes()) {
            throw new CutFolder.PowerCut();
        }
    }
}
