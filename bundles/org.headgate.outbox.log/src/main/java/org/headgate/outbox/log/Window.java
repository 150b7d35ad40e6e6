package org.headgate.outbox.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.headgate.codec.ByteInput;
import org.headgate.system.api.StorageFile;

/**
 * Some bytes of a segment in memory, moved over it in search of records: no more of them than a chunk, or one record where that is
 * larger. One thread at a time.
 */
final class Window {
    /** What is read at a time. */
    static final int CHUNK = 64 << 10;

    private final int chunk;
    private final Damage damage;
    private ByteBuffer bytes;
    private StorageFile file;
    private long segment;
    /** The file's offset of the first byte here. */
    private int start;

    private int length;

    Window(int chunk, Damage damage) {
        this.chunk = chunk;
        this.damage = damage;
        // A lane that nobody reads costs nothing.
        bytes = room(0);
    }

    /** Looks at another file; what was read of the former one is forgotten. */
    Window over(StorageFile other, long number) {
        file = other;
        segment = number;
        start = 0;
        length = 0;
        return this;
    }

    /** The first good record at or behind an offset, all of it before a limit; null when there is none. */
    Frame next(int from, int limit) throws IOException {
        for (int at = from; at <= limit - Frame.HEAD; at++) {
            load(at, Frame.HEAD, limit);
            if (bytes.get(at - start) != (byte) Frame.MARKER || bytes.getInt(at - start) != Frame.MARKER) {
                continue;
            }
            int payload = bytes.getInt(at - start + 4);
            if (payload < 0 || payload > Math.min(Frame.MOST, limit - Frame.HEAD - at)) {
                continue;
            }
            load(at, Frame.HEAD + payload, limit);
            int here = at - start;
            if (bytes.getInt(here + 9) == Frame.checksum(segment, at, bytes, here, payload)) {
                return new Frame(at, bytes.get(here + 8), payload);
            }
        }
        return null;
    }

    /** The payload of the record that was found last; valid until the next search. */
    ByteInput payload(Frame frame) {
        return new ByteInput(bytes.slice(frame.offset() - start + Frame.HEAD, frame.length()));
    }

    /** Makes sure that so many bytes from an offset on are here. */
    private void load(int at, int count, int limit) throws IOException {
        if (at >= start && at + count <= start + length) {
            return;
        }
        int kept = at >= start ? Math.max(0, start + length - at) : 0;
        ByteBuffer target = bytes;
        if (count > bytes.capacity() || bytes.capacity() > chunk && count <= chunk) {
            target = room(Math.max(count, chunk));
        }
        // What a smaller buffer cannot keep is read again.
        kept = Math.min(kept, target.capacity());
        target.put(0, bytes, kept == 0 ? 0 : at - start, kept);
        bytes = target;
        start = at;
        length = kept;
        int end = Math.min(target.capacity(), limit - at);
        damage.read(file, segment, target.duplicate().position(kept).limit(end), at + kept);
        length = end;
    }

    private static ByteBuffer room(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
