package org.headgate.commands.setup;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.headgate.config.api.TextEntry;

/** Texts of settings without the secrets that stand in clear text where the name of one should. */
final class Masked {
    private static final List<String> WORDS = List.of("password", "passphrase", "passwd", "secret", "token");
    private static final String MASK = "***";

    private Masked() {}

    /** Whether an entry holds a secret itself. */
    static boolean isClearText(TextEntry entry) {
        String key = entry.key().toLowerCase(Locale.ROOT);
        return WORDS.stream().anyMatch(key::contains)
                && !entry.value().isEmpty()
                && !entry.value().startsWith("@");
    }

    /** The lines of a text, as they are. */
    static List<String> lines(String text) {
        return text.lines().toList();
    }

    /** The same lines, as they may be shown. */
    static List<String> shown(String text) {
        List<String> shown = new ArrayList<>();
        int at = 0;
        for (TextEntry entry : TextEntry.of(text)) {
            lines(text.substring(at, entry.from())).forEach(shown::add);
            List<String> own = lines(text.substring(entry.from(), entry.to()));
            if (isClearText(entry)) {
                shown.add(entry.key() + " = " + MASK);
                Stream.generate(() -> MASK).limit(own.size() - 1L).forEach(shown::add);
            } else {
                shown.addAll(own);
            }
            at = entry.to();
        }
        lines(text.substring(at)).forEach(shown::add);
        return shown;
    }
}
