package org.headgate.rule.library;

/** The text of a regular expression while it is being read, by characters of Unicode. */
final class RegexText {
    private final String text;
    private int at;

    RegexText(String text) {
        this.text = text;
    }

    boolean isEnd() {
        return at >= text.length();
    }

    /** The next character; 0 at the end. */
    int peek() {
        return isEnd() ? 0 : text.codePointAt(at);
    }

    int next() {
        if (isEnd()) {
            throw wrong("more");
        }
        int c = text.codePointAt(at);
        at += Character.charCount(c);
        return c;
    }

    boolean skip(String wanted) {
        if (!text.startsWith(wanted, at)) {
            return false;
        }
        at += wanted.length();
        return true;
    }

    void expect(String wanted) {
        if (!skip(wanted)) {
            throw wrong(wanted);
        }
    }

    /** What stands before a character, which is skipped. */
    String until(char end) {
        int index = text.indexOf(end, at);
        if (index < 0) {
            throw wrong(String.valueOf(end));
        }
        String before = text.substring(at, index);
        at = index + 1;
        return before;
    }

    /** Whether {@code {2}}, {@code {2,}} or {@code {2,3}} comes; any other brace is an ordinary character. */
    boolean isCount() {
        int i = at + 1;
        if (peek() != '{' || i >= text.length() || !isDigit(text.charAt(i))) {
            return false;
        }
        while (i < text.length() && isDigit(text.charAt(i))) {
            i++;
        }
        if (i < text.length() && text.charAt(i) == ',') {
            i++;
            while (i < text.length() && isDigit(text.charAt(i))) {
                i++;
            }
        }
        return i < text.length() && text.charAt(i) == '}';
    }

    int number(int most) {
        int value = 0;
        while (isDigit(peek())) {
            value = value * 10 + next() - '0';
            if (value > most) {
                throw wrong("at most " + most + " times");
            }
        }
        return value;
    }

    IllegalArgumentException wrong(String expected) {
        return new IllegalArgumentException("expected " + expected + " at character "
                + (text.codePointCount(0, Math.min(at, text.length())) + 1) + " of the regular expression");
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }
}
