package org.headgate.features;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.headgate.system.api.Storage;
import org.headgate.system.api.StorageFile;

/**
 * The drivers that came from files, in {@code HOME/var/drivers}: {@code NAME@VERSION.N.jar}, the bundles; {@code NAME@VERSION.xml},
 * the feature that names them, written last, so that a version without it is not there; {@code NAME.history}, the versions that ran
 * here, newest first. Each file is written beside its place, synced and renamed: a power cut leaves the old or the new, never half.
 * Keeps nothing in memory; changed by one thread at a time.
 */
final class Depot {
    /** Stands in a history for the version that comes with the distribution. */
    private static final String DISTRIBUTION = "distribution";

    private static final String HISTORY = ".history";
    private static final String PART = ".part";
    private static final int BLOCK = 1 << 16;
    private static final int MOST_REMEMBERED = 4;
    private static final Pattern FEATURE = Pattern.compile("([a-z][a-z0-9_-]*)@(.+)\\.xml");
    private static final Pattern JAR = Pattern.compile("(.+@.+)\\.\\d+\\.jar");
    private static final Pattern DIGEST = Pattern.compile("sha256 ([0-9a-f]{64})");

    static final String FOLDER = "drivers";

    private final Storage var;
    private final URI base;

    /**
     * A depot.
     *
     * @param var the folder in which it has a folder of its own
     * @param home the home as the framework finds it
     */
    Depot(Storage var, Path home) {
        this.var = var;
        String folder = home.resolve("var").resolve(FOLDER).toUri().toString();
        this.base = URI.create(folder.endsWith("/") ? folder : folder + "/");
    }

    private Storage storage() throws IOException {
        return var.folder(FOLDER);
    }

    /** Gives the bytes of a file's bundles. */
    interface Content {
        InputStream open(DriverFile.Part part) throws IOException;
    }

    /** The versions that are there, of all drivers. */
    Set<FeatureId> versions() throws IOException {
        Set<FeatureId> versions = new TreeSet<>(java.util.Comparator.comparing(FeatureId::toString));
        for (String file : storage().list()) {
            Matcher feature = FEATURE.matcher(file);
            if (feature.matches()) {
                versions.add(FeatureId.ofDriver(feature.group(1), feature.group(2)));
            }
        }
        return versions;
    }

    boolean has(FeatureId version) throws IOException {
        return storage().list().contains(stem(version) + ".xml");
    }

    /** Whether a version is exactly this file. */
    boolean isSame(DriverFile file) throws IOException {
        if (!has(file.feature())) {
            return false;
        }
        return file.digest().equals(digest(file.feature()));
    }

    /** Whether a version has exactly the bundles of this file, however they were brought. */
    boolean isSame(DriverFile file, Content content) throws IOException {
        List<String> jars = jars(file.feature());
        boolean same = has(file.feature()) && jars.size() == file.parts().size();
        for (int i = 0; same && i < jars.size(); i++) {
            try (InputStream ours = open(jars.get(i));
                    InputStream theirs = content.open(file.parts().get(i))) {
                same = Digests.sha256(ours).equals(Digests.sha256(theirs));
            }
        }
        return same;
    }

    /** Takes a file in, of a version that is not there; what a store that was cut off has left of it is gone first. */
    void store(DriverFile file, Content content) throws IOException {
        delete(file.feature());
        for (int i = 0; i < file.parts().size(); i++) {
            try (InputStream in = content.open(file.parts().get(i))) {
                write(jar(file.feature(), i), in);
            }
        }
        storage().syncFolder();
        describe(file.feature(), file.parts().size(), file.digest());
        storage().syncFolder();
    }

    /** Where the features service finds a version; the home may have been moved since it was taken in. */
    URI repository(FeatureId version) throws IOException {
        describe(version, jars(version).size(), digest(version));
        return base.resolve(stem(version) + ".xml");
    }

    /** How the locations of all bundles of a driver begin. */
    String location(String driver) {
        return URI.create(base.getScheme() + ":" + base.getRawPath() + driver + "@")
                .toString();
    }

    /** The version to which a driver's bundle belongs, by its location. */
    Optional<FeatureId> version(String driver, String location) {
        String prefix = location(driver);
        Matcher jar = JAR.matcher(driver + "@" + location.substring(Math.min(prefix.length(), location.length())));
        return location.startsWith(prefix) && jar.matches()
                ? Optional.of(FeatureId.ofDriver(driver, jar.group(1).substring(driver.length() + 1)))
                : Optional.empty();
    }

    /** Whether a repository of features is one of these. */
    boolean owns(URI repository) {
        // file:/x and file:///x are the same.
        return repository.getPath() != null && repository.getPath().startsWith(base.getPath());
    }

