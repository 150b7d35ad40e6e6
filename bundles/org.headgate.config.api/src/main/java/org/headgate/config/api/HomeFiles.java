package org.headgate.config.api;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.CopyOption;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * {@code HOME/files}: the only place where a file that somebody names in a command may be. Names are relative to that folder, or
 * absolute within it; what leads out of it is refused, be it by {@code ..} or by a symbolic link. Every failure is one line for the
 * user. Thread-safe.
 */
public final class HomeFiles {
    private static final String FOLDER = "files";

    /** What the gateway itself must be able to write. */
    private static final long LEAST_FREE = 64 << 20;

    private static final CopyOption[] NEW = {};
    private static final CopyOption[] REPLACED = {StandardCopyOption.ATOMIC_MOVE};

    private final Path folder;
    private final long leastFree;

    /** The files of a home folder. */
    public HomeFiles(Path home) {
        this(home, LEAST_FREE);
    }

    HomeFiles(Path home, long leastFree) {
        this.leastFree = leastFree;
        folder = home.toAbsolutePath().normalize().resolve(FOLDER);
    }

    /**
     * The real path of a file that is there, without any symbolic link in it.
     *
     * @throws IOException with one line for the user when there is no such file, or when it is not in the folder
     */
    public Path existing(String name) throws IOException {
        Path named = within(name);
        try {
            Path real = named.toRealPath();
            if (!real.startsWith(folder.toRealPath())) {
                throw outside(name);
            }
            if (!Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException(name + ": not a file");
            }
            return real;
        } catch (NoSuchFileException missing) {
            throw new IOException(name + ": there is no such file in " + folder, missing);
        } catch (FileSystemException failed) {
            throw readable(name, failed);
        }
    }

    /**
     * The names of the files in a folder that is there, without those in folders below it, sorted.
     *
     * @throws IOException with one line for the user when there is no such folder, or when it is not in {@code HOME/files}
     */
    public List<String> list(String name) throws IOException {
        return names(name, within(name), HomeFiles::isFile);
    }

    /**
     * The names of the files in {@code HOME/files} itself, sorted.
     *
     * @throws IOException with one line for the user when they cannot be read
     */
    public List<String> files() throws IOException {
        return names(FOLDER, folder, HomeFiles::isFile);
    }

