package org.headgate.outbox.log;

import java.io.IOException;
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
    private final Window window;
    /** Segments without a good head, and their bytes. */
    private final TreeMap<Long, Long> headless = new TreeMap<>();
    /** Segments that could not be read, now or at an earlier start, and their bytes. */
    private final TreeMap<Long, Long> aside = new TreeMap<>();

    SegmentFiles(Storage folder) {
        this.folder = folder;
        window = new Window(HEAD_BYTES, new Damage(folder, 0));
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
            long size = size(name);
            if (matcher.group(1) != null) {
                aside.put(number, size);
            } else if (size == 0) {
                folder.delete(name);
            } else {
                Head head = head(name, number, size);
                if (head == null) {
                    headless.put(number, size);
                } else {
                    heads.put(number, head);
                }
            }
        }
        return this;
    }

    /**
     * Takes segments without a good head for those of a log, from a number on; sets aside all others, and those in which nothing is
     * good. Where a segment began its first good batch tells well enough: what was before it is counted as missing, unless a newer
     * segment holds it.
     */
    void adopt(String log, long from) {
        headless.descendingMap().forEach((number, size) -> {
            Head guessed = number < from ? null : guess(log, number, size);
            if (guessed != null) {
                heads.put(number, guessed);
            } else {
                setAside(number, size);
            }
        });
        headless.clear();
    }

    private Head guess(String log, long number, long size) {
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
                    // A good one of another format.
                    return null;
                }
            }
        } catch (IOException | RuntimeException foreign) {
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
    void keepOnly(String log) {
        for (Map.Entry<Long, Head> each : Map.copyOf(heads).entrySet()) {
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

    private Head head(String name, long number, long size) {
        try (StorageFile file = folder.open(name)) {
            Frame frame = window.over(file, number).next(0, (int) Math.min(size, Integer.MAX_VALUE));
            if (frame != null && frame.type() == Frame.SEGMENT) {
                return Head.get(window.payload(frame), new Ledger());
            }
            Summary summary = Summary.find(file, number, new Ledger());
            return summary == null ? null : summary.head();
        } catch (IOException | RuntimeException foreign) {
            return null;
        }
    }

    private void setAside(long number, long bytes) {
        quarantined++;
        aside.put(number, bytes);
        try {
            folder.rename(Segment.file(number), "quarantine-" + Segment.file(number));
        } catch (IOException staysWhereItIs) {
            // It is read again at the next start; its number is never used again.
        }
    }
}
