package org.headgate.outbox.log;

import org.headgate.data.api.ClockState;
import org.headgate.data.api.Column;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.system.api.kit.SimulatedSystem;

/** Rows whose content follows from their number: of three schemas, small ones and now and then one of more than a sector. */
final class Rows {
    private static final Column NUMBER = new Column("n", Type.LONG, "1");
    private static final Column TEXT = Column.of("text", Type.STRING);
    private static final Schema[] SCHEMAS = {
        Schema.of(NUMBER, TEXT), Schema.of(NUMBER, TEXT, Column.of("more", Type.STRING)), Schema.of(NUMBER, TEXT),
    };
    private static final String LONG_TEXT = "x".repeat(1600);

    private Rows() {}

    static Row row(long number) {
        return Row.builder(schema(number))
                .set(0, number)
                .set(1, (Object) text(number))
                .build(SimulatedSystem.START_NANOS + number, ClockState.SYNCED);
    }

    static boolean isRow(Row row, long number) {
        return row.schema() == schema(number)
                && row.timeNanos() == SimulatedSystem.START_NANOS + number
                && row.asString(1).equals(text(number));
    }

    private static Schema schema(long number) {
        return SCHEMAS[(int) (number / 5 % SCHEMAS.length)];
    }

    private static String text(long number) {
        int length = (int) (number % 9 == 0 ? 300 + number * 37 % 1200 : number % 40);
        return LONG_TEXT.substring(0, length);
    }
}
