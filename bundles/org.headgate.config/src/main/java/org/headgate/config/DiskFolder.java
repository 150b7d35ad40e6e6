package org.headgate.config;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A folder on disk. */
final class DiskFolder implements Folder {
    private static final int MIB = 1 << 20;

    private final Path path;
    private final int most;

    /** Of settings files: each is a page of text; what is larger is none, and would not fit a small heap. */
    DiskFolder(Path path) {
        this(path, 1);
    }

    /**
     * Of files of some size.
     *
     * @param most how many MiB one may have
     */
    DiskFolder(Path path, int most) {
        this.path = path;
        this.most = most;
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
        Path file = path.resolve(name);
        if (Files.size(file) > (long) most * MIB) {
            throw new IOException("larger than " + most + " MiB (expected: a file of ours)");
        }
        return Files.readAllBytes(file);
    }

    @Override
    public void write(String name, byte[] bytes, String modeOf) throws IOException {
        Path file = path.resolve(name);
        try (FileChannel channel = FileChannel.open(file, CREATE, WRITE, TRUNCATE_EXISTING)) {
            Path model = path.resolve(modeOf);
            if (Files.exists(model)) {
                Files.setPosixFilePermissions(file, Files.getPosixFilePermissions(model));
            }
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
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

    @Override
    public void sync() throws IOException {
        try (FileChannel folder = FileChannel.open(path, READ)) {
            folder.force(true);
        }
    }

    private static Stamp stamp(BasicFileAttributes about) {
        return new Stamp(
                about.size(),
                about.lastModifiedTime().to(TimeUnit.NANOSECONDS),
                Objects.requireNonNullElse(about.fileKey(), ""));
    }
}
