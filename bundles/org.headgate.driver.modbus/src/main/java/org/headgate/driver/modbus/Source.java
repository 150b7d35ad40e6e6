package org.headgate.driver.modbus;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a value is in a unit: {@code holding/100}, counted from 0 as the protocol does, or {@code 40101}, counted from 1 behind the table's digit as data sheets do.
 *
 * @param table the table
 * @param address from 0 to 65535
 */
record Source(Table table, int address) {
    /** What a source looks like, for messages. */
    static final String EXPECTED = "coil/3, discrete/3, input/100 or holding/100 (counted from 0), or 40101 (from 1)";

    /** One behind the last address. */
    static final int END = 65_536;

    private static final Pattern WORD = Pattern.compile("([a-z]+)/(?:0x([0-9A-Fa-f]{1,4})|([0-9]{1,5}))");
    private static final Pattern NUMBER = Pattern.compile("([0134])([0-9]{4,5})");
    private static final int FIVE_DIGITS = 9999;

    /** Reads a source; empty where it is none. */
    static Optional<Source> parse(String text) {
        Matcher number = NUMBER.matcher(text);
        if (number.matches()) {
            Table table = Table.ofDigit(Integer.parseInt(number.group(1))).orElseThrow();
            return of(table, Integer.parseInt(number.group(2)) - 1);
        }
        Matcher word = WORD.matcher(text);
        if (!word.matches()) {
            return Optional.empty();
        }
        int address = word.group(2) == null ? Integer.parseInt(word.group(3)) : Integer.parseInt(word.group(2), 16);
        return Table.ofWord(word.group(1)).flatMap(table -> of(table, address));
    }

    private static Optional<Source> of(Table table, int address) {
        return address < 0 || address >= END ? Optional.empty() : Optional.of(new Source(table, address));
    }

    /** As data sheets write it: {@code 40101}; with six digits where five are not enough. */
    String number() {
        int from1 = address + 1;
        return table.digit() + String.format(from1 > FIVE_DIGITS ? "%05d" : "%04d", from1);
    }

    /** Both ways: {@code holding/100 (40101)}. */
    @Override
    public String toString() {
        return table.word() + "/" + address + " (" + number() + ")";
    }
}
