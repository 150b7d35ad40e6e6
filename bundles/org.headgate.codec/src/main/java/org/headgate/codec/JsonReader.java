package org.headgate.codec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one JSON text (RFC 8259) into boxed values: {@code Map<String, Object>} in the order of the text, {@code List<Object>}, String,
 * Boolean, Long for whole numbers that fit, Double for all others, and {@code null}. Strict: no comments, no trailing commas, a name
 * once only in an object. Memory is bounded by the text's length, nesting by {@value #DEEPEST} levels.
 */
public final class JsonReader {
    private static final int DEEPEST = 64;
    /** So many characters of a name are in a message. */
    private static final int SHOWN = 40;

    private final String text;
    private int at;
    private int depth;

    private JsonReader(String text) {
        this.text = text;
    }

    /**
     * The value of a text.
     *
     * @return the value; {@code null} for JSON's null
     * @throws IllegalArgumentException when it is not JSON, with what was expected at which column, on one line
     */
    public static Object read(String text) {
        JsonReader reader = new JsonReader(text);
        Object value = reader.value();
        reader.blanks();
        if (reader.at < text.length()) {
            throw reader.wrong("nothing more");
        }
        return value;
    }

    /**
     * The values of a text that has any number of them, one after the other, with blanks or ends of lines between.
     *
     * @throws IllegalArgumentException when one is not JSON, as {@link #read} does
     */
    public static List<Object> readAll(String text) {
        JsonReader reader = new JsonReader(text);
        List<Object> values = new ArrayList<>();
        reader.blanks();
        while (reader.at < text.length()) {
            values.add(reader.value());
            int end = reader.at;
            reader.blanks();
            if (reader.at == end && end < text.length()) {
                throw reader.wrong("a blank or the end");
            }
        }
        return values;
    }

    private Object value() {
        blanks();
        switch (peek()) {
            case '{':
                return object();
            case '[':
                return array();
            case '"':
                return string();
            case 't':
                return word("true", Boolean.TRUE);
            case 'f':
                return word("false", Boolean.FALSE);
            case 'n':
                return word("null", null);
            default:
                return number();
        }
    }

    private Map<String, Object> object() {
        Map<String, Object> members = new LinkedHashMap<>();
        begin();
        if (!skip('}')) {
            do {
                blanks();
                int start = at;
                String name = string();
                expect(':');
                if (members.containsKey(name)) {
                    at = start;
                    throw wrong("another name than " + shown(name));
                }
                members.put(name, value());
            } while (skip(','));
            expect('}');
        }
        depth--;
        return members;
    }

    private List<Object> array() {
        List<Object> values = new ArrayList<>();
        begin();
        if (!skip(']')) {
            do {
                values.add(value());
            } while (skip(','));
            expect(']');
        }
        depth--;
        return values;
    }

    private String string() {
        if (peek() != '"') {
            throw wrong("\"");
        }
        at++;
        StringBuilder value = new StringBuilder();
        for (char c = next(); c != '"'; c = next()) {
            if (c < ' ') {
                at--;
                throw wrong("no control character");
            }
            value.append(c == '\\' ? escaped() : c);
        }
        return value.toString();
    }

    private char escaped() {
        char c = next();
        switch (c) {
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case '"', '\\', '/':
                return c;
            case 'u':
                int code = 0;
                for (int i = 0; i < 4; i++) {
                    int digit = Character.digit(next(), 16);
                    if (digit < 0) {
                        at--;
                        throw wrong("four hexadecimal digits");
                    }
                    code = code << 4 | digit;
                }
                return (char) code;
            default:
                at--;
                throw wrong("an escape such as \\n");
        }
    }

    private Object number() {
        int start = at;
        if (peek() == '-') {
            at++;
        }
        int first = at;
        boolean whole = true;
        digits();
        if (text.charAt(first) == '0' && at > first + 1) {
            at = first + 1;
            throw wrong("no digit after a leading 0");
        }
        if (peek() == '.') {
            whole = false;
            at++;
            digits();
        }
        if (peek() == 'e' || peek() == 'E') {
            whole = false;
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            digits();
        }
        String digits = text.substring(start, at);
        if (whole && digits.length() <= 20) {
            try {
                return Long.valueOf(digits);
            } catch (NumberFormatException tooLarge) {
                // A double then, as every reader does with it.
            }
        }
        return Double.valueOf(digits);
    }

    private void digits() {
        int start = at;
        while (peek() >= '0' && peek() <= '9') {
            at++;
        }
        if (at == start) {
            throw wrong(depth == 0 && start == 0 ? "a JSON value" : "a value");
        }
    }

    private Object word(String word, Object value) {
        if (!text.startsWith(word, at)) {
            throw wrong(word);
        }
        at += word.length();
        return value;
    }

    private void begin() {
        if (++depth > DEEPEST) {
            throw wrong("at most " + DEEPEST + " levels");
        }
        at++;
        blanks();
    }

    private boolean skip(char c) {
        blanks();
        if (peek() != c) {
            return false;
        }
        at++;
        return true;
    }

    private void expect(char c) {
        if (!skip(c)) {
            throw wrong(String.valueOf(c));
        }
    }

    private void blanks() {
        while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r') {
            at++;
        }
    }

    /** The next character; 0 at the end, which no JSON contains outside of an error. */
    private char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    private char next() {
        if (at >= text.length()) {
            throw wrong("\"");
        }
        return text.charAt(at++);
    }

    private IllegalArgumentException wrong(String expected) {
        String found = at < text.length() ? "'" + shown(text.codePointAt(at)) + "'" : "the end";
        return new IllegalArgumentException("column " + (at + 1) + ": " + found + " (expected: " + expected + ")");
    }

    /** Text of strangers, so that it can stand in one line. */
    private static String shown(String name) {
        StringBuilder shown = new StringBuilder();
        name.codePoints().limit(SHOWN).forEach(c -> shown.append(shown(c)));
        return shown + (name.codePointCount(0, name.length()) > SHOWN ? "..." : "");
    }

    /** What would end the line, turn it round or is no character is escaped. */
    private static String shown(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> String.format("\\u%04x", c);
            default -> Character.toString(c);
        };
    }
}
