package org.headgate.config.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One configured instance as Configuration Admin hands it to a component: the raw text of each key of its file.
 *
 * @param name the instance's name, from the file's name
 * @param file the file's name, for messages
 * @param settings the keys of the file, Headgate's own properties left out
 * @param broken why the file itself could not be read ({@code line 3: no '='}); empty when it could
 */
public record Instance(String name, String file, Settings settings, Optional<String> broken) {
    /** Property: the instance's name. */
    public static final String NAME = "headgate.name";
    /** Property: the name of the file in {@code HOME/etc}. */
    public static final String FILE = "headgate.file";
    /** Property: why the file could not be read, with its line. */
    public static final String BROKEN = "headgate.broken";
    /** Property: the keys of the file in their order, since Configuration Admin keeps none. */
    public static final String KEYS = "headgate.keys";

    /** Reads the properties of a component of a Headgate factory PID. */
    public static Instance of(Map<String, Object> properties) {
        Map<String, String> raw = new LinkedHashMap<>();
        if (properties.get(KEYS) instanceof String[] keys) {
            for (String key : keys) {
                raw.put(key, String.valueOf(properties.get(key)));
            }
        }
        return new Instance(
                text(properties, NAME).orElse(""),
                text(properties, FILE).orElse(""),
                new Settings(raw),
                text(properties, BROKEN));
    }

    /** What is wrong with the instance, ready to be shown; empty when nothing is. */
    public Optional<String> invalid() {
        if (broken.isPresent()) {
            return broken.map(reason -> file + " " + reason);
        }
        if (!Texts.isName(name)) {
            return Optional.of(new Problem("name", name, Texts.NAME_EXPECTED).toString());
        }
        List<Problem> problems = settings.problems();
        return problems.isEmpty() ? Optional.empty() : Optional.of(join(problems));
    }

    private static String join(List<Problem> problems) {
        return String.join("; ", problems.stream().map(Problem::toString).toList());
    }

    private static Optional<String> text(Map<String, Object> properties, String key) {
        return Optional.ofNullable(properties.get(key)).map(Object::toString);
    }
}