    /** Forgets a version. */
    void delete(FeatureId version) throws IOException {
        List<String> jars = jars(version);
        storage().delete(stem(version) + ".xml");
        storage().syncFolder();
        for (String jar : jars) {
            storage().delete(jar);
        }
    }

    /**
     * The version that a rollback brings: the last one before the current one that can still be had; an empty text is the
     * distribution's.
     */
    Optional<String> previous(String driver, Optional<String> current, boolean inDistribution) throws IOException {
        for (String version : history(driver)) {
            boolean there = version.isEmpty() ? inDistribution : has(FeatureId.ofDriver(driver, version));
            if (there && !Optional.of(version).equals(current)) {
                return Optional.of(version);
            }
        }
        return Optional.empty();
    }

    /** Notes what is wanted now. Done before the wish changes and after it, {@link #previous} is right at any time. */
    void remember(String driver, String version) throws IOException {
        List<String> versions = new ArrayList<>(history(driver));
        versions.remove(version);
        versions.add(0, version);
        List<String> words = versions.stream()
                .limit(MOST_REMEMBERED)
                .map(each -> each.isEmpty() ? DISTRIBUTION : each)
                .toList();
        byte[] text = (String.join("\n", words) + "\n").getBytes(StandardCharsets.UTF_8);
        write(driver + HISTORY, new java.io.ByteArrayInputStream(text));
        storage().syncFolder();
    }

    /** Deletes every version of a driver but these. */
    void keepOnly(String driver, Set<String> versions) throws IOException {
        for (FeatureId id : versions()) {
            if (id.driver().equals(driver) && !versions.contains(id.version())) {
                delete(id);
            }
        }
    }

    /** Deletes what was begun and never ended. */
    void sweep() throws IOException {
        List<String> files = storage().list();
        for (String file : files) {
            Matcher jar = JAR.matcher(file);
            if (file.endsWith(PART) || jar.matches() && !files.contains(jar.group(1) + ".xml")) {
                storage().delete(file);
            }
        }
    }

    private List<String> history(String driver) throws IOException {
        if (!storage().list().contains(driver + HISTORY)) {
            return List.of();
        }
        return Arrays.stream(read(driver + HISTORY).split("\n"))
                .filter(line -> !line.isBlank())
                .map(line -> line.equals(DISTRIBUTION) ? "" : line)
                .toList();
    }

    private void describe(FeatureId version, int parts, String digest) throws IOException {
        StringBuilder xml = new StringBuilder("<features name=\"" + stem(version)
                + "\" xmlns=\"http://karaf.apache.org/xmlns/features/v1.6.0\">\n  <feature name=\"" + version.name()
                + "\" version=\"" + version.version() + "\" description=\"from a file, sha256 " + digest + "\">\n");
        for (int i = 0; i < parts; i++) {
            String location = base.resolve(jar(version, i)).toASCIIString().replace("&", "&amp;");
            xml.append("    <bundle start-level=\"56\">").append(location).append("</bundle>\n");
        }
        String text = xml.append("  </feature>\n</features>\n").toString();
        String file = stem(version) + ".xml";
        if (!storage().list().contains(file) || !read(file).equals(text)) {
            write(file, new java.io.ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private String digest(FeatureId version) throws IOException {
        Matcher digest = DIGEST.matcher(read(stem(version) + ".xml"));
        return digest.find() ? digest.group(1) : "";
    }

    /** The files of a version's bundles, in their order. */
    List<String> jars(FeatureId version) throws IOException {
        List<String> jars = new ArrayList<>();
        for (String file : storage().list()) {
            Matcher jar = JAR.matcher(file);
            if (jar.matches() && jar.group(1).equals(stem(version))) {
                jars.add(file);
            }
        }
        return jars;
    }

    /** The bytes of a file; the caller closes it. */
    InputStream open(String name) throws IOException {
        return new StoredStream(storage().open(name));
    }

    private static String stem(FeatureId version) {
        return version.driver() + "@" + version.version();
    }

    private static String jar(FeatureId version, int part) {
        return stem(version) + "." + part + ".jar";
    }

    private String read(String name) throws IOException {
        try (StorageFile file = storage().open(name)) {
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(file.size(), BLOCK));
            long position = 0;
            while (bytes.hasRemaining()) {
                int count = file.read(bytes, position);
                if (count < 0) {
                    break;
                }
                position += count;
            }
            return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
        }
    }

    private void write(String name, InputStream in) throws IOException {
        String part = name + PART;
        storage().delete(part);
        try (StorageFile file = storage().open(part)) {
            byte[] block = new byte[BLOCK];
            long position = 0;
            for (int count = in.read(block); count >= 0; count = in.read(block)) {
                file.write(ByteBuffer.wrap(block, 0, count), position);
                position += count;
            }
            file.sync();
        }
        storage().rename(part, name);
    }
}
