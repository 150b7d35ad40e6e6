package org.headgate.config.text;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.headgate.config.text.SettingsText.Entry;

/** Changes single keys in a text and leaves every other byte as it is: comments, order, line endings, spelling. */
public final class SettingsEdit {
    private SettingsEdit() {}

    /**
     * Sets a key, at its place or else at the end.
     *
     * @throws IOException when the file is broken or the value cannot be written in this format
     */
    public static String set(SettingsText file, String key, String value) throws IOException {
        refuseBroken(file);
        refuseKey(key);
        refuseValue(key, value);
        Optional<Entry> there = file.entry(key);
        if (there.isPresent() && there.get().value().equals(value)) {
            return file.text();
        }
        String edited =
                there.isPresent() ? replaced(file.text(), there.get(), value) : appended(file.text(), key, value);
        // Whatever the checks above have missed must not reach the disk.
        if (!SettingsText.parse(edited).entry(key).map(Entry::value).equals(Optional.of(value))) {
            throw new IOException(key + ": cannot be written to a file (expected: one line of plain text)");
        }
        return edited;
    }

    /** Sets some keys and takes others out, in their order; {@code IOException} as {@link #set}. */
    public static String keys(SettingsText file, Map<String, Optional<String>> values) throws IOException {
        SettingsText text = file;
        for (Map.Entry<String, Optional<String>> change : values.entrySet()) {
            String key = change.getKey();
            Optional<String> value = change.getValue();
            text = SettingsText.parse(value.isPresent() ? set(text, key, value.get()) : unset(text, key));
        }
        return text.text();
    }

    /** Takes a key out, with all of its lines; {@code IOException} when the file is broken. */
    public static String unset(SettingsText file, String key) throws IOException {
        refuseBroken(file);
        return file.entry(key)
                .map(entry -> file.text().substring(0, entry.lineStart())
                        + file.text().substring(entry.lineEnd()))
                .orElse(file.text());
    }

    private static String replaced(String text, Entry entry, String value) {
        boolean needsBlank = text.charAt(entry.valueStart() - 1) == '=' && !value.isEmpty();
        String before = text.substring(0, entry.valueStart());
        String after = text.substring(entry.valueEnd());
        // A comment that follows an empty value directly needs its blank.
        boolean comment = after.startsWith("#") && !value.isEmpty();
        return before + (needsBlank ? " " : "") + value + (comment ? " " : "") + after;
    }

    private static String appended(String text, String key, String value) {
        String newline = text.contains("\r\n") ? "\r\n" : "\n";
        boolean open = !text.isEmpty() && !text.endsWith("\n") && !text.equals("\uFEFF");
        return text + (open ? newline : "") + key + " =" + (value.isEmpty() ? "" : " " + value) + newline;
    }

    private static void refuseBroken(SettingsText file) throws IOException {
        if (file.broken().isPresent()) {
            throw new IOException(file.broken().get() + "; correct the file by hand first");
        }
    }

    private static void refuseKey(String key) throws IOException {
        if (key.isEmpty() || key.contains("=") || !key.equals(key.strip()) || hasControl(key)) {
            throw new IOException("'" + key + "' (expected: a key without blanks, = and #)");
        }
        Optional<String> problem = SettingsText.keyProblem(key);
        if (problem.isPresent()) {
            throw new IOException(problem.get());
        }
    }

    private static void refuseValue(String key, String value) throws IOException {
        String expected = null;
        if (value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0) {
            expected = "one line";
        } else if (hasControl(value)) {
            expected = "no control characters";
        } else if (!value.isEmpty()
                && (SettingsText.isBlank(value.charAt(0)) || SettingsText.isBlank(value.charAt(value.length() - 1)))) {
            expected = "no blanks at the beginning and the end";
        } else if (value.endsWith("\\")) {
            expected = "no \\ at the end, where it continues the line";
        } else {
            for (int i = 0; i < value.length() && expected == null; i++) {
                if (SettingsText.isComment(value, i, 0, value.length())) {
                    expected = "no # between blanks, where it begins a comment";
                }
            }
        }
        if (expected != null) {
            throw new IOException(key + ": the value cannot be written to a file (expected: " + expected + ")");
        }
    }

    private static boolean hasControl(String text) {
        return text.chars().anyMatch(c -> c < ' ' && c != '\t');
    }
}
