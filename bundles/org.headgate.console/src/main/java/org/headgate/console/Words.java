package org.headgate.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
        return split(line, Integer.MAX_VALUE, List.of());
    }

    /**
     * Splits likewise, but what follows some words is one word with its quotes and blanks.
     *
     * @param count how many words are split off; flags before them do not count
     * @param flags what is split off from the end of the rest, too
     */
    static List<String> split(String line, int count, List<String> flags) {
        List<String> words = new ArrayList<>();
        StringBuilder word = null;
        int left = count;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (Character.isWhitespace(c)) {
                if (word != null) {
                    words.add(word.toString());
                    word = null;
                }
                continue;
            }
            if (word == null) {
                boolean flag = startsWithFlag(line.substring(i), flags);
                if (left == 0 && !flag) {
                    rest(line.substring(i).strip(), flags, words);
                    return words;
                }
                word = new StringBuilder();
                left -= flag ? 0 : 1;
            }
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

    private static boolean startsWithFlag(String line, List<String> flags) {
        return flags.stream().anyMatch(flag -> line.equals(flag) || line.startsWith(flag + " "));
    }

    /** Adds the rest as one word, and the flags behind it as words of their own. */
    private static void rest(String line, List<String> flags, List<String> words) {
        Optional<String> last =
                flags.stream().filter(flag -> line.endsWith(" " + flag)).findFirst();
        if (last.isPresent()) {
            rest(line.substring(0, line.length() - last.get().length()).strip(), flags, words);
            words.add(last.get());
        } else {
            words.add(line);
        }
    }

    /** A word as one literal of the shell's own language, which gives it back unchanged. */
    static String quote(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
