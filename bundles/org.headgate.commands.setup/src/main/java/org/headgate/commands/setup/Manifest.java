package org.headgate.commands.setup;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.headgate.codec.JsonReader;
import org.headgate.console.api.Json;

/**
 * What an archive says of itself, in {@code headgate.json}.
 *
 * @param version the version of Headgate that made it
 * @param files the names of the settings' files
 * @param drivers the names of the drivers' files
 * @param secrets the names of the secrets that it needs, and that are not in it
 */
record Manifest(String version, Collection<String> files, Collection<String> drivers, Collection<String> secrets) {
    static final String ENTRY = "headgate.json";

    /** Counts up when an older Headgate cannot read an archive any more. */
    private static final long FORMAT = 1;

    @Override
    public String toString() {
        return new Json()
                .put("format", FORMAT)
                .put("headgate", version)
                .put("files", files)
                .put("drivers", drivers)
                .put("secrets", secrets)
                .toString();
    }

    static Manifest parse(String archive, String text) throws IOException {
        try {
            if (JsonReader.read(text) instanceof Map<?, ?> json) {
                if (!Long.valueOf(FORMAT).equals(json.get("format"))) {
                    throw new IOException(archive + ": format " + json.get("format") + " of Headgate "
                            + json.get("headgate") + " (expected: format " + FORMAT + ")");
                }
                return new Manifest(
                        String.valueOf(json.get("headgate")),
                        names(json.get("files")),
                        names(json.get("drivers")),
                        names(json.get("secrets")));
            }
        } catch (IllegalArgumentException notJson) {
            throw Archive.no(archive, ENTRY + ": " + notJson.getMessage());
        }
        throw Archive.no(archive, ENTRY + ": no object");
    }

    /** What is missing in an archive, or was put into it later. */
    void check(String archive, Archive content) throws IOException {
        if (!Set.copyOf(files).equals(content.files().keySet())
                || !Set.copyOf(drivers).equals(Set.copyOf(content.drivers()))) {
            throw Archive.no(archive, "not the files that " + ENTRY + " names");
        }
    }

    private static List<String> names(Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).distinct().toList()
                : List.of();
    }
}
