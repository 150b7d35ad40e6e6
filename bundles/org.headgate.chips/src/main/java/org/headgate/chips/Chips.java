package org.headgate.chips;

import java.util.List;
import java.util.Optional;

/** The chips that are known. */
public final class Chips {
    private static final List<Chip> ALL = List.of(
            Ads1115.CHIP,
            Bosch280.BME280,
            Bosch280.BMP280,
            Ds3231.CHIP,
            Ina219.CHIP,
            Mcp23017.CHIP,
            Mcp3008.CHIP,
            Mcp4725.CHIP,
            Pcf8574.CHIP,
            Sht31.CHIP);

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
