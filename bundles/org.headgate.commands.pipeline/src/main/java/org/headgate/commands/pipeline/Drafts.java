package org.headgate.commands.pipeline;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Texts that somebody has typed and that were not written: a mistake, a lost connection or somebody else's change must not cost the work.
 * They are in memory only, the newest few of them, each for the user who typed it. Used by the threads of sessions.
 */
final class Drafts {
    private static final int MOST = 32;

    private final Map<Key, String> texts = new LinkedHashMap<>();

    private record Key(String user, String name) {}

    /** What a user has left of a rule. */
    synchronized Optional<String> of(String user, String name) {
        return Optional.ofNullable(texts.get(new Key(user, name)));
    }

    /** Keeps a text in place of the one before. */
    synchronized void keep(String user, String name, String text) {
        Key key = new Key(user, name);
        texts.remove(key);
        texts.put(key, text);
        if (texts.size() > MOST) {
            texts.remove(texts.keySet().iterator().next());
        }
    }

    /** Forgets a text that was written. */
    synchronized void drop(String user, String name) {
        texts.remove(new Key(user, name));
    }
}
