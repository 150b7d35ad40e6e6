package org.headgate.features;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
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

    private static final String MANIFEST = "META-INF/MANIFEST.MF";

    private DriverFileReader() {}

    /** Reads a file; what is wrong with it is said in one line. */
    static DriverFile read(Path path) throws RefusedException {
        String file = String.valueOf(path.getFileName());
        try {
            if (!file.endsWith(".jar") && !file.endsWith(".kar")) {
                throw new RefusedException(file + ": no driver (expected: a .jar or a .kar)");
            }
            if (Files.size(path) > MOST_BYTES) {
                throw new RefusedException(file + ": larger than " + (MOST_BYTES >> 20) + " MiB (expected: a driver)");
            }
            String digest = digest(path);
            // The directory at the archive's end, where a file that was cut off has none.
            try (ZipFile archive = new ZipFile(path.toFile())) {
                return file.endsWith(".jar") ? jar(file, path, digest) : kar(file, archive, digest);
            }
        } catch (NoSuchFileException missing) {
            throw new RefusedException(file + ": there is no such file");
        } catch (ZipException | java.io.EOFException | IllegalArgumentException damaged) {
            throw new RefusedException(file + ": damaged or not complete: " + damaged.getMessage());
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
        InputStream entry = archive.getInputStream(archive.getEntry(part.entry()));
        return new java.io.FilterInputStream(entry) {
            @Override
            public void close() throws IOException {
                archive.close();
            }
        };
    }

    /** The SHA-256 of a file. */
    static String digest(Path path) throws IOException {
        MessageDigest sha256 = sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(path), sha256)) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(sha256.digest());
    }

    private static DriverFile jar(String file, Path path, String digest) throws IOException, RefusedException {
        try (InputStream in = Files.newInputStream(path)) {
            return DriverFile.of(file, Optional.empty(), digest, List.of(Part.of(file, manifest(file, in), "")));
        }
    }

    private static DriverFile kar(String file, ZipFile archive, String digest) throws IOException, RefusedException {
        KarFeature feature = KarFeature.of(file, archive);
        List<Part> parts = new ArrayList<>();
        for (String entry : feature.entries()) {
            try (InputStream in = archive.getInputStream(archive.getEntry(entry))) {
                String name = file + ": " + entry.substring(entry.lastIndexOf('/') + 1);
                parts.add(Part.of(name, manifest(name, in), entry));
            }
        }
        return DriverFile.of(file, Optional.of(feature.version()), digest, parts);
    }

    /** The main headers of a jar, all of which is read. */
    private static Map<String, String> manifest(String file, InputStream in) throws IOException, RefusedException {
        Map<String, String> headers = new LinkedHashMap<>();
        try (ZipInputStream jar = new ZipInputStream(in)) {
            for (ZipEntry entry = jar.getNextEntry(); entry != null; entry = jar.getNextEntry()) {
                if (entry.getName().equalsIgnoreCase(MANIFEST)) {
                    new Manifest(jar)
                            .getMainAttributes()
                            .forEach((name, value) -> headers.put(String.valueOf(name), String.valueOf(value)));
                }
                jar.transferTo(java.io.OutputStream.nullOutputStream());
            }
        }
        if (headers.isEmpty()) {
            throw new RefusedException(file + ": no manifest (expected: an OSGi bundle)");
        }
        return headers;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException(never);
        }
    }
}
