package org.headgate.uplink.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.Optional;
import org.headgate.system.api.Storage;
import org.headgate.system.api.StorageFile;

/** What an uplink has spent, on disk: {@code var/uplink/NAME.budget}. All of it blocks; one call at a time. */
record BudgetFile(String uplink, Storage folder) {
    private static final int MOST_TEXT = 64;

    /**
     * What was spent.
     *
     * @param month in which month (UTC)
     * @param bytes payload bytes
     */
    record Spent(YearMonth month, long bytes) {}

    /**
     * What an earlier process has kept; empty where none has.
     *
     * @throws IOException when there is something that cannot be read
     */
    Optional<Spent> read() throws IOException {
        Storage home = folder.folder("uplink");
        if (!home.list().contains(uplink + ".budget")) {
            return Optional.empty();
        }
        try (StorageFile file = home.open(uplink + ".budget")) {
            ByteBuffer content = ByteBuffer.allocate((int) Math.min(MOST_TEXT, file.size()));
            while (content.hasRemaining() && file.read(content, content.position()) > 0) {
                // Until it is complete.
            }
            String[] words = new String(content.array(), 0, content.position(), StandardCharsets.UTF_8)
                    .strip()
                    .split(" ");
            return Optional.of(new Spent(YearMonth.parse(words[0]), Long.parseLong(words[1])));
        } catch (DateTimeException | NumberFormatException | ArrayIndexOutOfBoundsException damaged) {
            throw new IOException(damaged.toString(), damaged);
        }
    }

    /** Replaces it, durably. */
    void write(Spent spent) throws IOException {
        byte[] text = (spent.month() + " " + spent.bytes() + "\n").getBytes(StandardCharsets.UTF_8);
        Storage home = folder.folder("uplink");
        try (StorageFile file = home.open(uplink + ".budget.tmp")) {
            file.truncate(0);
            file.write(ByteBuffer.wrap(text), 0);
            file.sync();
        }
        home.rename(uplink + ".budget.tmp", uplink + ".budget");
        home.syncFolder();
    }
}
