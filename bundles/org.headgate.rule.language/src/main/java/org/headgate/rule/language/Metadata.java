package org.headgate.rule.language;

import java.util.List;
import java.util.Locale;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Quality;
import org.headgate.data.api.Row;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.Frame;

/** What a row knows besides its values: {@code meta(key)} and {@code quality(column)}. */
final class Metadata {
    /** What may be asked for, for messages. */
    static final String KEYS = "stream, device, time or clock";

    /** Texts that need not be made anew for each row. */
    private static final List<String> CLOCKS = List.of(ClockState.values()).stream()
            .map(clock -> clock.name().toLowerCase(Locale.ROOT))
            .toList();

    private static final List<String> QUALITIES =
            List.of(Quality.values()).stream().map(Quality::name).toList();

    private Metadata() {}

    /** The expression of a key; {@code null} for a key that there is not. */
    static Expression of(String key, String stream, int source) {
        return switch (key.toLowerCase(Locale.ROOT)) {
            case "stream", "device" -> new Constants.OfText(stream);
            case "time" ->
                (Expression.OfLong) frame -> {
                    Row row = row(frame, source);
                    return row == null ? 0 : Math.floorDiv(row.timeNanos(), 1_000_000L);
                };
            case "clock" ->
                (Expression.OfText) frame -> {
                    Row row = row(frame, source);
                    return row == null ? null : CLOCKS.get(row.clock().ordinal());
                };
            default -> null;
        };
    }

    static Expression quality(Columns.Place column) {
        int source = column.source();
        int index = column.index();
        return (Expression.OfText) frame -> {
            Row row = row(frame, source);
            return row == null ? null : QUALITIES.get(row.quality(index).ordinal());
        };
    }

    private static Row row(Frame frame, int source) {
        Row row = source < 0 ? frame.row() : frame.row(source);
        frame.setNull(row == null);
        return row;
    }
}
