package org.headgate.payload.sparkplug;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;
import org.headgate.data.api.Type;
import org.headgate.sparkplug.DataType;
import org.headgate.sparkplug.Metric;

/** What a host writes, as the text that {@code device.write} takes; empty where it does not fit the metric's type. */
final class WrittenValue {
    private WrittenValue() {}

    static Optional<String> text(Type type, Metric metric) {
        if (metric.value().isEmpty()) {
            return Optional.empty();
        }
        Object value = metric.value().get();
        return switch (type) {
            case BOOLEAN -> value instanceof Boolean flag ? Optional.of(flag.toString()) : Optional.empty();
            case STRING -> value instanceof String text ? Optional.of(text) : Optional.empty();
            case LONG -> {
                OptionalLong whole = whole(metric);
                yield whole.isPresent() ? Optional.of(Long.toString(whole.getAsLong())) : Optional.empty();
            }
            case DOUBLE -> real(value, metric);
            default -> Optional.empty();
        };
    }

    private static Optional<String> real(Object value, Metric metric) {
        if (value instanceof Double || value instanceof Float) {
            // The decimal text of a float is what the host's user saw.
            double number = Double.parseDouble(value.toString());
            return Double.isFinite(number)
                    ? Optional.of(BigDecimal.valueOf(number).toPlainString())
                    : Optional.empty();
        }
        OptionalLong whole = metric.datatype() == 0 ? OptionalLong.empty() : whole(metric);
        return whole.isPresent() ? Optional.of(Long.toString(whole.getAsLong())) : Optional.empty();
    }

    /** Where the datatype is left out, as commands should do, the number is as the birth has declared it: an Int64. */
    private static OptionalLong whole(Metric metric) {
        boolean narrow = metric.value().orElseThrow() instanceof Integer && metric.datatype() == 0;
        return narrow || metric.datatype() == DataType.DATE_TIME.number()
                ? OptionalLong.empty()
                : metric.whole(DataType.INT64);
    }
}
