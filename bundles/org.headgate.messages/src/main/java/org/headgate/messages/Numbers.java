package org.headgate.messages;

import java.util.Locale;

/** Numbers and truth values as people and devices write them. */
final class Numbers {
    private static final int LONGEST = 64;

    private Numbers() {}

    /**
     * The number that a text is, a Long or a Double; its unit may follow ({@code 21.5 °C}).
     *
     * @throws IllegalArgumentException when it is none
     */
    static Number parse(String text) {
        String stripped = text.strip();
        int end = numeral(stripped);
        if (end == 0 || end > LONGEST || !isUnit(stripped, end)) {
            throw new IllegalArgumentException(text);
        }
        String digits = stripped.substring(0, end);
        if (digits.chars().allMatch(c -> c == '+' || c == '-' || c >= '0' && c <= '9')) {
            try {
                return Long.valueOf(digits);
            } catch (NumberFormatException tooLarge) {
                // A double then, as in JSON.
            }
        }
        double real = Double.parseDouble(digits);
        if (!Double.isFinite(real)) {
            throw new IllegalArgumentException(text);
        }
        return real;
    }

    /**
     * The truth value that a word is.
     *
     * @throws IllegalArgumentException when it is none
     */
    static boolean truth(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "1", "on", "true", "yes" -> true;
            case "0", "off", "false", "no" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }

    /** Where the number that a text begins with ends; 0 when it begins with none. */
    private static int numeral(String text) {
        int at = !text.isEmpty() && (text.charAt(0) == '-' || text.charAt(0) == '+') ? 1 : 0;
        int whole = digits(text, at);
        int end = whole;
        if (end < text.length() && text.charAt(end) == '.') {
            end = digits(text, end + 1);
        }
        boolean some = whole > at || end > whole + 1;
        if (!some) {
            return 0;
        }
        if (end < text.length() && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
            int exponent = end + 1;
            if (exponent < text.length() && (text.charAt(exponent) == '-' || text.charAt(exponent) == '+')) {
                exponent++;
            }
            int last = digits(text, exponent);
            if (last > exponent) {
                return last;
            }
        }
        return end;
    }

    private static int digits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }

    /** What may follow a number: in {@code 12,5}, {@code 1 234}, {@code 10:20} or {@code 0x1F} the number goes on, and is another one. */
    private static boolean isUnit(String text, int from) {
        String unit = text.substring(from).strip();
        if (unit.isEmpty()) {
            return true;
        }
        char first = unit.charAt(0);
        boolean apart = Character.isWhitespace(text.charAt(from));
        boolean hexadecimal = !apart && (first == 'x' || first == 'X') && unit.length() > 1;
        return unit.length() <= LONGEST
                && unit.chars().noneMatch(Character::isWhitespace)
                && (Character.isLetter(first) && !hexadecimal
                        || first == '%'
                        || first == '\u00B0'
                        || first == '/' && apart);
    }
}
