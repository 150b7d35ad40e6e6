package org.headgate.config;

import static java.nio.file.StandardOpenOption.READ;

import java.io.File;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A folder on disk. */
final class DiskFolder implements Folder {
    private static final int MIB = 1 << 20;

    private final Path path;
    private final int most;
    private final boolean owned;

    /** Of settings files: each is a page of text; what is larger is none, and would not fit a small heap. */
    DiskFolder(Path path) {
        this(path, 1, false);
    }

    /**
     * Of files of some size.
     *
     * @param most how many MiB one may have
     * @param owned whether new files are for their owner only
     */
    DiskFolder(Path path, int most, boolean owned) {
        this.path = path;
        this.most = most;
        this.owned = owned;
    }

    @Override
    public SortedMap<String, Stamp> list() throws IOException {
        SortedMap<String, Stamp> found = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            for (Path file : files) {
                try {
                    BasicFileAttributes about = Files.readAttributes(file, BasicFileAttributes.class);
                    if (about.isRegularFile()) {
                        found.put(file.getFileName().toString(), stamp(about));
                    }
                } catch (NoSuchFileException gone) {
                    // Deleted since it was listed: as if it had not been.
                } catch (IOException unknown) {
                    // It is there, so its instance stays; reading it will say what is wrong.
                    found.put(file.getFileName().toString(), new Stamp(-1, 0, ""));
                }
            }
        } catch (java.nio.file.DirectoryIteratorException failure) {
            throw failure.getCause();
        }
        return found;
    }

    @Override
    public byte[] read(String name) throws IOException {
        File file = path.resolve(name).toFile();
        if (file.length() > (long) most * MIB) {
            throw new IOException("larger than " + most + " MiB (expected: a file of ours)");
        }
        // Channels would close when the user presses Ctrl-C, and leave a change half made.
        try (FileInputStream stream = new FileInputStream(file)) {
            return stream.readAllBytes();
        }
    }

    @Override
    public Optional<byte[]> find(String name) throws IOException {
        if (!isThere(name)) {
            return Optional.empty();
        }
        try {
            return Optional.of(read(name));
        } catch (FileNotFoundException refused) {
            // Java says so of a file that may not be read, too.
            if (isThere(name)) {
                throw refused;
            }
            return Optional.empty();
        }
    }

    private boolean isThere(String name) {
        return Files.exists(path.resolve(name), LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public void write(String name, byte[] bytes, String modeOf) throws IOException {
        Path file = path.resolve(name);
        Files.deleteIfExists(file);
        Path model = path.resolve(modeOf);
        if (Files.exists(model)) {
            Files.createFile(file);
            Files.setPosixFilePermissions(file, Files.getPosixFilePermissions(model));
        } else if (owned) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        try (FileOutputStream stream = new FileOutputStream(file.toFile())) {
            stream.write(bytes);
            stream.getFD().sync();
        }
    }

    @Override
    public void rename(String from, String to) throws IOException {
        Files.move(path.resolve(from), path.resolve(to), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void delete(String name) throws IOException {
        Files.deleteIfExists(path.resolve(name));
    }

    /** A folder can be synced through a channel only, which an interrupt closes: then once more. */
    @Override
    public void sync() throws IOException {
        boolean interrupted = false;
        try {
            while (!isSynced()) {
                interrupted |= Thread.interrupted();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean isSynced() throws IOException {
        try (FileChannel folder = FileChannel.open(path, READ)) {
            folder.force(true);
            return true;
        } catch (ClosedByInterruptException interrupted) {
            return false;
        }
    }

    private static Stamp stamp(BasicFileAttributes about) {
        return new Stamp(
                about.size(),
                about.lastModifiedTime().to(TimeUnit.NANOSECONDS),
                Objects.requireNonNullElse(about.fileKey(), ""));
    }
}
