package org.headgate.features;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headgate.config.api.Texts;
import org.osgi.framework.Version;

/**
 * The wanted drivers, {@code host, simulator, acme@1.1.0}: without a version the distribution's, else the one of that version
 * which was installed from a file.
 *
 * @param versions by the driver's name, in the order of the text; an empty version is the distribution's
 * @param wrong words that make no sense
 */
record Wishes(Map<String, String> versions, List<String> wrong) {
    static final String EXPECTED = "NAME or NAME@VERSION, such as host, acme@1.1.0";

    private static final String NONE_WRITTEN = "host, simulator";

    /** Reads the key's text; a gateway that says nothing has the drivers that need no hardware. */
    static Wishes parse(Optional<String> text) {
        Map<String, String> versions = new LinkedHashMap<>();
        List<String> wrong = new ArrayList<>();
        for (String word : Texts.list(text.orElse(NONE_WRITTEN))) {
            int at = word.indexOf('@');
            String name = at < 0 ? word : word.substring(0, at);
            Optional<String> version = at < 0 ? Optional.of("") : version(word.substring(at + 1));
            if (Texts.isName(name) && version.isPresent()) {
                versions.put(name, version.get());
            } else {
                wrong.add(word);
            }
        }
        return new Wishes(versions, List.copyOf(wrong));
    }

    /** The version of a driver: empty when the driver is not wanted, an empty text when it is the distribution's. */
    Optional<String> of(String driver) {
        return Optional.ofNullable(versions.get(driver));
    }

    /** The same with another version of a driver, or without it; words that make no sense stay, for whoever wrote them. */
    Wishes with(String driver, Optional<String> version) {
        Map<String, String> changed = new LinkedHashMap<>(versions);
        version.ifPresentOrElse(wanted -> changed.put(driver, wanted), () -> changed.remove(driver));
        return new Wishes(changed, wrong);
    }

    /** As it is written. */
    @Override
    public String toString() {
        List<String> words = new ArrayList<>();
        versions.forEach((name, version) -> words.add(version.isEmpty() ? name : name + "@" + version));
        words.addAll(wrong);
        return String.join(", ", words);
    }

    private static Optional<String> version(String text) {
        try {
            return Optional.of(Version.parseVersion(text).toString()).filter(version -> !text.isBlank());
        } catch (IllegalArgumentException notOne) {
            return Optional.empty();
        }
    }
}
