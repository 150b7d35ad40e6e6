package org.headgate.diagnostics;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
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
    private static final String SUFFIX = ".samples";

    private final Storage folder;
    private final int records;
    private final int files;
    private long damaged;

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
     * @throws IOException when not all of them could be; then those that are not in the files yet may be appended again
     */
    void append(Deque<Sample> pending) throws IOException {
        while (!pending.isEmpty()) {
            List<Long> numbers = numbers();
            long number = numbers.isEmpty() ? 1 : numbers.get(numbers.size() - 1);
            int written;
            boolean begun;
            try (StorageFile file = folder.open(name(number))) {
                int there = (int) Math.min(records, file.size() / Sample.BYTES);
                begun = there == 0;
                written = Math.min(records - there, pending.size());
                if (written > 0) {
                    file.write(encoded(pending, written), (long) there * Sample.BYTES);
                    file.sync();
                }
            }
            if (begun) {
                folder.syncFolder();
            }
            for (int i = 0; i < written; i++) {
                pending.removeFirst();
            }
            if (!pending.isEmpty()) {
                begin(number + 1);
            }
        }
    }

    /** The newest samples that can be read, in the order of writing. */
    List<Sample> newest(int most) throws IOException {
        Deque<List<Sample>> parts = new ArrayDeque<>();
        List<Long> numbers = numbers();
        damaged = 0;
        int found = 0;
        for (int i = numbers.size() - 1; i >= 0 && found < most; i--) {
            List<Sample> part = read(numbers.get(i), most - found);
            found += part.size();
            parts.addFirst(part);
        }
        List<Sample> all = new ArrayList<>(found);
        parts.forEach(all::addAll);
        return all;
    }

    /** Records that {@link #newest} has met last and that were damaged. */
    long damaged() {
        return damaged;
    }

    private void begin(long number) throws IOException {
        List<Long> numbers = numbers();
        for (int i = 0; i <= numbers.size() - files; i++) {
            folder.delete(name(numbers.get(i)));
        }
        folder.open(name(number)).close();
    }

    private List<Sample> read(long number, int most) throws IOException {
        List<Sample> samples = new ArrayList<>();
        try (StorageFile file = folder.open(name(number))) {
            long there = Math.min(records, file.size() / Sample.BYTES);
            int wanted = (int) Math.min(there, most);
            ByteBuffer bytes = ByteBuffer.allocate(wanted * Sample.BYTES);
            long from = (there - wanted) * Sample.BYTES;
            while (bytes.hasRemaining() && file.read(bytes, from + bytes.position()) >= 0) {
                continue;
            }
            bytes.flip();
            while (bytes.remaining() >= Sample.BYTES) {
                Sample.decode(bytes).ifPresentOrElse(samples::add, () -> damaged++);
            }
        }
        return samples;
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
