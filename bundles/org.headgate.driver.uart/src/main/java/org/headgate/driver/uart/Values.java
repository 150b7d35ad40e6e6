package org.headgate.driver.uart;

import java.nio.charset.Charset;
import java.util.Locale;
import org.headgate.data.api.Type;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Readings;

/** Text and bytes to values. {@code order=} and the type's word say how bytes are a number. */
final class Values {
    private static final int SHOWN = 40;

    private Values() {}

    /** A piece of text: a number may be followed by its unit ({@code +1.25 kg}). */
    static void text(Channel channel, String text, Charset charset, int index, Readings into) {
        String stripped = text.strip();
        try {
            switch (channel.type()) {
                case STRING -> into.set(index, (Object) text);
                case BYTES -> into.set(index, (Object) text.getBytes(charset));
                case BOOLEAN -> into.set(index, truth(stripped));
                case LONG -> number(stripped, index, into);
                default -> into.set(index, real(leading(stripped)));
            }
        } catch (IllegalArgumentException none) {
            String what = channel.type() == Type.BOOLEAN ? "no truth value: " : "no number: ";
            into.bad(index, stripped.isEmpty() ? "empty" : what + printable(stripped));
        }
    }

    /** Text of strangers, so that it can stand in one line. */
    static String printable(String text) {
        String plain = text.replaceAll("[^\\x20-\\x7E]", "?");
        return plain.length() > SHOWN ? plain.substring(0, SHOWN) + "..." : plain;
    }

    private static void number(String text, int index, Readings into) {
        String digits = leading(text);
        if (digits.chars().allMatch(c -> c == '+' || c == '-' || c >= '0' && c <= '9')) {
            into.set(index, Long.parseLong(digits));
        } else {
            double real = real(digits);
            // Math.round would answer with the nearest end.
            if (Math.abs(real) >= 0x1p63) {
                throw new IllegalArgumentException(text);
            }
            into.set(index, Math.round(real));
        }
    }

    private static double real(String digits) {
        double real = Double.parseDouble(digits);
        if (!Double.isFinite(real)) {
            throw new IllegalArgumentException(digits);
        }
        return real;
    }

    /** The number that a text begins with; blanks may follow its sign, as scales print it. */
    private static String leading(String text) {
        int end = 0;
        boolean digits = false;
        while (end < text.length()) {
            char c = text.charAt(end);
            char before = end == 0 ? ' ' : text.charAt(end - 1);
            boolean exponent = (c == 'e' || c == 'E') && digits && isExponent(text, end + 1);
            boolean sign = (c == '+' || c == '-') && (end == 0 || before == 'e' || before == 'E');
            boolean blank = c == ' ' && !digits && end > 0;
            if (c < '0' && !sign && !blank && c != '.' || c > '9' && !exponent) {
                break;
            }
            digits |= c >= '0' && c <= '9';
            end++;
        }
        if (!isUnit(text.substring(end))) {
            throw new IllegalArgumentException(text);
        }
        return text.substring(0, end).replace(" ", "");
    }

    /** What may follow a number: in {@code 12,5}, {@code 1,234.5}, {@code 1 234} or {@code 0x1F} the number goes on, and is another one. */
    private static boolean isUnit(String rest) {
        String unit = rest.strip();
        if (unit.isEmpty()) {
            return true;
        }
        char first = unit.charAt(0);
        if (unit.length() < rest.length()) {
            return !Character.isDigit(first);
        }
        boolean hexadecimal = (first == 'x' || first == 'X') && unit.length() > 1;
        return Character.isLetter(first) && !hexadecimal || first == '%' || first == '\u00B0';
    }

    private static boolean isExponent(String text, int from) {
        int digit = from < text.length() && (text.charAt(from) == '-' || text.charAt(from) == '+') ? from + 1 : from;
        return digit < text.length() && Character.isDigit(text.charAt(digit));
    }

    private static boolean truth(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "1", "on", "true", "yes" -> true;
            case "0", "off", "false", "no" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }
}
