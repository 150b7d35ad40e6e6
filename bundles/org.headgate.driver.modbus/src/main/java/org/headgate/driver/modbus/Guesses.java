package org.headgate.driver.modbus;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What registers may mean. Nothing in Modbus says it, so this is what an engineer looks for: two registers that are a number of a usual size in
 * one of the four orders, and hardly ever in another; text; else what is not 0.
 */
final class Guesses {
    /** A float of random bits is in here with one chance in eight. */
    private static final double LEAST = 1e-3;

    private static final double MOST = 1e7;
    private static final int LEAST_TEXT = 3;
    /** Above it a register is more likely a small negative number. */
    private static final int NEGATIVE = 0xF000;

    private Guesses() {}

    /**
     * What registers are taken as.
     *
     * @param from the first register
     * @param count how many
     * @param type as it stands in a channel: {@code float32 order=CDAB}
     * @param value what that is now
     */
    record Guess(int from, int count, String type, String value) {}

    /** Whether these bits are a number that somebody may measure. */
    static boolean isMeasured(float value) {
        return Math.abs(value) >= LEAST && Math.abs(value) < MOST;
    }

    /** Whether 32 bits are a number that somebody may count: neither of the two registers says nothing. */
    static boolean isCounted(int value) {
        int high = value >>> 16;
        return high != 0 && (high < 0x100 || high >= NEGATIVE) && (value & 0xFFFF) != 0;
    }

    /** Most of what is measured is between a hundredth and a hundred thousand; with its bytes changed over it seldom is. */
    private static int weight(float value) {
        return Math.abs(value) >= 0.01 && Math.abs(value) < 1e5 ? 2 : 1;
    }

    /** Two registers as 32 bits. */
    static int number(int first, int second, Order order) {
        long sent = (long) first << 16 | second;
        int number = 0;
        for (int significance = 0; significance < Integer.BYTES; significance++) {
            number = number << 8 | (int) (sent >> 8 * (3 - order.place(significance, Integer.BYTES))) & 0xFF;
        }
        return number;
    }

    private static float number(NavigableMap<Integer, Integer> registers, int first, Order order) {
        return Float.intBitsToFloat(number(registers.get(first), registers.get(first + 1), order));
    }

    /** The order in which most pairs are numbers, where one is better than all others. */
    static Optional<Order> order(NavigableMap<Integer, Integer> registers) {
        int best = 0;
        Optional<Order> order = Optional.empty();
        for (Order each : Order.values()) {
            int found = floats(registers, each).stream()
                    .mapToInt(first -> weight(number(registers, first, each)))
                    .sum();
            if (found > best) {
                order = Optional.of(each);
                best = found;
            } else if (found == best) {
                order = Optional.empty();
            }
        }
        return order;
    }

    /** What the registers of one table are taken as, in their order; those of which nothing is known are left out. */
    static List<Guess> of(NavigableMap<Integer, Integer> registers) {
        List<Guess> guesses = new ArrayList<>(texts(registers));
        NavigableMap<Integer, Integer> numbers = without(registers, guesses);
        order(numbers)
                .ifPresent(order -> floats(numbers, order).forEach(first -> {
                    float value = number(numbers, first, order);
                    String type = order == Order.ABCD ? "float32" : "float32 order=" + order;
                    guesses.add(new Guess(first, 2, type, Float.toString(value)));
                }));
        without(registers, guesses).forEach((register, value) -> {
            if (value >= NEGATIVE) {
                guesses.add(new Guess(register, 1, "int16", Integer.toString((short) (int) value)));
            } else if (value != 0) {
                guesses.add(new Guess(register, 1, "uint16", Integer.toString(value)));
            }
        });
        guesses.sort((one, other) -> Integer.compare(one.from, other.from));
        return guesses;
    }

    /** The first registers of pairs that are numbers, none of which overlap. */
    private static List<Integer> floats(NavigableMap<Integer, Integer> registers, Order order) {
        List<Integer> firsts = new ArrayList<>();
        int free = -1;
        for (int register : registers.keySet()) {
            if (register >= free
                    && registers.containsKey(register + 1)
                    && isMeasured(number(registers, register, order))) {
                firsts.add(register);
                free = register + 2;
            }
        }
        return firsts;
    }

    private static List<Guess> texts(NavigableMap<Integer, Integer> registers) {
        List<Guess> texts = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        int first = 0;
        for (int register : registers.keySet()) {
            int value = registers.get(register);
            if (text.length() > 0 && register != first + text.length() / 2) {
                end(texts, first, text);
            }
            if (isLetter(value >> 8) && isLetter(value & 0xFF)) {
                first = text.length() == 0 ? register : first;
                text.append((char) (value >> 8)).append((char) (value & 0xFF));
            } else {
                end(texts, first, text);
            }
        }
        end(texts, first, text);
        return texts;
    }

    private static void end(List<Guess> texts, int first, StringBuilder text) {
        int count = text.length() / 2;
        if (count >= LEAST_TEXT) {
            texts.add(new Guess(
                    first,
                    count,
                    "string length=" + 2 * count,
                    "\"" + text.toString().strip() + "\""));
        }
        text.setLength(0);
    }

    private static boolean isLetter(int character) {
        return character >= ' ' && character < 0x7F;
    }

    private static NavigableMap<Integer, Integer> without(
            NavigableMap<Integer, Integer> registers, List<Guess> guesses) {
        NavigableMap<Integer, Integer> rest = new TreeMap<>(registers);
        for (Guess guess : guesses) {
            for (int i = 0; i < guess.count; i++) {
                rest.remove(guess.from + i);
            }
        }
        return rest;
    }
}
