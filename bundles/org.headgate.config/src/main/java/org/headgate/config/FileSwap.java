package org.headgate.config;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.SortedMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Replaces, makes and deletes several files of a folder, by temporary files that are made before and renamed. */
final class FileSwap {
    private static final Logger LOG = LoggerFactory.getLogger(FileSwap.class);

    private final Folder folder;

    FileSwap(Folder folder) {
        this.folder = folder;
    }

    static boolean isTemporary(String file) {
        return file.startsWith(".headgate.") && file.endsWith(".tmp");
    }

    /** Writes the new contents beside the files: from here on nothing can fail for want of space. */
    void prepare(Collection<String> changed, SortedMap<String, byte[]> after) throws IOException {
        for (String file : changed) {
            if (after.containsKey(file)) {
                folder.write(temporary(file), after.get(file), file);
            }
        }
    }

    /**
     * Puts the prepared contents in place. When that fails half-way what was done is undone.
     *
     * @throws OvertakenException when a file is not as it was before any more: somebody else has written it
     */
    void commit(Collection<String> changed, SortedMap<String, byte[]> before, SortedMap<String, byte[]> after)
            throws IOException {
        Set<String> done = new LinkedHashSet<>();
        try {
            for (String file : changed) {
                if (!Arrays.equals(folder.find(file).orElse(null), before.get(file))) {
                    throw new OvertakenException(file);
                }
                done.add(file);
                place(file, after);
            }
            folder.sync();
        } catch (IOException failed) {
            try {
                prepare(done, before);
                for (String file : done) {
                    place(file, before);
                }
                folder.sync();
            } catch (IOException alsoThis) {
                throw new HalfMadeException(failed, alsoThis);
            }
            throw failed;
        }
    }

    /** Takes away temporary files, as far as they are there. */
    void discard(Collection<String> changed) {
        for (String file : changed) {
            try {
                folder.delete(temporary(file));
            } catch (IOException later) {
                LOG.debug("{} stays until the next start", temporary(file), later);
            }
        }
    }

    /**
     * Finishes a change that was decided, after a power cut. A file that is neither as it was nor as it is to be was written by somebody
     * else since, and stays.
     */
    void finish(StoredRevision decided) throws IOException {
        for (var file : decided.before().entrySet()) {
            byte[] now = folder.find(file.getKey()).orElse(null);
            byte[] wanted = decided.files().get(file.getKey());
            if (Arrays.equals(now, wanted)) {
                continue;
            }
            if (!Draft.sum(now).equals(file.getValue())) {
                LOG.warn(
                        "{}: somebody has changed it while the change of revision {} was cut off; it stays so",
                        file.getKey(),
                        decided.number());
                continue;
            }
            if (wanted != null
                    && !Arrays.equals(folder.find(temporary(file.getKey())).orElse(null), wanted)) {
                folder.write(temporary(file.getKey()), wanted, file.getKey());
            }
            place(file.getKey(), decided.files());
        }
        folder.sync();
    }

    private void place(String file, SortedMap<String, byte[]> contents) throws IOException {
        if (contents.containsKey(file)) {
            folder.rename(temporary(file), file);
        } else {
            folder.delete(file);
        }
    }

    private static String temporary(String file) {
        return "." + file + ".tmp";
    }

    /** Somebody else has written a file in the meantime; nothing has changed. */
    static final class OvertakenException extends IOException {
        private static final long serialVersionUID = 1;

        OvertakenException(String file) {
            super(file + ": somebody else has just written it");
        }
    }

    /** Some files are new, some are old, and neither way can be gone now: the change is finished when the disk works again. */
    static final class HalfMadeException extends IOException {
        private static final long serialVersionUID = 1;

        HalfMadeException(IOException failed, IOException undoing) {
            super("half made, since the disk fails (" + failed.getMessage()
                    + "); it is finished with the next change or at the next start");
            addSuppressed(failed);
            addSuppressed(undoing);
        }
    }
}
