package org.headgate.rule.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32C;
import org.headgate.system.api.Storage;
import org.headgate.system.api.StorageFile;

/**
 * The newest state of all rules: two files that are written in turn, each a whole record with one sync, so that a cut of the power in the middle of one
 * leaves the other. A file is written over in place: no growing log, no renaming, no syncing of folders after the first time.
 *
 * <pre>
 * 0   "HGST"
 * 4   CRC-32C of all that follows
 * 8   number: the higher one is the newer
 * 16  length of the state
 * 20  the state
 * </pre>
 */
final class CheckpointFile {
    private static final int MAGIC = 0x54534748;
    private static final int HEAD = 20;
    /** States are bounded by the limits of the rules; what claims more is damaged. */
    private static final int MOST = 1 << 30;

    private static final List<String> NAMES = List.of("rules-0.state", "rules-1.state");
    private final Storage var;
    private final Set<String> lasting = new HashSet<>();
    private Storage folder;
    private long number;
    private long bytesWritten;
    private boolean closed;

    CheckpointFile(Storage var) {
        this.var = var;
    }

    /** The newest state that is whole; empty when there is none. Blocks. */
    synchronized Optional<byte[]> read() throws IOException {
        Storage opened = var.folder("rules");
        Optional<byte[]> newest = Optional.empty();
        for (String name : opened.list()) {
            if (NAMES.contains(name)) {
                ByteBuffer record = record(opened, name);
                if (record.remaining() > HEAD && record.getLong(8) > number) {
                    number = record.getLong(8);
                    byte[] state = new byte[record.getInt(16)];
                    record.get(HEAD, state);
                    newest = Optional.of(state);
                }
            }
        }
        folder = opened;
        return newest;
    }

    /** Writes a state; it counts once this has returned. Blocks. */
    synchronized void write(byte[] state) throws IOException {
        if (closed) {
            return;
        }
        if (folder == null) {
            // Without the numbers of what is there, an older state might count for more than this one.
            read();
        }
        ByteBuffer record = ByteBuffer.allocate(HEAD + state.length).order(ByteOrder.LITTLE_ENDIAN);
        record.putInt(0, MAGIC).putLong(8, number + 1).putInt(16, state.length).put(HEAD, state);
        record.putInt(4, crc(record));
        String name = NAMES.get((int) ((number + 1) % NAMES.size()));
        try (StorageFile file = folder.open(name)) {
            file.write(record, 0);
            file.sync();
        }
        if (!lasting.contains(name)) {
            folder.syncFolder();
            lasting.add(name);
        }
        number++;
        bytesWritten += record.capacity();
    }

    /** Writes the newest state of all: one that is still on its way must not come behind it. */
    synchronized void writeLast(byte[] state) throws IOException {
        write(state);
        closed = true;
    }

    /** Bytes written since the start. */
    synchronized long bytesWritten() {
        return bytesWritten;
    }

    /** A whole record, or an empty one. */
    private static ByteBuffer record(Storage folder, String name) throws IOException {
        try (StorageFile file = folder.open(name)) {
            ByteBuffer head = read(file, HEAD);
            int length = head.remaining() < HEAD || head.getInt(0) != MAGIC ? -1 : head.getInt(16);
            if (length < 0 || length > MOST || length > file.size() - HEAD) {
                return ByteBuffer.allocate(0);
            }
            ByteBuffer record = read(file, HEAD + length);
            return record.getInt(4) == crc(record) ? record : ByteBuffer.allocate(0);
        }
    }

    private static ByteBuffer read(StorageFile file, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining() && file.read(bytes, bytes.position()) > 0) {
            // A read may give less than it was asked for.
            continue;
        }
        return bytes.flip();
    }

    private static int crc(ByteBuffer record) {
        CRC32C crc = new CRC32C();
        crc.update(record.array(), 8, record.capacity() - 8);
        return (int) crc.getValue();
    }
}
