package org.headgate.mqtt.client;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads as much of {@code HOME/etc} as a watcher needs, by the rules of the gateway's own loader. */
final class WatchedFile {
    private static final Pattern COMMENT = Pattern.compile("(^\\s*#|(?<=\\s)#(?=\\s|$)).*");

    private WatchedFile() {}

    /** The keys of the first MQTT uplink. */
    static Map<String, String> first(Path etc) throws IOException {
        TreeSet<Path> sorted = new TreeSet<>();
        if (Files.isDirectory(etc)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(etc, "headgate.uplink-*.cfg")) {
                files.forEach(sorted::add);
            }
        }
        for (Path file : sorted) {
            Map<String, String> keys = keys(file);
            if (keys.getOrDefault("transport", "mqtt").equals("mqtt") && keys.containsKey("address")) {
                return keys;
            }
        }
        throw new IOException("no headgate.uplink-*.cfg with transport = mqtt in " + etc);
    }

    /** {@code key = value}; {@code #} at a line's beginning or between blanks begins a comment; {@code \} continues. */
    static Map<String, String> keys(Path file) throws IOException {
        Map<String, String> keys = new TreeMap<>();
        String key = "";
        StringBuilder value = new StringBuilder();
        boolean continued = false;
        for (String line : Files.readAllLines(file)) {
            String text = COMMENT.matcher(line).replaceFirst("").strip();
            if (!continued) {
                int equals = text.indexOf('=');
                if (equals <= 0) {
                    continue;
                }
                key = text.substring(0, equals).strip();
                value.setLength(0);
                text = text.substring(equals + 1).strip();
            } else if (!text.isEmpty() && value.length() > 0) {
                value.append(' ');
            }
            continued = text.endsWith("\\");
            value.append(continued ? text.substring(0, text.length() - 1).strip() : text);
            keys.put(key, value.toString());
        }
        return keys;
    }
}
