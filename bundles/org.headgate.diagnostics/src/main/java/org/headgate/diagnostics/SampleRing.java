package org.headgate.diagnostics;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.headgate.system.api.Storage;
import org.headgate.system.api.StorageFile;

/**
 * Samples in files of fixed records, numbered in the order of writing; when there are too many files the oldest goes. A torn tail is
 * written over, a damaged record is skipped and counted. What was appended is found by order, never by time: clocks jump. Used by one
 * thread at a time.
 */
final class SampleRing {
    /** A day and 31 of them: 30 days at least, in 2.9 MB. */
    static final int RECORDS = 1440;

    static final int FILES = 31;
    private static final long NONE = -1;
    private static final String SUFFIX = ".samples";

    private final Storage folder;
    private final int records;
    private final int files;
    private long damaged;
    /** The file to which an append failed, and how many records it had before. */
    private long unsure = NONE;

    private int sure;

    SampleRing(Storage folder) {
        this(folder, RECORDS, FILES);
    }

    SampleRing(Storage folder, int records, int files) {
        this.folder = folder;
        this.records = records;
        this.files = files;
    }

    /**
     * Makes samples durable, with one sync, and one more of the folder when a file was begun.
     *
     * @throws IOException when not all of them could be; then those that are left may be appended again, and take the place of what was
     *     written of them
     */
    void append(Deque<Sample> pending) throws IOException {
        while (!pending.isEmpty()) {
            List<Long> numbers = numbers();
            long number = numbers.isEmpty() ? 1 : numbers.get(numbers.size() - 1);
            int written;
            try (StorageFile file = folder.open(name(number))) {
                int there = there(number, file);
                written = Math.min(records - there, pending.size());
                if (written > 0) {
                    unsure = number;
                    sure = there;
                    file.write(encoded(pending, written), (long) there * Sample.BYTES);
                    file.sync();
                    if (there == 0) {
                        folder.syncFolder();
                    }
                    unsure = NONE;
                }
            }
            for (int i = 0; i < written; i++) {
                pending.removeFirst();
            }
            if (!pending.isEmpty()) {
                begin(number + 1);
            }
        }
    }

    /** The newest records of which some are wanted: those that are and can be read, in the order of writing, as they were written. */
    ByteBuffer newest(int most, Predicate<Sample> wanted) throws IOException {
        List<Long> numbers = numbers();
        damaged = 0;
        int first = numbers.size();
        int found = 0;
        while (first > 0 && found < most) {
            first--;
            try (StorageFile file = folder.open(name(numbers.get(first)))) {
                found += there(numbers.get(first), file);
            }
        }
        int tooMany = Math.max(0, found - most);
        ByteBuffer all = ByteBuffer.allocate((found - tooMany) * Sample.BYTES);
        for (int i = first; i < numbers.size(); i++) {
            read(numbers.get(i), i == first ? tooMany : 0, wanted, all);
        }
        return all.flip();
    }

    /** Records that {@link #newest} has met last and that were damaged. */
    long damaged() {
        return damaged;
    }

    /** The records of a file; without those of an append that has failed, for they will be appended again. */
    private int there(long number, StorageFile file) throws IOException {
        return number == unsure ? sure : (int) Math.min(records, file.size() / Sample.BYTES);
    }

    private void begin(long number) throws IOException {
        List<Long> numbers = numbers();
        for (int i = 0; i <= numbers.size() - files; i++) {
            folder.delete(name(numbers.get(i)));
        }
        folder.open(name(number)).close();
    }

    private void read(long number, int from, Predicate<Sample> wanted, ByteBuffer into) throws IOException {
        try (StorageFile file = folder.open(name(number))) {
            long start = (long) from * Sample.BYTES;
            ByteBuffer bytes = ByteBuffer.allocate((there(number, file) - from) * Sample.BYTES);
            while (bytes.hasRemaining() && file.read(bytes, start + bytes.position()) >= 0) {
                continue;
            }
            bytes.flip();
            while (bytes.remaining() >= Sample.BYTES) {
                ByteBuffer bits = bytes.slice(bytes.position(), Sample.BYTES);
                Optional<Sample> sample = Sample.decode(bytes);
                if (sample.isEmpty()) {
                    damaged++;
                } else if (wanted.test(sample.get())) {
                    into.put(bits);
                }
            }
        }
    }

    private static ByteBuffer encoded(Deque<Sample> samples, int count) {
        ByteBuffer bytes = ByteBuffer.allocate(count * Sample.BYTES);
        samples.stream().limit(count).forEach(sample -> sample.encode(bytes));
        return bytes.flip();
    }

    private List<Long> numbers() throws IOException {
        List<Long> numbers = new ArrayList<>();
        for (String name : folder.list()) {
            if (name.matches("\\d{10}\\" + SUFFIX)) {
                numbers.add(Long.parseLong(name.substring(0, name.length() - SUFFIX.length())));
            }
        }
        return numbers;
    }

    private static String name(long number) {
        return String.format(Locale.ROOT, "%010d%s", number, SUFFIX);
    }
}
