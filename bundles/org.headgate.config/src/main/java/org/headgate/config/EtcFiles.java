package org.headgate.config;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.headgate.config.Folder.Stamp;
import org.headgate.config.api.FileName;
import org.headgate.config.api.Texts;
import org.headgate.config.text.SettingsText;

/**
 * The files of {@code HOME/etc}: finds what has changed, edits them, and keeps the live image beside them. Thread-safe:
 * one lock makes scans and edits take turns; the answers to questions need no lock.
 */
final class EtcFiles {
    /** So long a file's time may be too coarse to show a second write; its content is compared meanwhile. */
    private static final int FRESH_SCANS = 6;

    private static final int MAX_RACES = 5;
    private static final long LOCK_SECONDS = 10;

    private final Folder folder;
    private final LiveImage image;
    private final ReentrantLock lock = new ReentrantLock();
    private final SortedMap<FileName, Loaded> loaded = new ConcurrentSkipListMap<>();
    private final Warnings warnings = new Warnings();
    /** Files seen changed in the last scan: they are read when they rest. */
    private final Map<String, Optional<Stamp>> moving = new TreeMap<>();

    EtcFiles(Folder folder, LiveImage image) {
        this.folder = folder;
        this.image = image;
    }

    /** Reads everything, whether at rest or not, and takes away from the live image what has no file. */
    void load() {
        lock.lock();
        try {
            SortedMap<String, Stamp> files = folder.list();
            for (String file : files.keySet()) {
                if (FileSwap.isTemporary(file)) {
                    folder.delete(file);
                }
            }
            var names = files.keySet().stream()
                    .flatMap(file -> FileName.of(file).stream())
                    .sorted()
                    .toList();
            image.retain(Set.copyOf(names.stream().map(FileName::fullPid).toList()));
            names.forEach(name -> read(name, files.get(name.file())));
            warnAboutUnread(files);
        } catch (IOException | RuntimeException failure) {
            warnings.folder("etc: " + Warnings.said(failure) + "; it is tried again");
        } finally {
            lock.unlock();
        }
    }

    /**
     * Looks for changes once. A file is read when two scans have found it alike, so that a half-written one is not; it
     * is taken away when two scans have missed it, since some editors move a file away before they write it.
     */
    void scan() {
        if (!lock.tryLock()) {
            return; // An edit, or an earlier scan that hangs in the file system.
        }
        try {
            SortedMap<String, Stamp> files = folder.list();
            warnings.folderIsWell();
            TreeMap<FileName, Stamp> due = new TreeMap<>();
            for (Map.Entry<String, Stamp> file : files.entrySet()) {
                FileName.of(file.getKey())
                        .filter(name -> isDue(name, file.getValue()))
                        .ifPresent(name -> due.put(name, file.getValue()));
            }
            for (FileName name : List.copyOf(loaded.keySet())) {
                if (!files.containsKey(name.file()) && isAtRest(name.file(), Optional.empty())) {
                    forget(name);
                }
            }
            due.forEach(this::read);
            warnAboutUnread(files);
        } catch (IOException | RuntimeException failure) {
            warnings.folder("etc: " + Warnings.said(failure) + "; the last good configuration stays");
        } finally {
            lock.unlock();
        }
    }

    /**
     * Does work while nobody else reads or writes the files.
     *
     * @throws IOException when somebody has them for too long, or the work fails
     */
    <T> T exclusively(Work<T> work) throws IOException {
        if (!lockWithin()) {
            throw new IOException("another change is being made, or the disk does not answer; nothing has changed");
        }
        try {
            return work.run();
        } finally {
            lock.unlock();
        }
    }

    /** What lies in the folder now, of the files that somebody reads. */
    Snapshot snapshot() throws IOException {
        SortedMap<String, byte[]> contents = new TreeMap<>();
        SortedSet<String> unread = new TreeSet<>();
        for (String file : folder.list().keySet()) {
            if (FileName.of(file).isPresent()) {
                try {
                    folder.find(file).ifPresent(bytes -> contents.put(file, bytes));
                } catch (IOException unreadable) {
                    // It must not keep the user from changing another file.
                    warnings.put(file, unread(file, unreadable));
                    unread.add(file);
                }
            }
        }
        return new Snapshot(contents, unread);
    }

