package org.headgate.registers;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where bytes of a device are, as a channel's source says it: {@code 0x02} or {@code 2}, {@code 0x0102/16} for a chip with 16-bit register numbers,
 * {@code direct} for a chip without registers, {@code exchange/9f0000} for bytes that are sent while the answer comes back.
 *
 * @param kind how the bytes are asked for
 * @param bits how many bits the number has: 8 or 16, of an exchange 8 for each byte that is sent, 0 without a number
 * @param number the register's number; of an exchange the bytes that are sent, the first in the highest place
 */
public record Register(Kind kind, int bits, long number) {
    /** How bytes are asked for. */
    public enum Kind {
        /** By the register's number. */
        NUMBERED,
        /** By nothing: the device has but one thing to say. */
        DIRECT,
        /** By bytes of any meaning. */
        EXCHANGE
    }

    /** What a source looks like, for messages. */
    public static final String EXPECTED = "a register such as 0x02, 0x0102/16 or direct";

    private static final Pattern NUMBERED = Pattern.compile("(?:0x([0-9a-f]{1,4})|([0-9]{1,5}))(?:/(8|16))?");
    private static final Pattern EXCHANGE = Pattern.compile("exchange/((?:[0-9a-f]{2}){1,8})");
    private static final String DIRECT = "direct";
    private static final int BYTE = 8;

    /** Reads a source; empty where it is none. */
    public static Optional<Register> parse(String source) {
        String lower = source.toLowerCase(Locale.ROOT);
        if (lower.equals(DIRECT)) {
            return Optional.of(new Register(Kind.DIRECT, 0, 0));
        }
        Matcher exchange = EXCHANGE.matcher(lower);
        if (exchange.matches()) {
            String hex = exchange.group(1);
            return Optional.of(new Register(Kind.EXCHANGE, hex.length() * 4, Long.parseUnsignedLong(hex, 16)));
        }
        Matcher numbered = NUMBERED.matcher(lower);
        if (!numbered.matches()) {
            return Optional.empty();
        }
        int bits = numbered.group(3) == null ? BYTE : Integer.parseInt(numbered.group(3));
        long number =
                numbered.group(1) == null ? Long.parseLong(numbered.group(2)) : Long.parseLong(numbered.group(1), 16);
        return number >>> bits == 0 ? Optional.of(new Register(Kind.NUMBERED, bits, number)) : Optional.empty();
    }

    /** How many bytes the number has. */
    public int bytes() {
        return bits / BYTE;
    }

    /** Puts the number into bytes, the highest first, as chips want it. */
    public void put(byte[] into, int at) {
        for (int i = 0; i < bytes(); i++) {
            into[at + i] = (byte) (number >>> bits - BYTE * (i + 1));
        }
    }
}
