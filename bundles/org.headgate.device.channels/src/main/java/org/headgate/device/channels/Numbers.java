package org.headgate.device.channels;

import java.util.Optional;
import java.util.regex.Pattern;

/** Numbers as people write them in files and on the console. */
final class Numbers {
    /** Stricter than Java's own syntax, in which {@code 1d} and {@code NaN} are numbers too. */
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,4})?");

    private Numbers() {}

    /** A finite number with a decimal point. */
    static Optional<Double> number(String text) {
        String stripped = text.strip();
        return NUMBER.matcher(stripped).matches()
                ? Optional.of(Double.parseDouble(stripped)).filter(Double::isFinite)
                : Optional.empty();
    }

    /** Bits: {@code 0x0F00}, {@code 0b1100} or a decimal number; not 0, at most 64 of them. */
    static Optional<Long> bits(String text) {
        String digits = text.replace("_", "");
        try {
            long bits;
            if (digits.startsWith("0x") || digits.startsWith("0X")) {
                bits = Long.parseUnsignedLong(digits.substring(2), 16);
            } else if (digits.startsWith("0b") || digits.startsWith("0B")) {
                bits = Long.parseUnsignedLong(digits.substring(2), 2);
            } else {
                bits = Long.parseLong(digits);
            }
            return bits == 0 ? Optional.empty() : Optional.of(bits);
        } catch (NumberFormatException notOne) {
            return Optional.empty();
        }
    }

    /** The shortest text that {@link #number} reads as the same number: {@code 40}, not {@code 40.0}. */
    static String print(double value) {
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
        return whole ? Long.toString((long) value) : Double.toString(value);
    }
}
