package org.headgate.bench.rules;

import java.util.Random;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Column;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;

/** The rows that every contestant gets: 100 devices in turn, values from 0 to 100, and a slow wave with noise; and where results go. */
final class Feed {
    /** Rows of one call: what a bus hands over in four turns. More would measure the memory, not the engine. */
    static final int ROWS = 1_000;

    static final int DEVICES = 100;
    static final Schema SCHEMA =
            Schema.of(Column.of("device", Type.LONG), Column.of("value", Type.DOUBLE), Column.of("wave", Type.DOUBLE));
    private static final long SECOND = 1_000_000_000L;
    private static final long BEGIN = 1_800_000_000L * SECOND;

    private final Row[] rows = new Row[ROWS];
    /** The instant of the next row; a row a millisecond. */
    private long nanos = BEGIN;

    Feed() {
        this(1);
    }

    Feed(int seed) {
        Random random = new Random(seed);
        for (int i = 0; i < ROWS; i++) {
            rows[i] = Row.builder(SCHEMA)
                    .set(0, (long) (i % DEVICES))
                    .set(1, random.nextDouble() * 100)
                    .set(2, 20 + 10 * Math.sin(i * 2 * Math.PI / ROWS) + random.nextGaussian() * 0.05)
                    .build(BEGIN + i * 1_000_000L, ClockState.SYNCED);
        }
    }

    Row[] rows() {
        return rows;
    }

    /** When the next {@link #ROWS} rows come. */
    long next() {
        nanos += ROWS * 1_000_000L;
        return nanos;
    }

    /** Takes results: reads a value of each, so that none of them can be left out. */
    static final class Sink {
        long results;
        double sum;

        void take(Row row) {
            results++;
            sum += row.bits(0);
        }

        void take(double value) {
            results++;
            sum += value;
        }
    }
}
