package org.headgate.commands.setup;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.headgate.config.api.FileName;
import org.headgate.config.text.SettingsText;
import org.headgate.config.text.SettingsText.Entry;

/**
 * What {@code headgate.gateway.cfg} says of this machine and not of the set-up: its identity and the port of its console. A set-up that
 * comes from elsewhere leaves them as they are, unless it names them.
 */
final class MachineKeys {
    private static final List<String> KEYS = List.of("id", "console.port");

    private MachineKeys() {}

    /** The text without these keys. */
    static String without(String text) {
        StringBuilder kept = new StringBuilder();
        int at = 0;
        for (Entry entry : SettingsText.parse(text).entries()) {
            kept.append(text, at, KEYS.contains(entry.key()) ? entry.lineStart() : entry.lineEnd());
            at = entry.lineEnd();
        }
        return kept.append(text.substring(at)).toString();
    }

    /** A set-up that takes the place of another, with this machine's keys where it has none of its own. */
    static Map<String, String> kept(Map<String, String> files, Map<String, String> now) {
        files.computeIfPresent(FileName.GATEWAY, (file, text) -> with(text, now.getOrDefault(FileName.GATEWAY, "")));
        return files;
    }

    private static String with(String text, String now) {
        List<String> named =
                SettingsText.parse(text).entries().stream().map(Entry::key).toList();
        List<String> lines = new ArrayList<>();
        for (Entry entry : SettingsText.parse(now).entries()) {
            if (KEYS.contains(entry.key()) && !named.contains(entry.key())) {
                lines.add(entry.key() + " = " + entry.value() + "\n");
            }
        }
        String end = text.isEmpty() || text.endsWith("\n") || lines.isEmpty() ? "" : "\n";
        return text + end + String.join("", lines);
    }
}
