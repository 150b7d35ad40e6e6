package org.headgate.config.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A change of the set-up: edits of files in {@code HOME/etc} that are made together or not at all. Built step by step;
 * not thread-safe while it is.
 */
public final class Change {
    /** What is to be done with one file. */
    public sealed interface Edit {
        /** Single keys get a new value, or are taken out; comments and order stay. The file is made where there is none. */
        record Keys(Map<String, Optional<String>> values) implements Edit {
            /** The order counts: new keys are appended in it. */
            public Keys {
                values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
            }
        }

        /** The whole text is another one. The file is made where there is none. */
        record Text(String text) implements Edit {}

        /** The file is deleted, and with it its instance. */
        record Removed() implements Edit {}
    }

    private final String by;
    private final String what;
    private final Map<String, Edit> edits = new LinkedHashMap<>();

    private Change(String by, String what) {
        this.by = by;
        this.what = what;
    }

    /**
     * A change of nothing yet.
     *
     * @param by who makes it, for the list of revisions: a user's name, or a part of the gateway
     * @param what what was typed or asked for, on one line; holds no secret
     */
    public static Change by(String by, String what) {
        return new Change(by, what);
    }

    /** Gives a key another value. */
    public Change set(String file, String key, String value) {
        return keys(file, Map.of(key, Optional.of(value)));
    }

    /** Takes a key out. */
    public Change unset(String file, String key) {
        return keys(file, Map.of(key, Optional.empty()));
    }

    /** Gives keys other values; empty takes a key out. Comes on top of former edits of keys in the same file. */
    public Change keys(String file, Map<String, Optional<String>> values) {
        Map<String, Optional<String>> all = new LinkedHashMap<>();
        if (edits.get(file) instanceof Edit.Keys before) {
            all.putAll(before.values());
        }
        all.putAll(values);
        edits.put(file, new Edit.Keys(all));
        return this;
    }

    /** Replaces the whole text of a file. */
    public Change replace(String file, String text) {
        edits.put(file, new Edit.Text(text));
        return this;
    }

    /** Deletes a file. */
    public Change remove(String file) {
        edits.put(file, new Edit.Removed());
        return this;
    }

    /** Who makes it. */
    public String by() {
        return by;
    }

    /** What was typed or asked for. */
    public String what() {
        return what;
    }

    /** The edits by the names of their files, in the order in which they were asked for. */
    public Map<String, Edit> edits() {
        return Collections.unmodifiableMap(edits);
    }
}
