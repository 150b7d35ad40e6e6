package org.headgate.features;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A file with a bundle in it, made on the spot. */
final class Bundled {
    private final Map<String, String> headers = new LinkedHashMap<>();

    private Bundled() {}

    /** A bundle that is a driver by its symbolic name. */
    static Bundled driver(String name, String version) {
        return new Bundled()
                .with("Bundle-ManifestVersion", "2")
                .with("Bundle-SymbolicName", "org.acme.driver." + name)
                .with("Bundle-Version", version);
    }

    Bundled with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    Bundled without(String header) {
        headers.remove(header);
        return this;
    }

    byte[] bytes() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
        headers.forEach(manifest.getMainAttributes()::putValue);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream out = new JarOutputStream(bytes, manifest)) {
            out.putNextEntry(new ZipEntry("content"));
            out.write("some content of the bundle, long enough to be damaged"
                    .repeat(20)
                    .getBytes(StandardCharsets.UTF_8));
            out.closeEntry();
        }
        return bytes.toByteArray();
    }

    Path in(Path folder, String file) throws IOException {
        return Files.write(folder.resolve(file), bytes());
    }

    /** An archive of Karaf: entries by their paths. */
    static Path kar(Path folder, Map<String, byte[]> entries) throws IOException {
        Path kar = folder.resolve("some.kar");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(kar))) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue());
                out.closeEntry();
            }
        }
        return kar;
    }
}
