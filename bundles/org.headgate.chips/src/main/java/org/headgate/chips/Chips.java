package org.headgate.chips;

import java.util.List;
import java.util.Optional;

/** The chips that are known. */
public final class Chips {
    private static final List<Chip> ALL = List.of();

    private Chips() {}

    /** All, by their names. */
    public static List<Chip> all() {
        return ALL;
    }

    /** The chip of a name. */
    public static Optional<Chip> named(String name) {
        return ALL.stream().filter(chip -> chip.name().equals(name)).findFirst();
    }
}
