package org.headgate.config;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a person should look at, one line a file; logged once, when it is new. Thread-safe. */
final class Warnings {
    private static final Logger LOG = LoggerFactory.getLogger(Warnings.class);
    /** Stands for the folder itself. */
    private static final String FOLDER = "";

    private final Map<String, String> lines = new ConcurrentSkipListMap<>();

    List<String> list() {
        return List.copyOf(lines.values());
    }

    void put(String file, String line) {
        if (!line.equals(lines.put(file, line))) {
            LOG.warn(line);
        }
    }

    void remove(String file) {
        lines.remove(file);
    }

    /** Forgets files that are gone. */
    void retain(Set<String> files) {
        lines.keySet().removeIf(file -> !file.equals(FOLDER) && !files.contains(file));
    }

    void folder(String line) {
        put(FOLDER, line);
    }

    void folderIsWell() {
        remove(FOLDER);
    }

    /** A failure in words: an I/O exception's message alone is often a file's name. */
    static String said(Exception failure) {
        String name = failure.getClass().getSimpleName();
        return failure.getMessage() == null ? name : name + " " + failure.getMessage();
    }
}
