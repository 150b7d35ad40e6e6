package org.headgate.system.jvm;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.headgate.system.api.Storage;
import org.headgate.system.api.StorageFile;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Real files; the service's folder is {@code HOME/var}. */
@Component
public final class FolderStorage implements Storage {
    private final Path folder;
    private final Guard guard;

    /** The folder {@code var} in the home that the framework property {@code headgate.home} names. */
    @Activate
    public FolderStorage(BundleContext context) {
        this(Path.of(String.valueOf(context.getProperty("headgate.home")), "var"));
    }

    FolderStorage(Path folder) {
        this(folder, () -> {});
    }

    /** With something that is asked before a file is opened, renamed or deleted. */
    FolderStorage(Path folder, Guard guard) {
        this.folder = folder;
        this.guard = guard;
    }

    /** Says whether the folder may be touched now. */
    interface Guard {
        void check() throws IOException;
    }

    @Override
    public List<String> list() throws IOException {
        guard.check();
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @Override
    public StorageFile open(String name) throws IOException {
        guard.check();
        Path path = path(name);
        try {
            return new ChannelFile(FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
        } catch (FileSystemException refused) {
            // A disk that has become read-only, or a file of somebody else: what is there can still be read.
            if (!Files.isRegularFile(path)) {
                throw refused;
            }
            return readable(path, refused);
        }
    }

    private static StorageFile readable(Path path, FileSystemException refused) throws IOException {
        try {
            return new ChannelFile(FileChannel.open(path, StandardOpenOption.READ), Optional.of(refused));
        } catch (IOException notEvenThat) {
            throw refused;
        }
    }

    @Override
    public void rename(String from, String to) throws IOException {
        guard.check();
        Files.move(path(from), path(to), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void delete(String name) throws IOException {
        guard.check();
        Files.deleteIfExists(path(name));
    }

    @Override
    public void syncFolder() throws IOException {
        sync(folder);
    }

    private static void sync(Path folder) throws IOException {
        // Linux makes the entries of a folder durable when the folder itself is synced.
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public long freeBytes() throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }

    @Override
    public Storage folder(String name) throws IOException {
        guard.check();
        Path inner = path(name);
        make(inner);
        return new FolderStorage(inner, guard);
    }

    /** Makes a folder and those above it; after a power cut they are still there, with what was synced in them. */
    static void make(Path folder, FileAttribute<?>... attributes) throws IOException {
        if (!Files.isDirectory(folder)) {
            Path above = folder.toAbsolutePath().getParent();
            make(above, attributes);
            Files.createDirectories(folder, attributes);
            sync(above);
        }
    }

    private Path path(String name) {
        if (name.isEmpty() || name.indexOf('/') >= 0 || name.startsWith(".")) {
            throw new IllegalArgumentException("not a plain file name: " + name);
        }
        return folder.resolve(name);
    }
}
