package org.headgate.features;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.headgate.features.DriverFile.Part;

/** Reads files that people bring: a bundle, or an archive of Karaf. Every byte is read and checked against its checksum. */
final class DriverFileReader {
    /** No driver is that large; a file that is fills the disk. */
    private static final long MOST_BYTES = 64L << 20;
    /** What its bundles contain is only looked at, and never kept. */
    private static final long MOST_CONTENT = 4 * MOST_BYTES;
    /** No manifest and no repository of features is that large; both are read into the memory. */
    static final long MOST_TEXT = 1L << 20;

    private static final String MANIFEST = "META-INF/MANIFEST.MF";

    private DriverFileReader() {}

    /** Reads a file; what is wrong with it is said in one line. */
    static DriverFile read(Path path) throws RefusedException {
        String file = String.valueOf(path.getFileName());
        try {
            if (!file.endsWith(".jar") && !file.endsWith(".kar")) {
                throw RefusedException.forGood(file + ": no driver (expected: a .jar or a .kar)");
            }
            if (Files.size(path) > MOST_BYTES) {
                throw RefusedException.forGood(
                        file + ": larger than " + (MOST_BYTES >> 20) + " MiB (expected: a driver)");
            }
            String digest = digest(path);
            // The directory at the archive's end, where a file that was cut off has none.
            try (ZipFile archive = new ZipFile(path.toFile())) {
                return file.endsWith(".jar") ? jar(file, path, digest) : kar(file, archive, digest);
            }
        } catch (Allowance.ExceededException large) {
            throw RefusedException.forGood(file + ": " + large.getMessage());
        } catch (NoSuchFileException missing) {
            throw new RefusedException(file + ": there is no such file");
        } catch (ZipException | java.io.EOFException | IllegalArgumentException damaged) {
            throw RefusedException.forGood(file + ": damaged or not complete: " + damaged.getMessage());
        } catch (IOException unreadable) {
            throw new RefusedException(file + ": cannot be read: " + unreadable.getMessage());
        }
    }

    /** The bytes of one of the file's bundles. */
    static InputStream open(Path path, Part part) throws IOException {
        if (part.entry().isEmpty()) {
            return Files.newInputStream(path);
        }
        ZipFile archive = new ZipFile(path.toFile());
        InputStream entry = unpacked().limit(archive.getInputStream(archive.getEntry(part.entry())));
        return new java.io.FilterInputStream(entry) {
            @Override
            public void close() throws IOException {
                archive.close();
            }
        };
    }

    /** As much of a stream as a driver may have. */
    static InputStream limit(InputStream in) {
        return new Allowance("is", MOST_BYTES).limit(in);
    }

    private static Allowance unpacked() {
        return new Allowance("unpacked", MOST_BYTES);
    }

    private static Allowance content() {
        return new Allowance("its content is", MOST_CONTENT);
    }

    /** The SHA-256 of a file. */
    static String digest(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return Digests.sha256(in);
        }
    }

    private static DriverFile jar(String file, Path path, String digest) throws IOException, RefusedException {
        try (InputStream in = Files.newInputStream(path)) {
            return DriverFile.of(
                    file, Optional.empty(), digest, List.of(Part.of(file, manifest(file, in, content()), "")));
        }
    }

    private static DriverFile kar(String file, ZipFile archive, String digest) throws IOException, RefusedException {
        Allowance unpacked = unpacked();
        KarFeature feature = KarFeature.of(file, archive, unpacked);
        List<Part> parts = new ArrayList<>();
        Allowance content = content();
        for (String entry : feature.entries()) {
            try (InputStream in = unpacked.limit(archive.getInputStream(archive.getEntry(entry)))) {
                String name = file + ": " + entry.substring(entry.lastIndexOf('/') + 1);
                parts.add(Part.of(name, manifest(name, in, content), entry));
            }
        }
        return DriverFile.of(file, Optional.of(feature.version()), digest, parts);
    }

    /** The main headers of a jar, all of which is read. */
    private static Map<String, String> manifest(String file, InputStream in, Allowance content)
            throws IOException, RefusedException {
        Map<String, String> headers = new LinkedHashMap<>();
        try (ZipInputStream jar = new ZipInputStream(in)) {
            InputStream limited = content.limit(jar);
            for (ZipEntry entry = jar.getNextEntry(); entry != null; entry = jar.getNextEntry()) {
                if (entry.getName().equalsIgnoreCase(MANIFEST)) {
                    new Manifest(new Allowance("MANIFEST.MF is", MOST_TEXT).limit(limited))
                            .getMainAttributes()
                            .forEach((name, value) -> headers.put(String.valueOf(name), String.valueOf(value)));
                }
                limited.transferTo(OutputStream.nullOutputStream());
            }
            // What comes behind the last entry counts, too.
            in.transferTo(OutputStream.nullOutputStream());
        }
        if (headers.isEmpty()) {
            throw RefusedException.forGood(file + ": no manifest (expected: an OSGi bundle)");
        }
        return headers;
    }
}
