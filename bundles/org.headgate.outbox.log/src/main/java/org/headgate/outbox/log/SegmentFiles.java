package org.headgate.outbox.log;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.headgate.system.api.Storage;
import org.headgate.system.api.StorageFile;

/** The segment files of a folder, as they are found at the opening: those with a good head, and what is set aside. */
final class SegmentFiles {
    private static final int HEAD_BYTES = 4096;
    /** Where the size of a file cannot be told: about what a segment has. */
    private static final long UNKNOWN_BYTES = 1 << 20;

    private static final Pattern FILE = Pattern.compile("(quarantine-)?(\\d{10})\\.seg");

    final TreeMap<Long, Head> heads = new TreeMap<>();
    /** A number that no file has had. */
    long nextNumber = 1;
    /** Files that were set aside now. */
    int quarantined;

    private final Storage folder;
    private final Patience patience;
    private final Damage damage;
    private final Window window;
    /** Segments without a good head, and their bytes. */
    private final TreeMap<Long, Long> headless = new TreeMap<>();
    /** Segments that could not be read, now or at an earlier start, and their bytes. */
    private final TreeMap<Long, Long> aside = new TreeMap<>();
    /** Segments with blocks that could not be read, and why: one that seems to be none may be good. */
    private final Map<Long, IOException> unread = new HashMap<>();

    SegmentFiles(Storage folder, Patience patience) {
        this.folder = folder;
        this.patience = patience;
        damage = patience.damage(folder);
        window = new Window(HEAD_BYTES, damage);
    }

    /** Reads the head of every segment. */
    SegmentFiles list() throws IOException {
        for (String name : folder.list()) {
            Matcher matcher = FILE.matcher(name);
            if (!matcher.matches()) {
                continue;
            }
            long number = Long.parseLong(matcher.group(2));
            nextNumber = Math.max(nextNumber, number + 1);
            if (matcher.group(1) != null) {
                aside.put(number, size(name));
            } else {
                look(name, number);
            }
        }
        return this;
    }

    private void look(String name, long number) throws IOException {
        long size;
        try (StorageFile file = folder.open(name)) {
            size = file.size();
            Head head = size == 0 ? null : head(file, number, size);
            if (head != null) {
                heads.put(number, head);
            } else if (size > 0) {
                headless.put(number, size);
            }
        } catch (IOException unreadable) {
            noteUnread(number);
            patience.giveUp(folder, unreadable);
            setAside(number, UNKNOWN_BYTES);
            return;
        }
        noteUnread(number);
        if (size == 0) {
            try {
                folder.delete(name);
            } catch (IOException staysWhereItIs) {
                // There is nothing in it, and its number is never used again.
            }
        }
    }

    private void noteUnread(long number) {
        IOException why = damage.takeGivenUp();
        if (why != null) {
            unread.put(number, why);
        }
    }

    /**
     * Takes segments without a good head for those of a log, from a number on; sets aside all others, and those in which nothing is
     * good. Where a segment began its first good batch tells well enough: what was before it is counted as missing, unless a newer
     * segment holds it.
     */
    void adopt(String log, long from) throws IOException {
        for (Map.Entry<Long, Long> each : headless.descendingMap().entrySet()) {
            long number = each.getKey();
            Head guessed = number < from ? null : guess(log, number, each.getValue());
            noteUnread(number);
            if (guessed != null) {
                heads.put(number, guessed);
            } else {
                setAside(number, each.getValue());
            }
        }
        headless.clear();
    }

    private Head guess(String log, long number, long size) throws IOException {
        try (StorageFile file = folder.open(Segment.file(number))) {
            int limit = (int) Math.min(size, Integer.MAX_VALUE);
            window.over(file, number);
            for (Frame frame = window.next(0, limit); frame != null; frame = window.next(frame.end(), limit)) {
                if (frame.type() == Frame.BATCH) {
                    BatchRecord first = BatchRecord.head(window.payload(frame));
                    Map.Entry<Long, Head> newer = heads.higherEntry(number);
                    long most =
                            newer == null ? Long.MAX_VALUE : newer.getValue().previous();
                    long start = Math.min(most, first.first());
                    return new Head(log, number, start, start, Head.UNKNOWN);
                }
                if (frame.type() == Frame.SEGMENT) {
                    Head good = Head.get(window.payload(frame));
                    return good != null && good.log().equals(log) ? good : null;
                }
            }
        } catch (RuntimeException foreign) {
            // Nothing of it can be used.
        }
        return null;
    }

    /** The bytes of the files behind a segment that were set aside. */
    long asideBehind(long number) {
        return aside.tailMap(number).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** Whether there were segments between one and its predecessor: with a cursor their rows would be known to be settled. */
    boolean wasDeletedBefore(long number) {
        Long before = heads.lowerKey(number);
        return before != null
                && number > before + 1
                && aside.subMap(before, number).isEmpty();
    }

    boolean isAside(long number) {
        return aside.containsKey(number);
    }

    /** Sets aside all segments of another log. */
    void keepOnly(String log) throws IOException {
        for (Map.Entry<Long, Head> each : new TreeMap<>(heads).entrySet()) {
            if (!each.getValue().log().equals(log)) {
                heads.remove(each.getKey());
                setAside(each.getKey(), 0);
            }
        }
    }

    /** Deletes all segments before a number. */
    void deleteBefore(long number) {
        for (Long settled : heads.headMap(number).keySet().toArray(Long[]::new)) {
            heads.remove(settled);
            try {
                folder.delete(Segment.file(settled));
            } catch (IOException staysWhereItIs) {
                // It lies before the cursor: harmless.
            }
        }
    }

    private long size(String name) {
        try (StorageFile file = folder.open(name)) {
            return file.size();
        } catch (IOException unknown) {
            return UNKNOWN_BYTES;
        }
    }

    private Head head(StorageFile file, long number, long size) throws IOException {
        try {
            Frame frame = window.over(file, number).next(0, (int) Math.min(size, Integer.MAX_VALUE));
            if (frame != null && frame.type() == Frame.SEGMENT) {
                return Head.get(window.payload(frame), new Ledger());
            }
            Summary summary = Summary.find(file, number, new Ledger(), damage);
            return summary == null ? null : summary.head();
        } catch (RuntimeException foreign) {
            return null;
        }
    }

    private void setAside(long number, long bytes) throws IOException {
        if (unread.containsKey(number)) {
            patience.giveUp(folder, unread.get(number));
        }
        quarantined++;
        aside.put(number, bytes);
        try {
            folder.rename(Segment.file(number), "quarantine-" + Segment.file(number));
        } catch (IOException staysWhereItIs) {
            // It is read again at the next start; its number is never used again.
        }
    }
}
