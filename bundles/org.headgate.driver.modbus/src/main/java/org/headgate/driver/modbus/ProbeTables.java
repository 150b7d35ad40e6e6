package org.headgate.driver.modbus;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Optional;
import org.headgate.console.api.Table;

/** The registers of a unit in every way in which they may be meant; an asterisk marks what looks like a value. Zeros are left out. */
final class ProbeTables {
    private static final String MARK = "*";
    private static final int DIGITS = 6;

    private final ProbedUnit unit;

    ProbeTables(ProbedUnit unit) {
        this.unit = unit;
    }

    void print(PrintStream out) {
        unit.tables().forEach((table, registers) -> {
            if (registers.values().stream().anyMatch(value -> value != 0)) {
                out.println();
                print(out, org.headgate.driver.modbus.Table.ofWord(table).orElseThrow(), registers);
            }
        });
        out.println();
    }

    private static void print(
            PrintStream out, org.headgate.driver.modbus.Table table, NavigableMap<Integer, Integer> registers) {
        Table whole = new Table("REGISTER", "NUMBER", "INT16>", "UINT16>", "INT32 ABCD>", "CDAB>", "BADC>", "DCBA>");
        Table floats = new Table("REGISTER", "FLOAT32 ABCD>", "CDAB>", "BADC>", "DCBA>", "TAKEN AS");
        List<Guesses.Guess> guesses = Guesses.of(registers);
        registers.forEach((register, value) -> {
            Optional<Integer> next = Optional.ofNullable(registers.get(register + 1));
            Optional<Guesses.Guess> guess =
                    guesses.stream().filter(one -> one.from() == register).findFirst();
            if (value != 0 || guess.isPresent()) {
                Source source = new Source(table, register);
                List<Object> cells = new ArrayList<>(List.of(
                        table.word() + "/" + register,
                        source.number(),
                        (short) (int) value
                                + (guess.filter(one -> one.type().equals("int16"))
                                                .isPresent()
                                        ? MARK
                                        : ""),
                        value
                                + (guess.filter(one -> one.type().equals("uint16"))
                                                .isPresent()
                                        ? MARK
                                        : "")));
                List<Object> others = new ArrayList<>(List.of(table.word() + "/" + register));
                for (Order order : Order.values()) {
                    cells.add(next.map(second -> whole(Guesses.number(value, second, order)))
                            .orElse("-"));
                    others.add(next.map(second -> Guesses.number(value, second, order))
                            .map(bits -> measured(Float.intBitsToFloat(bits)))
                            .orElse("-"));
                }
                others.add(guess.map(one -> one.type() + ": " + one.value()).orElse(""));
                whole.row(cells.toArray());
                floats.row(others.toArray());
            }
        });
        whole.print(out);
        out.println();
        floats.print(out);
    }

    private static String whole(int value) {
        return value + (Guesses.isCounted(value) ? MARK : "");
    }

    private static String measured(float value) {
        return Guesses.isMeasured(value) ? shortened(value) + MARK : String.format(Locale.ROOT, "%.1e", value);
    }

    private static String shortened(float value) {
        String text = Float.toString(value);
        return text.length() <= DIGITS + 2 ? text : String.format(Locale.ROOT, "%." + DIGITS + "g", value);
    }
}
