package org.headgate.commands.setup;

import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.headgate.config.text.SettingsText;
import org.headgate.config.text.SettingsText.Entry;

/** Who names which secret, found in texts, so that a broken file counts, too. */
final class SecretUses {
    private static final Pattern REFERENCE = Pattern.compile("@([A-Za-z0-9][A-Za-z0-9._-]{0,62})");

    private SecretUses() {}

    /** The files that name a secret, by its name. */
    static SortedMap<String, SortedSet<String>> in(Map<String, String> texts) {
        SortedMap<String, SortedSet<String>> uses = new TreeMap<>();
        texts.forEach((file, text) -> {
            for (Entry entry : SettingsText.parse(text).entries()) {
                Matcher reference = REFERENCE.matcher(entry.value());
                if (reference.matches()) {
                    uses.computeIfAbsent(reference.group(1), name -> new TreeSet<>())
                            .add(file);
                }
            }
        });
        return uses;
    }

    /** Whether a word can be a secret's name. */
    static boolean isName(String word) {
        return REFERENCE.matcher("@" + word).matches();
    }
}
