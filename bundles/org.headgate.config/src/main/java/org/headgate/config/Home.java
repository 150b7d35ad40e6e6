package org.headgate.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.osgi.framework.BundleContext;

/** The home folder, named by the property {@code headgate.home}. */
record Home(Path path) {
    private static final String PROPERTY = "headgate.home";

    static Home of(BundleContext context) {
        String home = context.getProperty(PROPERTY);
        if (home == null || home.isBlank()) {
            throw new IllegalStateException(PROPERTY + ": missing (expected: -D" + PROPERTY + "=/path/of/the/home)");
        }
        return new Home(Path.of(home).toAbsolutePath().normalize());
    }

    Path etc() {
        return path.resolve("etc");
    }

    Path revisions() {
        return path.resolve("var/revisions");
    }

    Path secrets() {
        return path.resolve("secrets");
    }

    /** Makes the folders that are missing; an existing one stays as it is. */
    void prepare() throws IOException {
        for (String folder : new String[] {"etc", "var", "files", "cache"}) {
            Files.createDirectories(path.resolve(folder));
        }
        for (Path owned : new Path[] {secrets(), revisions()}) {
            if (!Files.exists(owned)) {
                Files.createDirectory(
                        owned, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
        }
    }
}