    /**
     * Brings the live image up to files that were just written: what goes first, then the rest in the order of loading; with the
     * lock only.
     */
    void taken(List<String> changed, SortedMap<String, byte[]> contents) throws IOException {
        List<FileName> names = changed.stream()
                .flatMap(file -> FileName.of(file).stream())
                .sorted()
                .toList();
        for (int i = names.size() - 1; i >= 0; i--) {
            if (!contents.containsKey(names.get(i).file())) {
                forget(names.get(i));
            }
        }
        SortedMap<String, Stamp> stamps = folder.list();
        for (FileName name : names) {
            if (contents.containsKey(name.file())) {
                Stamp stamp = stamps.getOrDefault(name.file(), new Stamp(-1, 0, ""));
                take(name, contents.get(name.file()), stamp);
            }
        }
    }

    List<String> files() {
        return loaded.keySet().stream().map(FileName::file).sorted().toList();
    }

    /** The last good text of a file. */
    Optional<SettingsText> text(String file) {
        return FileName.of(file).map(loaded::get).map(Loaded::text);
    }

    List<String> warnings() {
        return warnings.list();
    }

    private boolean isDue(FileName name, Stamp stamp) {
        Loaded known = loaded.get(name);
        if (known != null && known.stamp.equals(stamp) && !known.retry) {
            moving.remove(name.file());
            return known.scans++ < FRESH_SCANS;
        }
        return isAtRest(name.file(), Optional.of(stamp));
    }

    private boolean isAtRest(String file, Optional<Stamp> stamp) {
        return stamp.equals(moving.put(file, stamp));
    }

    private void read(FileName name, Stamp stamp) {
        try {
            Optional<byte[]> bytes = folder.find(name.file());
            if (bytes.isPresent()) {
                take(name, bytes.get(), stamp);
            }
            // Else it was deleted since it was listed: the next scans say so.
        } catch (IOException | RuntimeException failure) {
            warnings.put(name.file(), unread(name.file(), failure));
        }
    }

    private static String unread(String file, Exception failure) {
        return file + ": cannot be read: " + Warnings.said(failure) + "; what was read last stays";
    }

    private void take(FileName name, byte[] bytes, Stamp stamp) throws IOException {
        moving.remove(name.file());
        Loaded known = loaded.get(name);
        if (known != null && !known.retry && Arrays.equals(known.bytes, bytes)) {
            if (!known.stamp.equals(stamp)) {
                loaded.put(name, new Loaded(bytes, known.text, stamp));
            }
            settle(name, known.text);
            return;
        }
        Loaded now = new Loaded(bytes, SettingsText.parse(bytes), stamp);
        now.retry = true;
        loaded.put(name, now);
        image.put(name, now.text);
        now.retry = false;
        settle(name, now.text);
    }

    /** Says what is wrong with a file that was read, or that nothing is any more. */
    private void settle(FileName name, SettingsText text) {
        if (text.broken().isPresent()) {
            warnings.put(name.file(), name.file() + " " + text.broken().get());
        } else if (name.factory() && !name.isNameValid()) {
            warnings.put(
                    name.file(),
                    name.file() + ": " + name.name() + " cannot be a name (expected: " + Texts.NAME_EXPECTED + ")");
        } else {
            warnings.remove(name.file());
        }
    }

    private void forget(FileName name) throws IOException {
        image.remove(name);
        loaded.remove(name);
        moving.remove(name.file());
        warnings.remove(name.file());
    }

    private void warnAboutUnread(SortedMap<String, Stamp> files) {
        warnings.retain(files.keySet());
        for (String file : files.keySet()) {
            if (FileName.of(file).isEmpty() && !FileName.isIgnored(file)) {
                warnings.put(file, FileName.unread(file));
            }
        }
    }

    private boolean lockWithin() {
        try {
            // Where nobody holds it an interrupt is no reason to go without it.
            return lock.tryLock() || lock.tryLock(LOCK_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Something to do with the lock. */
    interface Work<T> {
        T run() throws IOException;
    }

    /** A file as it was read last. */
    private static final class Loaded {
        final byte[] bytes;
        final SettingsText text;
        final Stamp stamp;
        int scans;
        /** The live image has not taken it. */
        boolean retry;

        Loaded(byte[] bytes, SettingsText text, Stamp stamp) {
            this.bytes = bytes;
            this.text = text;
            this.stamp = stamp;
        }

        SettingsText text() {
            return text;
        }
    }
}
