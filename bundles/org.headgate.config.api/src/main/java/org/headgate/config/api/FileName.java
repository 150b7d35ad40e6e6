package org.headgate.config.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a file's name says: {@code headgate.device-boiler.cfg} is the instance {@code boiler} of the factory PID {@code
 * headgate.device}, {@code headgate.gateway.cfg} the singleton PID {@code headgate.gateway}.
 *
 * @param file the file's name
 * @param pid the PID or factory PID
 * @param name the instance's name; for a singleton its word
 * @param factory whether it is one of several instances
 * @param rank where it stands in the order of loading
 */
public record FileName(String file, String pid, String name, boolean factory, int rank)
        implements Comparable<FileName> {
    /** The file of the gateway itself. */
    public static final String GATEWAY = "headgate.gateway.cfg";

    private static final String PREFIX = "headgate.";
    private static final String SUFFIX = ".cfg";
    /** In the order of loading: the gateway itself, then consumers before producers. */
    private static final List<String> SINGLETONS = List.of("gateway", "broker", "pi4j", "history", "http");

    private static final List<String> KINDS = List.of("uplink", "rule", "table", "profile", "device");
    /** What editors and package managers leave behind. */
    private static final List<String> BACKUPS =
            List.of("~", ".bak", ".tmp", ".swp", ".orig", ".rej", ".dpkg-old", ".dpkg-dist", ".md", ".example");

    /** Understands a file's name; empty when nobody reads such a file. */
    public static Optional<FileName> of(String file) {
        if (!file.startsWith(PREFIX) || !file.endsWith(SUFFIX) || file.length() <= PREFIX.length() + SUFFIX.length()) {
            return Optional.empty();
        }
        String middle = file.substring(PREFIX.length(), file.length() - SUFFIX.length());
        if (SINGLETONS.contains(middle)) {
            return Optional.of(new FileName(file, PREFIX + middle, middle, false, SINGLETONS.indexOf(middle)));
        }
        int dash = middle.indexOf('-');
        String kind = dash < 0 ? "" : middle.substring(0, dash);
        String name = middle.substring(dash + 1);
        if (!KINDS.contains(kind) || name.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new FileName(file, PREFIX + kind, name, true, SINGLETONS.size() + KINDS.indexOf(kind)));
    }

    /** The file of an instance, for example {@code FileName.of("device", "boiler")}; whether its name is valid is not judged. */
    public static FileName of(String kind, String name) {
        return of(PREFIX + kind + "-" + name + SUFFIX)
                .orElseThrow(() -> new IllegalArgumentException(kind + " (expected: one of " + KINDS + ")"));
    }

    /** What it configures: {@code device}, {@code profile}, {@code table}, {@code rule}, {@code uplink}, {@code gateway} or {@code broker}. */
    public String kind() {
        return pid.substring(PREFIX.length());
    }

    /** What to say of a file that nobody reads: on one line, with what may have been meant. */
    public static String unread(String file) {
        return file + ": nobody reads it; "
                + nearest(file)
                        .map(better -> "did you mean " + better + "?")
                        .orElse("expected: headgate." + String.join("|", KINDS) + "-NAME.cfg or headgate."
                                + String.join("|", SINGLETONS) + ".cfg");
    }

    /** Whether a file that nobody reads is no mistake: hidden files and backups. */
    public static boolean isIgnored(String file) {
        return file.startsWith(".") || BACKUPS.stream().anyMatch(file::endsWith);
    }

    /** Whether the instance's name may be used in streams and rules. */
    public boolean isNameValid() {
        return Texts.isName(name);
    }

    /** The PID under which Configuration Admin keeps the instance. */
    public String fullPid() {
        return factory ? pid + "~" + name : pid;
    }

    @Override
    public int compareTo(FileName other) {
        return rank != other.rank ? Integer.compare(rank, other.rank) : file.compareTo(other.file);
    }

    private static Optional<String> nearest(String file) {
        String middle = file.startsWith(PREFIX) ? file.substring(PREFIX.length()) : file;
        int dot = middle.lastIndexOf('.');
        middle = dot > 0 ? middle.substring(0, dot) : middle;
        List<String> known = new ArrayList<>(SINGLETONS);
        for (int i = 1; i < middle.length() - 1; i++) {
            char separator = middle.charAt(i);
            if (separator == '-' || separator == '_' || separator == '.' || separator == '~') {
                String kind = middle.substring(0, i);
                Optional<String> better = KINDS.contains(kind) ? Optional.of(kind) : Texts.nearest(kind, KINDS);
                String rest = middle.substring(i + 1);
                return better.map(word -> PREFIX + word + "-" + rest + SUFFIX).filter(name -> !name.equals(file));
            }
        }
        return (known.contains(middle) ? Optional.of(middle) : Texts.nearest(middle, known))
                .map(word -> PREFIX + word + SUFFIX);
    }
}
