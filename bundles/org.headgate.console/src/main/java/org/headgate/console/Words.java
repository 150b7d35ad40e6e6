package org.headgate.console;

import java.util.ArrayList;
import java.util.List;

/** How a typed line falls into words: at blanks; quotes of either kind group; {@code " | "} ends it; nothing else is special. */
final class Words {
    private Words() {}

    /** Where the command ends: at a pipe between blanks outside of quotes, or at a line break. */
    static int end(String line) {
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '\n' || (c == '|' && isBlank(line, i - 1) && isBlank(line, i + 1))) {
                return i;
            }
        }
        return line.length();
    }

    private static boolean isBlank(String line, int index) {
        return index >= 0 && index < line.length() && Character.isWhitespace(line.charAt(index));
    }

    /** Splits into words and takes the grouping quotes away. A quote that is never closed is an ordinary character. */
    static List<String> split(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = null;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (Character.isWhitespace(c)) {
                if (word != null) {
                    words.add(word.toString());
                    word = null;
                }
                continue;
            }
            word = word == null ? new StringBuilder() : word;
            int close = c == '"' || c == '\'' ? line.indexOf(c, i + 1) : -1;
            if (close < 0) {
                word.append(c);
            } else {
                word.append(line, i + 1, close);
                i = close;
            }
        }
        if (word != null) {
            words.add(word.toString());
        }
        return words;
    }

    /** A word as one literal of the shell's own language, which gives it back unchanged. */
    static String quote(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
