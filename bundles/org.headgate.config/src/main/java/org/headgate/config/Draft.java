package org.headgate.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.headgate.config.api.Change;
import org.headgate.config.api.FileName;
import org.headgate.config.api.SetUp;
import org.headgate.config.api.Texts;
import org.headgate.config.text.SettingsEdit;
import org.headgate.config.text.SettingsText;

/**
 * A change worked out on the files as they are, before anything is written.
 *
 * @param now all files as they are
 * @param after all files as they would be, those that cannot be read left out
 */
record Draft(Snapshot now, SortedMap<String, byte[]> after) {
    /**
     * Works out the edits of a change.
     *
     * @throws IOException with one line for the user when an edit makes no sense
     */
    static Draft of(Snapshot now, Change change) throws IOException {
        SortedMap<String, byte[]> after = new TreeMap<>(now.files());
        for (Map.Entry<String, Change.Edit> edit : change.edits().entrySet()) {
            String file = edit.getKey();
            refuseUnread(file, edit.getValue());
            if (now.unread().contains(file)) {
                throw new IOException(file
                        + ": cannot be read, so it is not changed (expected: a file that the gateway's user may read)");
            }
            Optional<byte[]> bytes =
                    edited(file, Optional.ofNullable(now.files().get(file)), edit.getValue());
            bytes.ifPresentOrElse(some -> after.put(file, some), () -> after.remove(file));
        }
        return new Draft(now, after);
    }

    /** Back to former files; those of which one of both sides knows nothing stay as they are. */
    static Draft back(Snapshot now, StoredRevision wanted) {
        SortedMap<String, byte[]> after = new TreeMap<>(wanted.files());
        after.keySet().removeAll(now.unread());
        for (String file : wanted.unread()) {
            if (now.files().containsKey(file)) {
                after.put(file, now.files().get(file));
            }
        }
        return new Draft(now, after);
    }

    SortedMap<String, byte[]> before() {
        return now.files();
    }

    /** The files that would be different, in the order of their names. */
    List<String> changed() {
        return Stream.concat(before().keySet().stream(), after.keySet().stream())
                .distinct()
                .sorted()
                .filter(file -> !Arrays.equals(before().get(file), after.get(file)))
                .toList();
    }

    /** The check sums of the changed files as they are. */
    SortedMap<String, Optional<Long>> sums() {
        SortedMap<String, Optional<Long>> sums = new TreeMap<>();
        changed().forEach(file -> sums.put(file, sum(before().get(file))));
        return sums;
    }

    /** The check sum of a file; empty where there is none. */
    static Optional<Long> sum(byte[] bytes) {
        if (bytes == null) {
            return Optional.empty();
        }
        CRC32C sum = new CRC32C();
        sum.update(bytes);
        return Optional.of(sum.getValue());
    }

    /** What the change would make wrong in the files that it touches, each on a line with its file. */
    List<String> problems(Validators validators) {
        SetUp was = Validators.setUp(before());
        SetUp would = Validators.setUp(after);
        List<String> problems = new ArrayList<>();
        for (String file : changed()) {
            note(file, validators.problems(file, would), validators.problems(file, was), problems);
        }
        return problems;
    }

    /** What it would make wrong in files that it does not touch. */
    List<String> notes(Validators validators) {
        SetUp was = Validators.setUp(before());
        SetUp would = Validators.setUp(after);
        List<String> changed = changed();
        List<String> notes = new ArrayList<>();
        for (String file : after.keySet()) {
            if (!changed.contains(file)) {
                List<String> problems = validators.problems(file, would);
                if (!problems.isEmpty()) {
                    note(file, problems, validators.problems(file, was), notes);
                }
            }
        }
        return notes;
    }

    private static void note(String file, List<String> now, List<String> then, List<String> into) {
        now.stream()
                .filter(problem -> !then.contains(problem))
                .map(problem -> problem.startsWith("line ") ? file + " " + problem : file + ": " + problem)
                .forEach(into::add);
    }

    private static Optional<byte[]> edited(String file, Optional<byte[]> before, Change.Edit edit) throws IOException {
        if (edit instanceof Change.Edit.Text text) {
            return Optional.of(text.text().getBytes(StandardCharsets.UTF_8));
        }
        boolean makes = edit instanceof Change.Edit.Keys keys
                && keys.values().values().stream().anyMatch(Optional::isPresent);
        if (before.isEmpty() && !makes) {
            throw new IOException(file + ": there is no such file");
        }
        if (edit instanceof Change.Edit.Keys keys) {
            try {
                SettingsText text = SettingsText.parse(before.orElse(new byte[0]));
                return Optional.of(SettingsEdit.keys(text, keys.values()).getBytes(StandardCharsets.UTF_8));
            } catch (IOException refused) {
                throw new IOException(file + " " + refused.getMessage(), refused);
            }
        }
        return Optional.empty();
    }

    /** A file whose name cannot be an instance's can be removed, not made. */
    private static void refuseUnread(String file, Change.Edit edit) throws IOException {
        FileName name = FileName.of(file).orElseThrow(() -> new IOException(FileName.unread(file)));
        if (name.factory() && !name.isNameValid() && !(edit instanceof Change.Edit.Removed)) {
            throw new IOException(name.name() + " cannot be a name (expected: " + Texts.NAME_EXPECTED + ")");
        }
    }
}
