package org.headgate.payload.sparkplug;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;
import org.headgate.data.api.Type;

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
                OptionalLong whole = whole(value, metric.datatype());
                yield whole.isPresent() ? Optional.of(Long.toString(whole.getAsLong())) : Optional.empty();
            }
            case DOUBLE -> real(value, metric.datatype());
            default -> Optional.empty();
        };
    }

    private static Optional<String> real(Object value, int datatype) {
        if (value instanceof Double || value instanceof Float) {
            // The decimal text of a float is what the host's user saw.
            double number = Double.parseDouble(value.toString());
            return Double.isFinite(number)
                    ? Optional.of(BigDecimal.valueOf(number).toPlainString())
                    : Optional.empty();
        }
        OptionalLong whole = datatype == 0 ? OptionalLong.empty() : whole(value, datatype);
        return whole.isPresent() ? Optional.of(Long.toString(whole.getAsLong())) : Optional.empty();
    }

    /**
     * A whole number. On the wire all of them are unsigned; how many bits of two's complement they are, the datatype says (6.4.17). Where it
     * is left out, as commands should do, the number is as the birth has declared it: an Int64.
     */
    private static OptionalLong whole(Object value, int datatype) {
        long bits;
        if (value instanceof Long number) {
            bits = number;
        } else if (value instanceof Integer number && datatype != 0) {
            bits = Integer.toUnsignedLong(number);
        } else {
            return OptionalLong.empty();
        }
        Optional<DataType> type = datatype == 0 ? Optional.of(DataType.INT64) : DataType.of(datatype);
        if (type.isEmpty()) {
            return OptionalLong.empty();
        }
        return switch (type.get()) {
            case INT8 -> OptionalLong.of((byte) bits);
            case INT16 -> OptionalLong.of((short) bits);
            case INT32 -> OptionalLong.of((int) bits);
            case INT64 -> OptionalLong.of(bits);
            case UINT8 -> within(bits, 0xFF);
            case UINT16 -> within(bits, 0xFFFF);
            case UINT32 -> within(bits, 0xFFFF_FFFFL);
            case UINT64 -> within(bits, Long.MAX_VALUE);
            default -> OptionalLong.empty();
        };
    }

    private static OptionalLong within(long bits, long most) {
        return bits >= 0 && bits <= most ? OptionalLong.of(bits) : OptionalLong.empty();
    }
}
