package org.headgate.uplink.commands;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Keeps the beginning of what a command prints and counts the rest. Thread-safe: a command that does not end may go on printing. */
final class BoundedOutput extends OutputStream {
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final int most;
    private long total;

    BoundedOutput(int most) {
        this.most = most;
    }

    @Override
    public synchronized void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        total += length;
        kept.write(bytes, offset, Math.min(length, most - kept.size()));
    }

    /** Whether more was printed than is kept. */
    synchronized boolean isCut() {
        return total > kept.size();
    }

    /** What is kept, and a last line that says when that is not all. */
    synchronized String text() {
        byte[] bytes = kept.toByteArray();
        int end = bytes.length;
        if (!isCut()) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
        // Not in the middle of a character: its bytes but the first are 10xxxxxx (RFC 3629, 3).
        while (end > 0 && (bytes[end - 1] & 0xC0) == 0x80) {
            end--;
        }
        end -= end > 0 && (bytes[end - 1] & 0x80) != 0 ? 1 : 0;
        return new String(bytes, 0, end, StandardCharsets.UTF_8) + "\n[cut: " + end + " of " + total + " bytes]\n";
    }
}
