package org.headgate.sparkplug;

import java.util.Optional;
import org.headgate.data.api.Type;

/** The data types of Sparkplug B 3.0 (6.4.16) that a gateway meets, with their numbers. */
public enum DataType {
    INT8(1),
    INT16(2),
    INT32(3),
    INT64(4),
    UINT8(5),
    UINT16(6),
    UINT32(7),
    UINT64(8),
    FLOAT(9),
    DOUBLE(10),
    BOOLEAN(11),
    STRING(12),
    DATE_TIME(13),
    TEXT(14),
    BYTES(17);

    private static final DataType[] ALL = values();

    private final int number;

    DataType(int number) {
        this.number = number;
    }

    /** The number on the wire. */
    public int number() {
        return number;
    }

    /** The type of a number; empty for what a gateway has nothing to do with: data sets, templates, arrays. */
    public static Optional<DataType> of(int number) {
        for (DataType type : ALL) {
            if (type.number == number) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** As what a column's values travel. Arrays, structs and values of any type are JSON in a String. */
    public static DataType of(Type type) {
        return switch (type) {
            case BOOLEAN -> BOOLEAN;
            case LONG -> INT64;
            case DOUBLE -> DOUBLE;
            case BYTES -> BYTES;
            default -> STRING;
        };
    }
}
