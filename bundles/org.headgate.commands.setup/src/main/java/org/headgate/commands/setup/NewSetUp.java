package org.headgate.commands.setup;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headgate.commands.kit.Edits;
import org.headgate.config.api.Applied;
import org.headgate.config.api.Change;
import org.headgate.config.api.Configurations;
import org.headgate.config.api.FileName;
import org.headgate.config.api.Revisions;
import org.headgate.config.api.Texts;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Signature;
import org.headgate.console.api.UsageException;

/** Applies many files at once: says what will change, makes it or names each problem, and waits for the drivers. */
final class NewSetUp {
    private static final String CONFIRM = "confirm=";
    private static final String REPLACE = "--replace";
    private static final Duration LEAST = Duration.ofSeconds(10);
    private static final Duration MOST = Duration.ofHours(24);

    private final Configurations configurations;
    private final Revisions revisions;
    private final SetUps setUps;
    private final Work work;

    NewSetUp(Configurations configurations, Revisions revisions, Work work) {
        this.configurations = configurations;
        this.revisions = revisions;
        this.setUps = new SetUps(configurations, revisions);
        this.work = work;
    }

    /** The options of a command that brings many files. */
    static Signature options(Signature signature) {
        return signature
                .flag(REPLACE, "removes the files that are not among the new ones")
                .json()
                .more(
                        "First every file is judged, with the others as they would be. What is wrong is said, each problem"
                                + " on a line, and nothing changes; else all files change at once, which makes one revision.")
                .more("With confirm=5m (from 10s to 24h) everything goes back by itself unless gateway:confirm comes in"
                        + " time: so a connection that is lost by the change comes back. That holds over a restart.");
    }

    /** What may stand in {@code HOME/files} under the first word. */
    interface Names {
        List<String> find() throws IOException;
    }

    /** The words that may come next: the first one, and what may follow it. */
    static List<String> complete(List<String> before, Names names) {
        if (!before.isEmpty()) {
            return before.size() == 1 ? List.of(CONFIRM + "5m", CONFIRM + "1h") : List.of();
        }
        try {
            return names.find();
        } catch (IOException unreadable) {
            // The command says why.
            return List.of();
        }
    }

    /** The first word, after the others have been judged. */
    static String source(Invocation invocation, String what) throws UsageException {
        within(invocation);
        List<String> words = new ArrayList<>(invocation.words());
        words.removeIf(word -> word.startsWith(CONFIRM));
        if (words.isEmpty()) {
            throw new UsageException("missing " + what);
        }
        if (words.size() > 1) {
            throw new UsageException("unexpected word " + words.get(1) + " (expected: " + CONFIRM + "5m)");
        }
        return words.get(0);
    }

    /**
     * Makes the change that brings these files.
     *
     * @param files the new texts by the names of their files
     * @param problems what is wrong with files that could not even be read
     * @param notes what else the user should know when it was made
     * @return the exit status of the command
     */
    int apply(Invocation invocation, Map<String, String> files, List<String> problems, List<String> notes)
            throws UsageException, InterruptedException {
        Optional<Duration> within = within(invocation);
        Map<String, String> now = setUps.now();
        Map<String, String> wanted = MachineKeys.kept(files, now);
        if (!invocation.flag(REPLACE)) {
            now.forEach(wanted::putIfAbsent);
        } else if (now.containsKey(FileName.GATEWAY)) {
            wanted.putIfAbsent(FileName.GATEWAY, now.get(FileName.GATEWAY));
        }
        List<String> changes = SetUps.changes(now, wanted);
        Change change = change(invocation, changes, wanted);
        if (!problems.isEmpty()) {
            problems.forEach(invocation::fail);
            configurations.problems(change).forEach(invocation::fail);
            return 1;
        }
        if (!invocation.json()) {
            changes.forEach(invocation.out()::println);
        }
        try {
            Applied applied = work.run(
                    invocation,
                    "applying " + changes.size() + " files",
                    () -> within.isPresent() ? revisions.tryOut(change, within.get()) : configurations.change(change));
            return said(invocation, applied, within, notes);
        } catch (IOException refused) {
            return Edits.refused(invocation, refused);
        }
    }

    private int said(Invocation invocation, Applied applied, Optional<Duration> within, List<String> notes)
            throws InterruptedException {
        List<String> missing = work.settle(invocation, applied.files());
        List<String> all = new ArrayList<>(applied.notes());
        all.addAll(notes);
        int count = applied.files().size();
        Edits.said(
                invocation,
                new Applied(applied.revision(), applied.files(), all),
                count + (count == 1 ? " file applied" : " files applied"));
        if (within.isPresent() && !applied.isNothing() && !invocation.json()) {
            invocation
                    .out()
                    .println("it goes back by itself in " + Texts.print(within.get())
                            + " unless you type gateway:confirm");
        }
        missing.forEach(invocation::fail);
        return missing.isEmpty() ? 0 : 1;
    }

    private static Change change(Invocation invocation, List<String> changes, Map<String, String> wanted) {
        Change change = Edits.of(invocation);
        for (String line : changes) {
            String file = line.substring(2);
            if (line.startsWith("-")) {
                change.remove(file);
            } else {
                change.replace(file, wanted.get(file));
            }
        }
        return change;
    }

    private static Optional<Duration> within(Invocation invocation) throws UsageException {
        Optional<String> text = invocation.words().stream()
                .filter(word -> word.startsWith(CONFIRM))
                .findFirst()
                .map(word -> word.substring(CONFIRM.length()));
        Optional<Duration> within = text.flatMap(Texts::duration)
                .filter(value -> value.compareTo(LEAST) >= 0 && value.compareTo(MOST) <= 0);
        if (text.isPresent() && within.isEmpty()) {
            throw new UsageException(CONFIRM + text.get() + " (expected: a duration such as 5m, from 10s to 24h)");
        }
        return within;
    }
}
