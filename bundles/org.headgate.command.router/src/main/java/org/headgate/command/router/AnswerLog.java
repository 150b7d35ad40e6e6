package org.headgate.command.router;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;
import org.headgate.system.api.Storage;
import org.headgate.system.api.StorageFile;

/**
 * The file {@code HOME/var/commands/answers.log}: what was begun and how it ended, one record after the other.
 *
 * <pre>
 *   +-------------+-----------+-----------+------------------------+
 *   | "HGA1" (4)  | bytes (4) | CRC32C(4) | bytes of a Remembered  |   little-endian; the checksum is of the bytes
 *   +-------------+-----------+-----------+------------------------+
 * </pre>
 *
 * <p>Damage costs the records that it touches: reading looks for the next one that is whole, byte by byte. Nothing is ever appended behind
 * damage at the end, nor after an append or a sync has failed: the file is made anew then, as it is when it has become large. Used by
 * one call at a time; may block.
 */
final class AnswerLog {
    static final String FOLDER = "commands";
    static final String FILE = "answers.log";
    /** From this size on the file is made anew. */
    static final int LARGE = 4 << 20;

    private static final String NEXT = "answers.new";
    private static final int MAGIC = 'H' | 'G' << 8 | 'A' << 16 | '1' << 24;
    private static final int HEAD = 12;
    private static final int LONGEST = 1 << 20;
    /** A file that is longer is not ours; its end is. */
    private static final int MOST = 4 * LARGE;

    private final Storage var;
    private Optional<StorageFile> file = Optional.empty();
    private long end;
    private long anew;
    private boolean sound;

    AnswerLog(Storage var) {
        this.var = var;
    }

    /** Reads what is remembered, in the order in which it was written. */
    List<Remembered> open() throws IOException {
        close();
        StorageFile opened = var.folder(FOLDER).open(FILE);
        file = Optional.of(opened);
        ByteBuffer bytes = read(opened);
        List<Remembered> found = new ArrayList<>();
        int at = 0;
        int whole = 0;
        while (at + HEAD < bytes.limit()) {
            int length = length(bytes, at);
            Optional<Remembered> record = length < 0 ? Optional.empty() : record(bytes, at + HEAD, length);
            if (record.isPresent()) {
                found.add(record.get());
                at += HEAD + length;
                whole = at;
            } else {
                at++;
            }
        }
        end = opened.size();
        // A file that is new is durable only when its folder is, which rewrite() sees to.
        sound = whole == end && end > 0;
        return found;
    }

    private static ByteBuffer read(StorageFile from) throws IOException {
        long size = from.size();
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(size, MOST)).order(ByteOrder.LITTLE_ENDIAN);
        long skipped = size - bytes.capacity();
        while (bytes.hasRemaining() && from.read(bytes, skipped + bytes.position()) > 0) {
            continue;
        }
        return bytes.flip();
    }

    /** The length of the record that begins here; negative where none does. */
    private static int length(ByteBuffer bytes, int at) {
        int length = bytes.getInt(at) == MAGIC ? bytes.getInt(at + 4) : -1;
        return length <= LONGEST && length <= bytes.limit() - at - HEAD ? length : -1;
    }

    private static Optional<Remembered> record(ByteBuffer bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.array(), from, length);
        if ((int) crc.getValue() != bytes.getInt(from - 4)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Remembered.read(new ByteInput(bytes.slice(from, length))));
        } catch (RuntimeException notOne) {
            return Optional.empty();
        }
    }

    /** Whether the next records are to come with all that is to be kept, by {@link #rewrite}. */
    boolean wantsRewrite() {
        // Where all that is to be kept is large itself, not each time.
        return !sound || end >= Math.max(LARGE, 2 * anew);
    }

    /** Adds records, durably; when it fails they may be there or not. */
    void append(List<Remembered> records) throws IOException {
        sound = false;
        ByteBuffer bytes = framed(records);
        int length = bytes.remaining();
        StorageFile open = file.orElseThrow(() -> new IOException("not open"));
        open.write(bytes, end);
        open.sync();
        end += length;
        sound = true;
    }

    /** Makes the file anew, durably, with these records in place of all others. When it fails the former ones are still there. */
    void rewrite(List<Remembered> records) throws IOException {
        sound = false;
        Storage folder = var.folder(FOLDER);
        folder.delete(NEXT);
        StorageFile next = folder.open(NEXT);
        try {
            ByteBuffer bytes = framed(records);
            int length = bytes.remaining();
            next.write(bytes, 0);
            next.sync();
            folder.rename(NEXT, FILE);
            folder.syncFolder();
            var.syncFolder();
            close();
            file = Optional.of(next);
            end = length;
            anew = length;
            sound = true;
        } finally {
            if (!sound) {
                next.close();
            }
        }
    }

    private static ByteBuffer framed(List<Remembered> records) {
        ByteOutput out = new ByteOutput(1024);
        for (Remembered record : records) {
            int start = out.size();
            out.putInt(MAGIC);
            out.putInt(0);
            out.putInt(0);
            record.write(out);
            int length = out.size() - start - HEAD;
            CRC32C crc = new CRC32C();
            crc.update(out.array(), start + HEAD, length);
            out.putInt(start + 4, length);
            out.putInt(start + 8, (int) crc.getValue());
        }
        return out.content();
    }

    void close() throws IOException {
        Optional<StorageFile> open = file;
        file = Optional.empty();
        if (open.isPresent()) {
            open.get().close();
        }
    }
}
