package org.headgate.config.api;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The settings of one instance, read key by key. A wrong value never throws: it is noted as a {@link Problem} and the
 * fallback is used, so that all problems of a file are found at once. A key that nobody has asked for by the time of
 * {@link #problems} is a problem too, with the nearest known key as a suggestion.
 */
public final class Settings {
    private final Map<String, String> raw;
    private final Set<String> asked = new TreeSet<>();
    /** What was asked for by a prefix, as {@code channel.NAME}. */
    private final Set<String> families = new TreeSet<>();

    private final Map<String, String> fallbacks = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    /** Settings from a file's keys and values, in the file's order. */
    public Settings(Map<String, String> raw) {
        this.raw = new LinkedHashMap<>(raw);
    }

    /** The text of a key; empty where the key is missing. */
    public Optional<String> text(String key) {
        asked.add(key);
        return Optional.ofNullable(raw.get(key));
    }

    /** The text of a key that must be there. */
    public String required(String key, String expected) {
        Optional<String> value = text(key).filter(text -> !text.isBlank());
        if (value.isEmpty()) {
            wrong(key, expected);
        }
        return value.orElse("");
    }

    /** A duration such as {@code 500ms 10s 5m 2h 7d}, at least {@code least}. */
    public Duration duration(String key, Duration least, Duration fallback) {
        return parsed(
                key,
                Texts.DURATION_EXPECTED + ", at least " + Texts.print(least),
                fallback,
                text -> Texts.duration(text).filter(value -> value.compareTo(least) >= 0));
    }

    /** A duration in a range, both ends included. */
    public Duration duration(String key, Duration least, Duration most, Duration fallback) {
        return parsed(
                key,
                Texts.DURATION_EXPECTED + ", from " + Texts.print(least) + " to " + Texts.print(most),
                fallback,
                text -> Texts.duration(text)
                        .filter(value -> value.compareTo(least) >= 0 && value.compareTo(most) <= 0));
    }

    /** A size in bytes such as {@code 512 64KiB 32MiB 1GiB}, at least {@code least}. */
    public long bytes(String key, long least, long fallback) {
        return parsed(
                key,
                Texts.BYTES_EXPECTED + ", at least " + least,
                fallback,
                text -> Texts.bytes(text).filter(value -> value >= least));
    }

    /** A whole number in a range, both ends included. */
    public long number(String key, long least, long most, long fallback) {
        return parsed(
                key,
                "a whole number from " + least + " to " + most,
                fallback,
                text -> Texts.number(text).filter(value -> value >= least && value <= most));
    }

    /** {@code true} or {@code false} (also {@code on off yes no}). */
    public boolean flag(String key, boolean fallback) {
        return parsed(key, "true or false", fallback, Texts::flag);
    }

    /** One of some words; the first is the fallback. */
    public String choice(String key, List<String> words) {
        return parsed(
                key,
                "one of " + String.join(", ", words),
                words.get(0),
                text -> Optional.of(text).filter(words::contains));
    }

    /** Words separated by commas; empty where the key is missing. */
    public List<String> list(String key) {
        return text(key).map(Texts::list).orElse(List.of());
    }

    /** All keys that begin with a prefix such as {@code channel.}, without it, in the file's order. */
    public Map<String, String> prefixed(String prefix) {
        Map<String, String> found = new LinkedHashMap<>();
        families.add(prefix + "NAME");
        raw.forEach((key, value) -> {
            if (key.startsWith(prefix) && key.length() > prefix.length()) {
                asked.add(key);
                found.put(key.substring(prefix.length()), value);
            }
        });
        return found;
    }

    /** All keys that nobody has asked for yet: for a driver, which asks for keys of its own. */
    public Map<String, String> rest() {
        Map<String, String> found = new LinkedHashMap<>(raw);
        found.keySet().removeAll(asked);
        asked.addAll(found.keySet());
        return found;
    }

    /**
     * The values that count for the keys that were asked for: those of the file, and what is used for those that it does not
     * have. Keys without a value and without a fallback are left out.
     *
     * @return by key, in the order of the file, those that it does not have behind
     */
    public Map<String, String> effective() {
        Map<String, String> effective = new LinkedHashMap<>(raw);
        effective.keySet().retainAll(asked);
        fallbacks.forEach(effective::putIfAbsent);
        return effective;
    }

    /**
     * The keys that were asked for, whether the file has them or not, in the order of the alphabet; {@code channel.NAME} stands for all
     * that begin like it.
     */
    public Set<String> known() {
        Set<String> known = new TreeSet<>(asked);
        known.addAll(families);
        return Collections.unmodifiableSet(known);
    }

    /** Whether the file has a key. */
    public boolean has(String key) {
        return raw.containsKey(key);
    }

    /** Notes that the value of a key is wrong. */
    public void wrong(String key, String expected) {
        problems.add(new Problem(key, raw.getOrDefault(key, ""), expected));
    }

    /** Everything that is wrong so far, keys that nobody has asked for included. */
    public List<Problem> problems() {
        List<Problem> all = new ArrayList<>(problems);
        for (String key : raw.keySet()) {
            if (!asked.contains(key)) {
                String nearest = Texts.nearestKey(key, known())
                        .map(known -> "did you mean " + known + "?")
                        .orElse("a known key: " + String.join(", ", known()));
                all.add(new Problem(key, raw.get(key), nearest));
            }
        }
        return List.copyOf(all);
    }

    private <T> T parsed(String key, String expected, T fallback, Function<String, Optional<T>> parser) {
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            fallbacks.put(
                    key, fallback instanceof Duration duration ? Texts.print(duration) : String.valueOf(fallback));
            return fallback;
        }
        Optional<T> value = parser.apply(text.get());
        if (value.isEmpty()) {
            wrong(key, expected);
        }
        return value.orElse(fallback);
    }
}
