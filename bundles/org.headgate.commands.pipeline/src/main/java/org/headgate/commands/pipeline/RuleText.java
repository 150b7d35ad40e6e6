package org.headgate.commands.pipeline;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of a rule among the words of a command: one word with its quotes, or several that a program has split. */
final class RuleText {
    /** Whatever may hold {@code --}, as the rules' lexer reads it, and comments to the ends of their lines. */
    private static final Pattern OPAQUE = Pattern.compile("'[^'\\\\\r\n]*+(?:\\\\[^\r\n][^'\\\\\r\n]*+)*+'"
            + "|\"[^\"\\\\\r\n]*+(?:\\\\[^\r\n][^\"\\\\\r\n]*+)*+\""
            + "|`[^`\r\n]++`"
            + "|(?s:/\\*.*?\\*/)"
            + "|(?:--[^\r\n]*+\\s*+)++");

    private RuleText() {}

    /** Whether a comment would hide what follows it, when all lines of a text stand on one. */
    static boolean hides(String text) {
        String stripped = text.strip();
        for (Matcher part = OPAQUE.matcher(stripped); part.find(); ) {
            if (part.group().startsWith("--") && part.end() < stripped.length()) {
                return true;
            }
        }
        return false;
    }

    /** The words from an index on, as one text; quotes around the whole of it are taken off. */
    static String of(List<String> words, int from) {
        return unquoted(String.join(" ", words.subList(Math.min(from, words.size()), words.size())));
    }

    /** Without quotes, where they stand around the whole of the text: no rule begins with one. */
    static String unquoted(String text) {
        String stripped = text.strip();
        char first = stripped.isEmpty() ? ' ' : stripped.charAt(0);
        boolean quoted = (first == '"' || first == '\'')
                && stripped.length() > 1
                && stripped.charAt(stripped.length() - 1) == first;
        return quoted ? stripped.substring(1, stripped.length() - 1).strip() : stripped;
    }
}
