package org.headgate.chips.kit;

/** A simulated chip of each kind. */
public final class SimulatedChips {
    private SimulatedChips() {}

    /** A chip with plausible values, by the name of its kind. */
    public static SimulatedChip named(String name) {
        return switch (name) {
            case "ads1115" -> new SimulatedAds1115().input(0, 1.5).input(1, 0.5).input(3, 3.0);
            case "bme280" -> new SimulatedBosch280(0x60);
            case "bmp280" -> new SimulatedBosch280(0x58);
            case "ds3231" -> new SimulatedDs3231();
            case "ina219" -> new SimulatedIna219().measures(1000, 1250);
            case "mcp23017" -> new SimulatedMcp23017().connect(0, true);
            case "mcp3008" -> new SimulatedMcp3008().input(0, 512).input(7, 1023);
            case "mcp4725" -> new SimulatedMcp4725();
            case "pcf8574" -> new SimulatedPcf8574().pull(7, true);
            case "sht31" -> new SimulatedSht31();
            default -> throw new IllegalArgumentException(name + " (expected: a known chip)");
        };
    }
}
