package org.headgate.driver.process;

import java.util.ArrayList;
import java.util.List;

/**
 * A command as it is typed, cut into words at blanks. Nothing else of a shell: what stands in {@code '...'} is one word as it is, in {@code
 * "..."} too, but for {@code \"} and {@code \\}; there are no variables, patterns, pipes or redirections.
 */
final class Words {
    private Words() {}

    /**
     * The words of a text.
     *
     * @throws IllegalArgumentException when a quote has no end
     */
    static List<String> split(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean some = false;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                boolean escape = c == '\\'
                        && quote == '"'
                        && i + 1 < text.length()
                        && (text.charAt(i + 1) == '"' || text.charAt(i + 1) == '\\');
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(escape ? text.charAt(++i) : c);
                }
            } else if (c == '"' || c == '\'') {
                quote = c;
                some = true;
            } else if (!Character.isWhitespace(c)) {
                word.append(c);
                some = true;
            } else if (some) {
                words.add(word.toString());
                word.setLength(0);
                some = false;
            }
        }
        if (quote != 0) {
            throw new IllegalArgumentException("a quote without its end");
        }
        if (some) {
            words.add(word.toString());
        }
        return words;
    }
}
