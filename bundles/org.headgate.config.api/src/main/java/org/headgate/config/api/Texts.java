package org.headgate.config.api;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How people write durations, sizes and names: parsed and printed the same way in files and on the console. */
public final class Texts {
    /** What a duration looks like, for messages. */
    public static final String DURATION_EXPECTED = "a duration such as 500ms, 10s, 5m or 2h";
    /** What a size looks like, for messages. */
    public static final String BYTES_EXPECTED = "a size such as 4096, 64KiB or 32MiB";
    /** What the name of a device, rule or uplink looks like, for messages. */
    public static final String NAME_EXPECTED = "a-z first, then a-z, 0-9, _ or -, 63 characters at most";

    /** What is longer is no mistyped word, and comparing it would cost its length squared. */
    private static final int LONGEST_WORD = 100;

    private static final String ANY_NAME = ".NAME";
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,62}");
    private static final Pattern DURATION = Pattern.compile("(\\d{1,12})\\s*(ms|s|m|h|d)");
    private static final Pattern BYTES = Pattern.compile("(\\d{1,12})\\s*(B|KiB|MiB|GiB|kB|KB|MB|GB)?");

    private Texts() {}

    /** Whether a text may be the name of a device, rule or uplink. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** Parses {@code 500ms 10s 5m 2h 7d}. */
    public static Optional<Duration> duration(String text) {
        Matcher parts = DURATION.matcher(text.strip());
        if (!parts.matches()) {
            return Optional.empty();
        }
        long count = Long.parseLong(parts.group(1));
        return Optional.of(
                switch (parts.group(2)) {
                    case "ms" -> Duration.ofMillis(count);
                    case "s" -> Duration.ofSeconds(count);
                    case "m" -> Duration.ofMinutes(count);
                    case "h" -> Duration.ofHours(count);
                    default -> Duration.ofDays(count);
                });
    }

    /** Parses {@code 512 64KiB 32MiB 1GiB 50MB} into bytes. */
    public static Optional<Long> bytes(String text) {
        Matcher parts = BYTES.matcher(text.strip());
        if (!parts.matches()) {
            return Optional.empty();
        }
        long factor = switch (parts.group(2) == null ? "B" : parts.group(2)) {
            case "KiB" -> 1L << 10;
            case "MiB" -> 1L << 20;
            case "GiB" -> 1L << 30;
            case "kB", "KB" -> 1_000L;
            case "MB" -> 1_000_000L;
            case "GB" -> 1_000_000_000L;
            default -> 1L;
        };
        return Optional.of(Math.multiplyExact(Long.parseLong(parts.group(1)), factor));
    }

    /** Parses a whole number. */
    public static Optional<Long> number(String text) {
        try {
            return Optional.of(Long.parseLong(text.strip()));
        } catch (NumberFormatException notOne) {
            return Optional.empty();
        }
    }

    /** Parses {@code true false on off yes no}. */
    public static Optional<Boolean> flag(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true", "on", "yes" -> Optional.of(true);
            case "false", "off", "no" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    /** Splits at commas and strips blanks; empty parts are left out. */
    public static List<String> list(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    /** Prints a duration as it would be written: {@code 1500ms}, {@code 10s}, {@code 5m}. */
    public static String print(Duration duration) {
        long millis = duration.toMillis();
        if (millis == 0 || millis % 1000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1000;
        if (seconds % 86_400 == 0) {
            return seconds / 86_400 + "d";
        }
        if (seconds % 3600 == 0) {
            return seconds / 3600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }

    /** The known word that a mistyped one probably means: at most two edits away, one where it has less than six letters. */
    public static Optional<String> nearest(String word, Collection<String> known) {
        if (word.length() > LONGEST_WORD) {
            return Optional.empty();
        }
        String best = null;
        int least = Math.max(1, Math.min(2, word.length() / 3)) + 1;
        for (String candidate : known) {
            if (Math.abs(candidate.length() - word.length()) >= least) {
                continue;
            }
            int distance = distance(word, candidate);
            if (distance < least) {
                least = distance;
                best = candidate;
            }
        }
        return Optional.ofNullable(best);
    }

    /**
     * The known key that a mistyped one probably means.
     *
     * @param known keys; one that ends in {@code .NAME} stands for all that begin like it: {@code chanel.flow} is nearest to {@code
     *     channel.NAME}, as {@code channel.flow}
     */
    public static Optional<String> nearestKey(String key, Collection<String> known) {
        String name = key.substring(key.indexOf('.') + 1);
        return nearest(
                key,
                known.stream()
                        .map(one -> one.endsWith(ANY_NAME)
                                ? one.substring(0, one.length() - ANY_NAME.length()) + "." + name
                                : one)
                        .filter(one -> !one.equals(key))
                        .toList());
    }

    /** What to append where a key is refused: {@code ; did you mean poll?}, or nothing where there is no {@link #nearestKey}. */
    public static String meant(String key, Collection<String> known) {
        return nearestKey(key, known)
                .map(nearest -> "; did you mean " + nearest + "?")
                .orElse("");
    }

    /** Levenshtein distance where two letters that changed places are one edit: it is the commonest slip. */
    private static int distance(String a, String b) {
        int[][] rows = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    rows[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                rows[i][j] = Math.min(Math.min(rows[i][j - 1], rows[i - 1][j]) + 1, rows[i - 1][j - 1] + change);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
                }
            }
        }
        return rows[a.length()][b.length()];
    }
}
