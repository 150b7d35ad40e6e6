package org.headgate.features;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A folder into which people put files. */
final class DroppedFiles {
    private final Path folder;

    DroppedFiles(Path folder) {
        this.folder = folder;
    }

    /**
     * What tells that a file is another one than before.
     *
     * @param modified in nanoseconds since the epoch
     */
    record Stamp(long size, long modified) {}

    /** Makes the folder where there is none. */
    void prepare() throws IOException {
        Files.createDirectories(folder);
    }

    Path path(String file) {
        return folder.resolve(file);
    }

    /** Bundles and archives in the folder; what is hidden or has another ending is none of ours. */
    SortedMap<String, Stamp> list() throws IOException {
        SortedMap<String, Stamp> found = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "[!.]*.{jar,kar}")) {
            for (Path file : files) {
                try {
                    BasicFileAttributes about = Files.readAttributes(file, BasicFileAttributes.class);
                    if (about.isRegularFile()) {
                        long modified = about.lastModifiedTime().to(TimeUnit.NANOSECONDS);
                        found.put(file.getFileName().toString(), new Stamp(about.size(), modified));
                    }
                } catch (NoSuchFileException gone) {
                    // Deleted since it was listed: as if it had not been.
                }
            }
        } catch (DirectoryIteratorException failure) {
            throw failure.getCause();
        }
        return found;
    }
}
