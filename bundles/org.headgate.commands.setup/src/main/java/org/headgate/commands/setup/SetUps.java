package org.headgate.commands.setup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.headgate.config.api.Configurations;
import org.headgate.config.api.Revision;
import org.headgate.config.api.Revisions;
import org.headgate.console.api.UsageException;

/** Set-ups by what somebody calls them: the number of a revision, or {@code now}. Texts by the names of their files. */
final class SetUps {
    static final String NOW = "now";

    private final Configurations configurations;
    private final Revisions revisions;

    SetUps(Configurations configurations, Revisions revisions) {
        this.configurations = configurations;
        this.revisions = revisions;
    }

    /** The files as they are. */
    Map<String, String> now() {
        Map<String, String> files = new TreeMap<>();
        for (String file : configurations.files()) {
            configurations.text(file).ifPresent(text -> files.put(file, text));
        }
        return files;
    }

    /** The files of a set-up. */
    Map<String, String> files(String name) throws IOException, UsageException {
        return name.equals(NOW) ? now() : new TreeMap<>(revisions.files(number(name)));
    }

    /** The number of a revision that is kept. */
    long number(String word) throws UsageException {
        List<Long> kept = numbers();
        return kept.stream()
                .filter(number -> String.valueOf(number).equals(word))
                .findFirst()
                .orElseThrow(() -> new UsageException("no revision " + word + "; "
                        + (kept.isEmpty()
                                ? "there is none yet"
                                : "kept are " + kept.get(kept.size() - 1) + " to " + kept.get(0))
                        + " (gateway:revisions shows them)"));
    }

    /** The numbers of the kept revisions, the newest first. */
    List<Long> numbers() {
        return revisions.list().stream().map(Revision::number).toList();
    }

    /** What is different: {@code + FILE}, {@code ~ FILE} and {@code - FILE}, by the names. */
    static List<String> changes(Map<String, String> before, Map<String, String> after) {
        SortedSet<String> files = new TreeSet<>(before.keySet());
        files.addAll(after.keySet());
        List<String> changes = new ArrayList<>();
        for (String file : files) {
            if (!before.containsKey(file)) {
                changes.add("+ " + file);
            } else if (!after.containsKey(file)) {
                changes.add("- " + file);
            } else if (!before.get(file).equals(after.get(file))) {
                changes.add("~ " + file);
            }
        }
        return changes;
    }

    /** The difference of one file's texts, secrets masked; empty where there is none. */
    static List<String> diff(String before, String after) {
        return LineDiff.of(Masked.lines(before), Masked.lines(after), Masked.shown(before), Masked.shown(after));
    }
}
