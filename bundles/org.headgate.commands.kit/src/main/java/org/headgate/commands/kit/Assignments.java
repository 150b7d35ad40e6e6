package org.headgate.commands.kit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headgate.console.api.UsageException;

/** Words such as {@code poll=1s}, which give keys of a file their values. */
public final class Assignments {
    private Assignments() {}

    /**
     * The values by their keys, in the order in which they were typed; empty where nothing stands behind the {@code =}, which takes
     * the key out.
     *
     * @throws UsageException when a word is no such word, or a key comes twice
     */
    public static Map<String, Optional<String>> of(List<String> words) throws UsageException {
        Map<String, Optional<String>> values = new LinkedHashMap<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals <= 0) {
                throw new UsageException(word + " (expected: key=value)");
            }
            String key = word.substring(0, equals).strip();
            String value = word.substring(equals + 1).strip();
            if (values.put(key, Optional.of(value).filter(text -> !text.isEmpty())) != null) {
                throw new UsageException(key + " stands there twice");
            }
        }
        return values;
    }

    /** Completion by keys that were not typed yet: {@code poll=}. */
    public static List<String> complete(List<String> before, List<String> keys) {
        return keys.stream()
                .filter(key ->
                        before.stream().noneMatch(word -> word.startsWith(key.substring(0, key.indexOf('=') + 1))))
                .toList();
    }
}
