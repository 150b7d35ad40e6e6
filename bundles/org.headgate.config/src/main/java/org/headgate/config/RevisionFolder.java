package org.headgate.config;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The revisions on disk, one file each, and the journal: the revision of a change that is being made, renamed when it is made. Used
 * under the lock of {@link EtcFiles}.
 */
final class RevisionFolder {
    /** So many of the newest are kept, and the last confirmed one beside. */
    static final int KEPT = 50;
    /** How large a revision may be, in MiB: far beyond thousands of devices, and still no burden for a small heap. */
    static final int MOST_MIB = 8;

    private static final Logger LOG = LoggerFactory.getLogger(RevisionFolder.class);
    private static final String JOURNAL = "journal.json.gz";
    private static final Pattern NAME = Pattern.compile("(\\d{8,18})\\.json\\.gz");

    private final Folder folder;

    RevisionFolder(Folder folder) {
        this.folder = folder;
    }

    /** The numbers of the revisions that are kept, ascending. */
    List<Long> numbers() throws IOException {
        List<Long> numbers = new ArrayList<>();
        for (String file : folder.list().keySet()) {
            Matcher name = NAME.matcher(file);
            if (name.matches()) {
                numbers.add(Long.valueOf(name.group(1)));
            }
        }
        numbers.sort(null);
        return numbers;
    }

    /**
     * One revision.
     *
     * @throws IOException with one line for the user when it is not there, or damaged
     */
    StoredRevision read(long number) throws IOException {
        byte[] encoded = folder.find(file(number))
                .orElseThrow(() ->
                        new IOException("no revision " + number + "; gateway:revisions shows those that are kept"));
        try {
            return StoredRevision.decode(encoded);
        } catch (IOException damaged) {
            throw new DamagedException(number, damaged);
        }
    }

    /** What is shown of all that can be read, the newest first; of the others the log tells. */
    List<StoredRevision.Heading> headings() throws IOException {
        List<StoredRevision.Heading> all = new ArrayList<>();
        for (long number : numbers()) {
            try {
                all.add(0, read(number).heading());
            } catch (DamagedException damaged) {
                LOG.warn(damaged.getMessage());
            }
        }
        return all;
    }

    /** The newest one that can be read. */
    Optional<StoredRevision> newest() throws IOException {
        List<Long> numbers = numbers();
        for (int i = numbers.size() - 1; i >= 0; i--) {
            try {
                return Optional.of(read(numbers.get(i)));
            } catch (DamagedException damaged) {
                LOG.warn(damaged.getMessage());
            }
        }
        return Optional.empty();
    }

    /** The number that comes next, also where the newest one is damaged. */
    long next() throws IOException {
        List<Long> numbers = numbers();
        return numbers.isEmpty() ? 1 : numbers.get(numbers.size() - 1) + 1;
    }

    /** Makes a change decided: from here on it is finished, also after a power cut. */
    void decide(StoredRevision revision) throws IOException {
        replace(JOURNAL, revision);
    }

    /** The change that was decided and not finished. One that is torn was never decided. */
    Optional<StoredRevision> decided() throws IOException {
        Optional<byte[]> encoded = folder.find(JOURNAL);
        if (encoded.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(StoredRevision.decode(encoded.get()));
        } catch (IOException torn) {
            LOG.warn("the journal of the last change cannot be read ({}); files stay as they are", torn.getMessage());
            abandon();
            return Optional.empty();
        }
    }

    /** The decided change is made: its journal becomes the revision. */
    void settle(StoredRevision decided) throws IOException {
        folder.rename(JOURNAL, file(decided.number()));
        folder.sync();
    }

    /** The decided change is not made. */
    void abandon() throws IOException {
        folder.delete(JOURNAL);
        folder.sync();
    }

    /** Writes a revision that changes no file: what an editor has done, or one that is confirmed now. */
    void write(StoredRevision revision) throws IOException {
        replace(file(revision.number()), revision);
    }

    /** Takes away what is not kept any more, and what a power cut has left. */
    void prune() throws IOException {
        for (String file : folder.list().keySet()) {
            if (file.endsWith(".tmp")) {
                folder.delete(file);
            }
        }
        List<Long> numbers = numbers();
        if (numbers.size() <= KEPT) {
            return;
        }
        List<Long> recent = numbers.subList(numbers.size() - KEPT, numbers.size());
        Set<Long> kept = new HashSet<>(recent);
        if (!isAnyConfirmed(recent)) {
            for (int i = numbers.size() - KEPT - 1; i >= 0 && kept.size() == KEPT; i--) {
                if (isAnyConfirmed(numbers.subList(i, i + 1))) {
                    kept.add(numbers.get(i));
                }
            }
        }
        for (long number : numbers) {
            if (!kept.contains(number)) {
                folder.delete(file(number));
            }
        }
        folder.sync();
    }

    private boolean isAnyConfirmed(List<Long> numbers) throws IOException {
        for (int i = numbers.size() - 1; i >= 0; i--) {
            try {
                if (read(numbers.get(i)).trial().isEmpty()) {
                    return true;
                }
            } catch (DamagedException damaged) {
                LOG.warn(damaged.getMessage());
            }
        }
        return false;
    }

    private void replace(String file, StoredRevision revision) throws IOException {
        String temporary = "." + file + ".tmp";
        byte[] encoded = revision.encoded();
        if (encoded.length > MOST_MIB << 20) {
            throw new IOException(
                    "the files are too large for a revision (expected: at most " + MOST_MIB + " MiB packed)");
        }
        try {
            folder.write(temporary, encoded, file);
            folder.rename(temporary, file);
            folder.sync();
        } catch (IOException failed) {
            try {
                folder.delete(temporary);
            } catch (IOException alsoThis) {
                failed.addSuppressed(alsoThis);
            }
            throw failed;
        }
    }

    private static String file(long number) {
        return String.format(Locale.ROOT, "%08d.json.gz", number);
    }

    /** A revision is there, but cannot be understood, now or ever: unlike a disk that fails for a while. */
    static final class DamagedException extends IOException {
        private static final long serialVersionUID = 1;

        DamagedException(long number, IOException damage) {
            super("revision " + number + " cannot be read: " + damage.getMessage(), damage);
        }
    }
}
