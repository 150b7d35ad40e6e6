package org.headgate.rule.api;

import java.util.List;

/**
 * A table as the console shows it.
 *
 * @param name its name
 * @param source where its rows come from: {@code file plants.csv}, {@code device boiler}
 * @param state where it stands
 * @param detail why, for example {@code plants.csv: line 3: 2 cells (expected: 3)}; empty where there is nothing to say
 * @param columns its columns with their types, such as {@code id LONG}
 * @param rows how many rows it has
 * @param readNanos when it was read last, in nanoseconds since the epoch; 0 for never
 */
public record TableStatus(
        String name, String source, State state, String detail, List<String> columns, int rows, long readNanos) {
    /** Where a table stands. */
    public enum State {
        /** It is there. */
        READY,
        /** It is being read for the first time. */
        LOADING,
        /** There is no table by this file or these settings; rules that join it wait. */
        INVALID
    }
}