    /**
     * The names of the folders in {@code HOME/files} itself, sorted.
     *
     * @throws IOException with one line for the user when they cannot be read
     */
    public List<String> folders() throws IOException {
        return names(FOLDER, folder, file -> Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS));
    }

    private static boolean isFile(Path file) {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    private List<String> names(String name, Path named, Predicate<Path> wanted) throws IOException {
        try {
            Path real = named.toRealPath();
            if (!real.startsWith(folder.toRealPath())) {
                throw outside(name);
            }
            try (Stream<Path> files = Files.list(real)) {
                return files.filter(wanted)
                        .map(file -> file.getFileName().toString())
                        .sorted()
                        .toList();
            }
        } catch (NoSuchFileException missing) {
            throw new IOException(name + ": there is no such folder in " + folder, missing);
        } catch (NotDirectoryException file) {
            throw new IOException(name + ": not a folder", file);
        } catch (FileSystemException failed) {
            throw readable(name, failed);
        }
    }

    /**
     * Deletes a file that is there.
     *
     * @throws IOException with one line for the user
     */
    public void delete(String name) throws IOException {
        try {
            Files.delete(existing(name));
        } catch (FileSystemException failed) {
            throw readable(name, failed);
        }
    }

    /**
     * What tells a file from what it was before: it has another one once it was written again or replaced. Two are compared by {@code equals}.
     *
     * @throws IOException with one line for the user
     */
    public Object stamp(String name) throws IOException {
        try {
            BasicFileAttributes now = Files.readAttributes(existing(name), BasicFileAttributes.class);
            return List.of(now.lastModifiedTime(), now.size(), String.valueOf(now.fileKey()));
        } catch (FileSystemException failed) {
            throw readable(name, failed);
        }
    }

    /**
     * A file, open for reading.
     *
     * @throws IOException with one line for the user
     */
    public FileChannel open(String name) throws IOException {
        Path real = existing(name);
        try {
            // The real path has no links; one that takes its place meanwhile is not followed.
            return FileChannel.open(real, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        } catch (FileSystemException failed) {
            throw readable(name, failed);
        }
    }

    /**
     * The whole content of a file.
     *
     * @param most how many bytes it may have
     * @throws IOException with one line for the user
     */
    public byte[] read(String name, int most) throws IOException {
        try (FileChannel channel = open(name)) {
            long size = channel.size();
            if (size > most) {
                throw new IOException(name + ": " + size + " bytes (expected: at most " + most + ")");
            }
            ByteBuffer content = ByteBuffer.allocate((int) size);
            while (content.hasRemaining() && channel.read(content) >= 0) {
                continue;
            }
            return Arrays.copyOf(content.array(), content.position());
        } catch (FileSystemException failed) {
            throw readable(name, failed);
        }
    }

    /**
     * Makes a file, by temporary file, sync and rename: all of it is there afterwards, or nothing. Folders on the way must be there. What
     * exists is never replaced: many may make files here, and must not destroy others' ones. When little is free nothing is made: the
     * gateway itself needs the rest.
     *
     * @throws IOException with one line for the user
     */
    public void create(String name, byte[] content) throws IOException {
        create(name, out -> out.write(content));
    }

    /** Makes a file likewise, and the folder that it is in; replaces what exists where that is wanted. */
    public void put(String name, byte[] content, boolean replace) throws IOException {
        Path parent = within(name).getParent();
        // Folders one below the other would need a look at each for links.
        if (parent.getParent().equals(folder) && !Files.exists(parent, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(parent);
        }
        create(name, out -> out.write(content), replace);
    }

    /** Makes what is too large to be held: the content is written piece by piece. */
    public void create(String name, Content content) throws IOException {
        create(name, content, false);
    }

    private void create(String name, Content content, boolean replace) throws IOException {
        Path named = within(name);
        try {
            Path parent = named.getParent().toRealPath();
            if (!parent.startsWith(folder.toRealPath())) {
                throw outside(name);
            }
            Path target = parent.resolve(named.getFileName());
            boolean replaced = replace && Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS);
            if (!replaced && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                throw new FileAlreadyExistsException(name);
            }
            long free = parent.toFile().getUsableSpace();
            if (free < leastFree) {
                throw new IOException(name + ": " + (free >> 20) + " MiB are free in " + folder
                        + " (expected: at least " + (leastFree >> 20) + " MiB, for the gateway itself)");
            }
            place(target, content, replaced);
        } catch (FileAlreadyExistsException there) {
            throw new IOException(name + ": exists already (expected: a new name)", there);
        } catch (NoSuchFileException missing) {
            throw new IOException(name + ": its folder does not exist in " + folder, missing);
        } catch (FileSystemException failed) {
            throw readable(name, failed);
        }
    }

    /** Writes the content of a file. */
    @FunctionalInterface
    public interface Content {
        /** Writes everything; need not close the stream. */
        void writeTo(OutputStream out) throws IOException;
    }

    private static void place(Path target, Content content, boolean replace) throws IOException {
        Path temporary = target.resolveSibling("." + target.getFileName() + ".tmp");
        try {
            try (FileChannel channel = FileChannel.open(
                    temporary,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE,
                    LinkOption.NOFOLLOW_LINKS)) {
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel));
                content.writeTo(out);
                out.flush();
                channel.force(true);
            }
            Files.move(temporary, target, replace ? REPLACED : NEW);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Where a name points to by its text alone. */
    private Path within(String name) throws IOException {
        try {
            Path path = folder.resolve(name).normalize();
            if (!path.startsWith(folder)) {
                throw outside(name);
            }
            if (path.equals(folder)) {
                throw new IOException("'" + name + "' (expected: the name of a file in " + folder + ")");
            }
            return path;
        } catch (InvalidPathException noPath) {
            throw new IOException("'" + name + "' (expected: the name of a file in " + folder + ")", noPath);
        }
    }

    private IOException outside(String name) {
        return new IOException(name + ": outside of " + folder + " (expected: a file in it)");
    }

    /** The file system's own messages name the path twice or not at all. */
    private static IOException readable(String name, FileSystemException failed) {
        String reason = failed.getReason() == null ? failed.getClass().getSimpleName() : failed.getReason();
        return new IOException(name + ": " + reason, failed);
    }
}
