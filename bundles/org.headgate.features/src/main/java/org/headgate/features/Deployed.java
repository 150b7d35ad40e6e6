package org.headgate.features;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;
import org.headgate.config.api.Texts;
import org.headgate.features.DroppedFiles.Stamp;
import org.headgate.system.api.Storage;
import org.headgate.system.api.StorageFile;

/**
 * Which driver came from which file of {@code deploy/}, kept in {@code HOME/var/drivers/deployed}: so a restart installs nothing again,
 * and a file that was deleted while the gateway was off still removes its driver. A line a file: size, time, driver, version, name.
 */
final class Deployed {
    private static final String FILE = "deployed";
    private static final String PART = "deployed.new";

    private final Storage var;

    Deployed(Storage var) {
        this.var = var;
    }

    /** One file, as it was when it was taken. */
    record Entry(Stamp stamp, String driver, String version) {
        /** Whether another file has brought the same version of the same driver. */
        boolean isSame(Entry other) {
            return driver.equals(other.driver) && version.equals(other.version);
        }
    }

    /** What is known, by the file's name; what cannot be read is as if it had never been. */
    SortedMap<String, Entry> load() throws IOException {
        SortedMap<String, Entry> entries = new TreeMap<>();
        Storage folder = var.folder(Depot.FOLDER);
        if (folder.list().contains(FILE)) {
            for (String line : read(folder).split("\n")) {
                String[] words = line.split(" ", 5);
                if (words.length == 5
                        && Texts.number(words[0]).isPresent()
                        && Texts.number(words[1]).isPresent()) {
                    Stamp stamp = new Stamp(Long.parseLong(words[0]), Long.parseLong(words[1]));
                    entries.put(words[4], new Entry(stamp, words[2], words[3]));
                }
            }
        }
        return entries;
    }

    void save(SortedMap<String, Entry> entries) throws IOException {
        StringBuilder text = new StringBuilder();
        entries.forEach((file, entry) -> text.append(entry.stamp.size())
                .append(' ')
                .append(entry.stamp.modified())
                .append(' ')
                .append(entry.driver)
                .append(' ')
                .append(entry.version)
                .append(' ')
                .append(file)
                .append('\n'));
        Storage folder = var.folder(Depot.FOLDER);
        folder.delete(PART);
        try (StorageFile file = folder.open(PART)) {
            file.write(ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8)), 0);
            file.sync();
        }
        folder.rename(PART, FILE);
        folder.syncFolder();
    }

    private static String read(Storage folder) throws IOException {
        try (StorageFile file = folder.open(FILE)) {
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(file.size(), 1 << 20));
            while (bytes.hasRemaining() && file.read(bytes, bytes.position()) > 0) {
                continue;
            }
            return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
        }
    }
}
