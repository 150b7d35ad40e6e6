package org.headgate.rule.engine;

import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Random;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Column;
import org.headgate.data.api.Row;
import org.headgate.data.api.RowBuilder;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.rule.functions.FunctionCatalog;
import org.headgate.rule.language.Inputs;
import org.headgate.rule.language.RuleException;
import org.headgate.rule.language.RuleParser;

/** Plays rows into a rule without bus, timers or OSGi, as a replay does, and writes down what comes out. */
final class Recording {
    static final Schema BOILER = Schema.of(
            new Column("temperature", Type.DOUBLE, "Cel"),
            Column.of("count", Type.LONG),
            Column.of("name", Type.STRING),
            Column.of("pump", Type.BOOLEAN));
    static final FunctionCatalog FUNCTIONS = functions().catalog();
    private static final long SECOND = 1_000_000_000L;

    private final StringBuilder output = new StringBuilder();
    private final RuleProgram program;
    Row last;

    Recording(String sql) throws RuleException {
        program = new RuleProgram("r", RuleParser.parse(sql), FUNCTIONS, Inputs.NONE, RuleOptions.DEFAULT, this::write);
    }

    /** The built-in functions as the service that rules find them by. */
    static Functions functions() {
        return new Functions(BuiltIns.all(ZoneOffset.UTC, new Random(1)));
    }

    RuleProgram program() {
        return program;
    }

    String output() {
        return output.toString();
    }

    /** Feeds the lines, each at its second, then lets time run on until the last window has closed. */
    void play(String lines) {
        lines.lines().forEach(this::line);
        runUntil(Long.MAX_VALUE);
    }

    void line(String line) {
        String[] words = line.strip().split("[: ]+");
        long at = Long.parseLong(words[0]) * SECOND;
        runUntil(at);
        RowBuilder builder = Row.builder(BOILER);
        for (int i = 0; i < BOILER.size(); i++) {
            String word = words[i + 1];
            switch (word) {
                case "-" -> {}
                case "!" -> builder.bad(i);
                default -> builder.set(i, value(BOILER.type(i), word));
            }
        }
        program.row(0, builder.build(at, ClockState.SYNCED), at);
    }

    void runUntil(long nanos) {
        while (program.deadlineNanos() <= nanos && program.deadlineNanos() != Long.MAX_VALUE) {
            program.advance(program.deadlineNanos());
        }
    }

    static Object value(Type type, String word) {
        return switch (type) {
            case BOOLEAN -> Boolean.valueOf(word);
            case LONG -> Long.valueOf(word);
            case DOUBLE -> Double.valueOf(word);
            default -> word;
        };
    }

    private void write(Row row) {
        last = row;
        output.append(text(row)).append('\n');
    }

    /** {@code second: column=value ...} */
    static String text(Row row) {
        StringBuilder output = new StringBuilder();
        output.append(new BigDecimal(row.timeNanos())
                        .movePointLeft(9)
                        .stripTrailingZeros()
                        .toPlainString())
                .append(':');
        for (int i = 0; i < row.schema().size(); i++) {
            if (!row.isNull(i)) {
                Object value = row.object(i);
                String text = value instanceof Double number
                        ? String.valueOf(Math.rint(number * 1e9) / 1e9)
                        : String.valueOf(value).toLowerCase(Locale.ROOT);
                output.append(' ')
                        .append(row.schema().column(i).name())
                        .append('=')
                        .append(text);
            }
        }
        return output.toString();
    }
}
