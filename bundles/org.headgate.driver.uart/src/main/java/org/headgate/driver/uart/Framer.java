package org.headgate.driver.uart;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Cuts a stream of bytes into frames. Takes never more memory than the longest frame; after garbage it finds the next frame, and counts one error for
 * what it had to drop until then. Used by one thread; the counters may be read by any.
 */
final class Framer {
    private final Framing framing;
    private final byte[] start;
    private final byte[] end;
    private final byte[] buffer;
    private final Consumer<byte[]> frames;
    private int length;
    /** Whether the start of a delimited frame has been seen. */
    private boolean inside;
    /** Whether what comes is dropped until a frame begins anew; the error is counted then. */
    private boolean dropping;

    private volatile long good;
    private volatile long bad;

    Framer(Framing framing, Consumer<byte[]> frames) {
        this.framing = framing;
        this.frames = frames;
        start = framing.startBytes();
        end = framing.delimiterBytes();
        buffer = new byte[framing.max() + start.length + end.length];
        inside = start.length == 0;
    }

    /** How many frames were right. */
    long good() {
        return good;
    }

    /** How often something was dropped: wrong checksums, frames that are too long or end too early, garbage between them. */
    long bad() {
        return bad;
    }

    /** Whether a frame has begun. */
    boolean isPart() {
        return length > 0 || dropping;
    }

    /** Takes bytes as they arrive. */
    void add(byte[] bytes, int count) {
        for (int i = 0; i < count; i++) {
            switch (framing.kind()) {
                case LINE, DELIMITER -> delimited(bytes[i]);
                case IDLE -> append(bytes[i]);
                case LENGTH -> counted(bytes[i]);
            }
        }
    }

    /** Nothing came for a gap: an idle frame is whole, and the rest of another will not come. */
    void pause() {
        if (framing.kind() == Framing.Kind.IDLE && length > 0 && !dropping) {
            deliver(length);
        } else if (framing.kind() == Framing.Kind.LENGTH && length > 0) {
            drop();
        }
        length = 0;
        dropping = false;
    }

    private void append(byte b) {
        if (length < buffer.length && !dropping) {
            buffer[length++] = b;
        }
        if (length > framing.max() && framing.kind() == Framing.Kind.IDLE) {
            drop();
            length = 0;
        }
    }

    private void delimited(byte b) {
        if (!inside) {
            awaitStart(b);
            return;
        }
        buffer[length++] = b;
        if (endsWith(end)) {
            int content = length - end.length;
            if (framing.kind() == Framing.Kind.LINE && content > 0 && buffer[content - 1] == '\r') {
                content--;
            }
            if (!dropping && content > 0) {
                deliver(content);
            }
            begin(start.length == 0);
        } else if (start.length > 0 && endsWith(start)) {
            drop(); // The end of the one before never came.
            begin(true);
        } else if (length == buffer.length) {
            drop();
            begin(start.length == 0);
            // Until its end comes, this is still the frame that was too long.
            dropping = start.length == 0;
        } else if (dropping && length > end.length) {
            keepLast(end.length);
        }
    }

    private void awaitStart(byte b) {
        if (length == start.length) {
            keepLast(start.length - 1);
        }
        buffer[length++] = b;
        if (endsWith(start)) {
            begin(true);
        } else if (b != '\r' && b != '\n' && length == start.length) {
            drop();
        }
    }

    private void begin(boolean within) {
        length = 0;
        inside = within;
        dropping = false;
    }

    private void counted(byte b) {
        buffer[length++] = b;
        while (length > 0) {
            if (!Arrays.equals(buffer, 0, Math.min(length, start.length), start, 0, Math.min(length, start.length))) {
                dropFirst();
                continue;
            }
            if (length < Math.max(start.length, framing.length().needs())) {
                return;
            }
            int whole = framing.length().of(buffer);
            if (whole < Math.max(1, framing.length().needs()) || whole > framing.max()) {
                dropFirst();
            } else if (length < whole) {
                return;
            } else if (framing.checksum().content(buffer, whole) < 0) {
                dropFirst(); // Its length may be what was damaged: the next one may begin inside of it.
            } else {
                dropping = false;
                deliver(whole);
                System.arraycopy(buffer, whole, buffer, 0, length - whole);
                length -= whole;
            }
        }
    }

    private void dropFirst() {
        drop();
        System.arraycopy(buffer, 1, buffer, 0, --length);
    }

    private void keepLast(int count) {
        System.arraycopy(buffer, length - count, buffer, 0, count);
        length = count;
    }

    private boolean endsWith(byte[] tail) {
        return length >= tail.length && Arrays.equals(buffer, length - tail.length, length, tail, 0, tail.length);
    }

    private void drop() {
        if (!dropping) {
            count(false);
        }
        dropping = true;
    }

    private void deliver(int whole) {
        int content = framing.checksum().content(buffer, whole);
        count(content >= 0);
        if (content >= 0) {
            frames.accept(Arrays.copyOf(buffer, content));
        }
    }

    /** Only the thread that adds counts. */
    @SuppressWarnings("NonAtomicOperationOnVolatileField")
    private void count(boolean right) {
        if (right) {
            good = good + 1;
        } else {
            bad = bad + 1;
        }
    }
}
