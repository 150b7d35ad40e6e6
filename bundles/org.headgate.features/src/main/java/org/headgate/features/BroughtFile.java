package org.headgate.features;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What comes as a stream and must be read as a file: it lies in a folder of its own, and is deleted at the end. */
final class BroughtFile implements Closeable {
    private static final String PREFIX = "driver";
    private static final Logger LOG = LoggerFactory.getLogger(BroughtFile.class);

    private final Path folder;
    private final Path path;

    /** Reads everything, as much as a driver may have. */
    BroughtFile(Path parent, String name, InputStream content) throws IOException, RefusedException {
        Files.createDirectories(parent);
        folder = Files.createTempDirectory(parent, PREFIX);
        path = folder.resolve(name);
        try {
            Files.copy(DriverFileReader.limit(content), path, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            close();
            throw new RefusedException(name + ": " + failed.getMessage());
        }
    }

    /** Deletes what a gateway that was killed has left in a folder; only while nobody brings a file. */
    static void sweep(Path parent) {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(
                parent, child -> child.getFileName().toString().matches(PREFIX + "\\d+") && Files.isDirectory(child))) {
            for (Path folder : left) {
                try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
                    for (Path file : files) {
                        Files.delete(file);
                    }
                }
                Files.delete(folder);
            }
        } catch (NoSuchFileException nothing) {
            LOG.debug("nothing was ever brought");
        } catch (IOException | DirectoryIteratorException later) {
            LOG.warn("{} cannot be tidied up: {}", parent, later.getMessage());
        }
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(path);
        Files.deleteIfExists(folder);
    }
}
