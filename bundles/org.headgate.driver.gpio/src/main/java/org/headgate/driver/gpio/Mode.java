package org.headgate.driver.gpio;

import java.util.Locale;
import java.util.Optional;
import org.headgate.data.api.Type;

/** What a channel says of an input. */
enum Mode {
    /** Whether the line is active; each edge is reported. */
    STATE,
    /** How many edges there were since the device was opened. */
    COUNT,
    /** How many edges a second there are. */
    FREQUENCY,
    /** How many edges the kernel has lost since the device was opened. */
    LOST;

    static Optional<Mode> of(String word) {
        for (Mode mode : values()) {
            if (mode.word().equals(word)) {
                return Optional.of(mode);
            }
        }
        return Optional.empty();
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a channel of this type can show it. */
    boolean fits(Type type) {
        return switch (this) {
            case STATE -> type == Type.BOOLEAN || type == Type.LONG || type == Type.DOUBLE;
            case COUNT, LOST -> type == Type.LONG || type == Type.DOUBLE;
            case FREQUENCY -> type == Type.DOUBLE;
        };
    }

    /** The types that fit, for the user. */
    String types() {
        return switch (this) {
            case STATE -> "bool";
            case COUNT, LOST -> "int64";
            case FREQUENCY -> "double";
        };
    }
}
