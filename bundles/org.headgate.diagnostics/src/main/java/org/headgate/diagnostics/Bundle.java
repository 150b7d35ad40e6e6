package org.headgate.diagnostics;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A zip of texts, each without secrets, all of them together at most 8 MiB even when unpacked; what was cut says so in the file
 * {@code CONTENTS.txt}. Used by one thread.
 */
final class Bundle {
    static final int MOST = 8 << 20;
    static final int MOST_ENTRY = 2 << 20;
    static final String CONTENTS = "CONTENTS.txt";
    /** Kept back for the list of contents itself. */
    private static final int RESERVE = 64 << 10;

    private final Scrubber scrubber;
    private final long epochMillis;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8);
    private final StringBuilder contents = new StringBuilder();
    private int left = MOST - RESERVE;

    Bundle(Scrubber scrubber, long epochMillis) {
        this.scrubber = scrubber;
        this.epochMillis = epochMillis;
    }

    /** Adds a text; beyond the limits its end is cut off. */
    void add(String name, String text) {
        put(name, scrubber.clean(text));
    }

    /** Adds a file of settings. */
    void addSettings(String name, String text) {
        put(name, scrubber.cleanSettings(text));
    }

    /** Notes what is not there. */
    void note(String line) {
        contents.append(scrubber.clean(line)).append('\n');
    }

    /** The whole archive; nothing can be added after it. */
    byte[] close() {
        byte[] list = contents.toString().getBytes(StandardCharsets.UTF_8);
        write(CONTENTS, list, Math.min(list.length, RESERVE));
        try {
            zip.close();
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
        return bytes.toByteArray();
    }

    private void put(String name, String text) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(content.length, Math.min(left, MOST_ENTRY));
        contents.append(String.format(Locale.ROOT, "%-32s %9d bytes", name, length))
                .append(length < content.length ? ", cut from " + content.length : "")
                .append('\n');
        left -= length;
        write(name, content, length);
    }

    private void write(String name, byte[] content, int length) {
        try {
            ZipEntry entry = new ZipEntry(name);
            entry.setTime(epochMillis);
            zip.putNextEntry(entry);
            zip.write(length == content.length ? content : Arrays.copyOf(content, length));
            zip.closeEntry();
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
    }
}
