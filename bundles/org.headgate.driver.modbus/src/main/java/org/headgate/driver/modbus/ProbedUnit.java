package org.headgate.driver.modbus;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.headgate.serial.PortSettings;

/**
 * A unit that has answered a search.
 *
 * @param line the line with the settings at which it did
 * @param unit its number
 * @param proof what it answered first: that it has such a register, or why not
 * @param tables the registers that could be read, by table
 * @param twin the unit found before that has the same registers with the same values, as where a device answers to any number
 */
record ProbedUnit(
        BusAddress line, int unit, String proof, Map<String, NavigableMap<Integer, Integer>> tables, OptionalInt twin) {
    /** Of a hundred registers some have changed meanwhile. */
    private static final double SAME = 0.9;

    /** What stands in a device's file. */
    String address() {
        return place(line) + ",unit=" + unit;
    }

    /** A line as it stands in an address. */
    static String place(BusAddress line) {
        if (line.kind() != BusAddress.Kind.RTU) {
            return line.kind().word() + ":" + line.medium();
        }
        PortSettings port = line.serial().orElseThrow();
        String switching = port.rs485() == PortSettings.Rs485.OFF
                ? ""
                : ",rs485=" + port.rs485().name().toLowerCase(Locale.ROOT).replace('_', '-');
        String flow = port.flow() == PortSettings.Flow.NONE
                ? ""
                : ",flow=" + port.flow().name().toLowerCase(Locale.ROOT);
        return "rtu:" + port.path() + "," + frame(port) + flow + switching;
    }

    private static String frame(PortSettings port) {
        return port.baud() + "-8" + port.parity().name().charAt(0) + port.stopBits();
    }

    /** The same unit, beside those found before. */
    ProbedUnit beside(List<ProbedUnit> before) {
        OptionalInt same =
                before.stream().filter(this::isLike).mapToInt(ProbedUnit::unit).findFirst();
        return new ProbedUnit(line, unit, proof, tables, same);
    }

    private boolean isLike(ProbedUnit other) {
        long equal = 0;
        for (Map.Entry<String, NavigableMap<Integer, Integer>> table : tables.entrySet()) {
            Map<Integer, Integer> theirs = other.tables.getOrDefault(table.getKey(), new TreeMap<>());
            equal += table.getValue().entrySet().stream()
                    .filter(each -> each.getValue().equals(theirs.get(each.getKey())))
                    .count();
        }
        return proof.equals(other.proof) && registers() == other.registers() && equal >= SAME * registers();
    }

    /** A name for a device of it. */
    String name() {
        String place = line.serial()
                .map(port -> port.name().substring(port.name().lastIndexOf('/') + 1))
                .orElse(line.host());
        return "modbus-" + place.replaceAll("[^A-Za-z0-9]+", "-") + "-" + unit;
    }

    int registers() {
        return tables.values().stream().mapToInt(Map::size).sum();
    }
}
