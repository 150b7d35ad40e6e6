package org.headgate.messages;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON pointer (RFC 6901): {@code /a/0/b}, with {@code ~1} for a slash and {@code ~0} for a tilde inside of a name. Because a channel's
 * text has no blanks, {@code ~s} stands for one: the RFC leaves it undefined.
 */
record Pointer(List<String> tokens) {
    private static final int MOST_DIGITS = 9;

    /** The pointer of a text that begins with a slash; empty when it is none. */
    static Optional<Pointer> parse(String text) {
        if (!text.startsWith("/") || !text.matches("([^~]|~[01s])*")) {
            return Optional.empty();
        }
        return Optional.of(new Pointer(List.of(text.substring(1).split("/", -1)).stream()
                .map(token -> token.replace("~s", " ").replace("~1", "/").replace("~0", "~"))
                .toList()));
    }

    /** Whether its first step goes into an array. */
    boolean beginsWithIndex() {
        return index(tokens.get(0)) >= 0;
    }

    /** What it leads to; {@code null} when there is nothing. */
    Object in(Object root) {
        Object here = root;
        for (int i = 0; i < tokens.size() && here != null; i++) {
            String token = tokens.get(i);
            if (here instanceof Map<?, ?> members) {
                here = members.get(token);
            } else if (here instanceof List<?> elements) {
                int index = index(token);
                here = index >= 0 && index < elements.size() ? elements.get(index) : null;
            } else {
                here = null;
            }
        }
        return here;
    }

    /** RFC 6901, 4: digits without a leading zero. */
    private static int index(String token) {
        if (token.isEmpty() || token.length() > MOST_DIGITS || token.length() > 1 && token.charAt(0) == '0') {
            return -1;
        }
        return token.chars().allMatch(c -> c >= '0' && c <= '9') ? Integer.parseInt(token) : -1;
    }
}
