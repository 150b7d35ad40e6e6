package org.headgate.driver.modbus;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.headgate.device.api.Readings;
import org.headgate.registers.Field;

/** How a value lies in neighbouring registers. Reading numbers allocates nothing. Used by one thread at a time. */
final class Coding {
    /** What the registers hold. */
    enum Kind {
        /** Bits of a number. */
        NUMBER,
        /** A decimal digit in each four bits. */
        BCD,
        /** Text, filled up with zeros or blanks. */
        TEXT,
        /** Bytes as they are. */
        BYTES
    }

    private final Kind kind;
    private final Order order;
    private final Field field;
    private final byte[] ordered;

    /**
     * A coding.
     *
     * @param field the bits of a number, or else all bytes, as if the highest came first
     */
    Coding(Kind kind, Order order, Field field) {
        this.kind = kind;
        this.order = order;
        this.field = field;
        this.ordered = new byte[(field.size() + 1) / 2 * 2];
    }

    /** How many registers it takes. */
    int registers() {
        return ordered.length / 2;
    }

    /** Whether other bits of the register are not the value's: they have to be kept when it is written. */
    boolean isPart() {
        return field.isPart();
    }

    /** Hands on the value that the bytes from a place on hold. */
    void read(byte[] from, int at, int index, Readings into) {
        if (order == Order.ABCD && kind == Kind.NUMBER) {
            field.read(from, at, index, into);
            return;
        }
        for (int i = 0; i < ordered.length; i++) {
            ordered[i] = from[at + order.place(i, ordered.length)];
        }
        switch (kind) {
            case NUMBER, BYTES -> field.read(ordered, 0, index, into);
            case TEXT -> into.set(index, (Object) text());
            case BCD -> decimal(index, into);
        }
    }

    private String text() {
        int end = 0;
        while (end < field.size() && ordered[end] != 0) {
            end++;
        }
        return new String(ordered, 0, end, StandardCharsets.UTF_8).stripTrailing();
    }

    private void decimal(int index, Readings into) {
        long value = 0;
        for (byte pair : ordered) {
            int high = pair >> 4 & 0xF;
            int low = pair & 0xF;
            if (high > 9 || low > 9) {
                into.bad(index, String.format("no decimal digits (BCD): %02x in %s", pair, hex()));
                return;
            }
            value = value * 100 + high * 10 + low;
        }
        into.set(index, value);
    }

    private String hex() {
        StringBuilder hex = new StringBuilder();
        for (byte one : ordered) {
            hex.append(String.format("%02x", one));
        }
        return hex.toString();
    }

    /**
     * Puts a value into registers, and leaves the bits alone that are not its own.
     *
     * @param registers as they are in the unit; as many as there are
     * @throws IOException when it does not fit, with one line for the user
     */
    void put(Object value, byte[] registers) throws IOException {
        for (int i = 0; i < ordered.length; i++) {
            ordered[i] = registers[order.place(i, ordered.length)];
        }
        switch (kind) {
            case NUMBER, BYTES -> field.put(value, ordered, 0);
            case TEXT -> put(value.toString());
            case BCD -> put(whole((Number) value));
        }
        for (int i = 0; i < ordered.length; i++) {
            registers[order.place(i, ordered.length)] = ordered[i];
        }
    }

    private void put(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > field.size()) {
            throw new IOException(bytes.length + " bytes of text do not fit (expected: " + field.size() + " at most)");
        }
        Arrays.fill(ordered, (byte) 0);
        System.arraycopy(bytes, 0, ordered, 0, bytes.length);
    }

    private void put(long digits) throws IOException {
        long most = ordered.length == 2 ? 9_999 : 99_999_999;
        if (digits < 0 || digits > most) {
            throw new IOException(digits + " does not fit (expected: 0 to " + most + ")");
        }
        long left = digits;
        for (int i = ordered.length - 1; i >= 0; i--) {
            ordered[i] = (byte) (left % 10 | left / 10 % 10 << 4);
            left /= 100;
        }
    }

    private static long whole(Number value) {
        return value instanceof Long exact ? exact : Math.round(value.doubleValue());
    }
}
