package org.headgate.commands.kit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.headgate.console.api.UsageException;

/** Words such as {@code poll=1s}, which give keys of a file their values. */
public final class Assignments {
    /** As keys of files are; the word that stands for an address has a {@code :} or {@code ,} before its first {@code =}. */
    private static final Pattern KEY = Pattern.compile("[a-zA-Z][a-zA-Z0-9._-]*");

    private Assignments() {}

    /** Whether a word is {@code key=value}, and no address or the like. */
    public static boolean isOne(String word) {
        return KEY.matcher(key(word)).matches();
    }

    /**
     * The values by their keys, in the order in which they were typed; empty where nothing stands behind the {@code =}, which takes
     * the key out.
     *
     * @throws UsageException when a word is no such word, or a key comes twice
     */
    public static Map<String, Optional<String>> of(List<String> words) throws UsageException {
        Map<String, Optional<String>> values = new LinkedHashMap<>();
        String before = "";
        for (String word : words) {
            if (!isOne(word)) {
                throw new UsageException(word + " (expected: key=value"
                        + (before.endsWith(",") ? "; no blank behind a comma, or quotes around it all)" : ")"));
            }
            String key = key(word);
            String value = word.substring(word.indexOf('=') + 1).strip();
            if (values.put(key, Optional.of(value).filter(text -> !text.isEmpty())) != null) {
                throw new UsageException(key + " stands there twice");
            }
            before = word;
        }
        return values;
    }

    /**
     * As {@link #of(List)}, beside words that give keys their values without naming them.
     *
     * @param words of what the command has words of its own for: {@code Map.of("driver", "host")}
     */
    public static Map<String, Optional<String>> beside(Map<String, String> words, List<String> assignments)
            throws UsageException {
        Map<String, Optional<String>> values = of(assignments);
        for (Map.Entry<String, String> word : words.entrySet()) {
            if (values.containsKey(word.getKey())) {
                throw new UsageException(word.getKey() + " stands there twice: as the word " + word.getValue()
                        + ", and as " + word.getKey() + "=");
            }
        }
        return values;
    }

    private static String key(String word) {
        return word.substring(0, Math.max(0, word.indexOf('='))).strip();
    }

    /** Completion by keys that were not typed yet: {@code poll=}. */
    public static List<String> complete(List<String> before, List<String> keys) {
        return keys.stream()
                .filter(key ->
                        before.stream().noneMatch(word -> word.startsWith(key.substring(0, key.indexOf('=') + 1))))
                .toList();
    }
}
