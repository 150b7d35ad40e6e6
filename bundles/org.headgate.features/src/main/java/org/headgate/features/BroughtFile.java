package org.headgate.features;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** What comes as a stream and must be read as a file: it lies in a folder of its own, and is deleted at the end. */
final class BroughtFile implements Closeable {
    private final Path folder;
    private final Path path;

    /** Reads everything, as much as a driver may have. */
    BroughtFile(Path parent, String name, InputStream content) throws IOException, RefusedException {
        Files.createDirectories(parent);
        folder = Files.createTempDirectory(parent, "driver");
        path = folder.resolve(name);
        try {
            Files.copy(DriverFileReader.limit(content), path, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            close();
            throw new RefusedException(name + ": " + failed.getMessage());
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
