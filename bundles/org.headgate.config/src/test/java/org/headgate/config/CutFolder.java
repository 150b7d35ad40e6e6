package org.headgate.config;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;

/** A folder under which the power can be cut at any operation; nothing works from then on. */
class CutFolder implements Folder {
    private final Folder folder;
    private long left = Long.MAX_VALUE;

    CutFolder(Folder folder) {
        this.folder = folder;
    }

    /** Cuts the power after so many more operations. */
    void after(long operations) {
        left = operations;
    }

    private boolean step() {
        return left-- > 0;
    }

    private void stepOrDie() {
        if (!step()) {
            throw new PowerCut();
        }
    }

    @Override
    public SortedMap<String, Stamp> list() throws IOException {
        stepOrDie();
        return folder.list();
    }

    @Override
    public byte[] read(String name) throws IOException {
        stepOrDie();
        return folder.read(name);
    }

    @Override
    public Optional<byte[]> find(String name) throws IOException {
        stepOrDie();
        return folder.find(name);
    }

    @Override
    public void write(String name, byte[] bytes, String modeOf) throws IOException {
        if (!step()) {
            if (left == -1) {
                folder.write(name, Arrays.copyOf(bytes, bytes.length / 2), modeOf);
            }
            throw new PowerCut();
        }
        folder.write(name, bytes, modeOf);
    }

    @Override
    public void rename(String from, String to) throws IOException {
        stepOrDie();
        folder.rename(from, to);
    }

    @Override
    public void delete(String name) throws IOException {
        stepOrDie();
        folder.delete(name);
    }

    @Override
    public void sync() throws IOException {
        stepOrDie();
        folder.sync();
    }

    static final class PowerCut extends Error {
        private static final long serialVersionUID = 1;
    }
}
