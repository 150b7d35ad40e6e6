package org.headgate.commands.setup;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.headgate.config.api.SecretKeys;
import org.headgate.config.text.SettingsText;
import org.headgate.config.text.SettingsText.Entry;

/** Texts of settings without the secrets that stand in clear text where the name of one should. */
final class Masked {
    private static final String MASK = SecretKeys.MASK;

    private Masked() {}

    /** Whether an entry holds a secret itself. */
    static boolean isClearText(Entry entry) {
        return SecretKeys.isClearText(entry.key(), entry.value());
    }

    /** The lines of a text, as they are. */
    static List<String> lines(String text) {
        return text.lines().toList();
    }

    /** The same lines, as they may be shown. */
    static List<String> shown(String text) {
        List<String> shown = new ArrayList<>();
        int at = 0;
        for (Entry entry : SettingsText.parse(text).entries()) {
            shown.addAll(between(text.substring(at, entry.lineStart())));
            List<String> own = lines(text.substring(entry.lineStart(), entry.lineEnd()));
            if (isClearText(entry)) {
                shown.add(entry.key() + " = " + MASK);
                Stream.generate(() -> MASK).limit(own.size() - 1L).forEach(shown::add);
            } else {
                own.forEach(line -> shown.add(SecretKeys.shown("", line)));
            }
            at = entry.lineEnd();
        }
        shown.addAll(between(text.substring(at)));
        return shown;
    }

    private static List<String> between(String text) {
        return text.lines().map(Masked::line).toList();
    }

    /** In a comment, and in a file that is broken, a key may stand where the reader finds none. */
    private static String line(String line) {
        int equals = line.indexOf('=');
        String key = line.substring(0, Math.max(equals, 0));
        return SecretKeys.isClearText(key, line.substring(equals + 1).strip())
                ? key + "= " + MASK
                : SecretKeys.shown("", line);
    }
}
