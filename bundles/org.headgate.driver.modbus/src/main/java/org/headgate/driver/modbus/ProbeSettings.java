package org.headgate.driver.modbus;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.headgate.config.api.Texts;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.serial.PortSettings;

/**
 * What a search asks, in the order in which it does.
 *
 * @param lines the line with each setting that it may have
 * @param units the units
 * @param patience how long a unit may think
 * @param ranges the registers that are read of each unit that answers
 */
record ProbeSettings(List<BusAddress> lines, List<Integer> units, Duration patience, List<Range> ranges) {
    static final String UNITS = "units";
    static final String BAUD = "baud";
    static final String FRAME = "frame";
    static final String WAIT = "wait";
    static final String REGISTERS = "registers";
    static final List<String> KEYS = List.of(UNITS, BAUD, FRAME, WAIT, REGISTERS);

    /** What meters and controllers are shipped with, the usual first. */
    private static final List<String> LIKELY = List.of(
            "9600-8N1",
            "9600-8E1",
            "19200-8E1",
            "19200-8N1",
            "38400-8N1",
            "115200-8N1",
            "57600-8N1",
            "4800-8N1",
            "2400-8E1",
            "38400-8E1",
            "115200-8E1",
            "57600-8E1",
            "4800-8E1",
            "2400-8N1",
            "9600-8O1",
            "19200-8O1");

    private static final Pattern RANGE = Pattern.compile("(\\d{1,3})(?:-(\\d{1,3}))?");
    private static final Pattern FRAMES = Pattern.compile("8[NEO][12]");
    private static final int MOST_SERIAL = 247;
    private static final int MOST_TCP = 255;
    private static final int USUAL_TCP = 10;

    /**
     * Registers of one table.
     *
     * @param table {@code holding} or {@code input}
     * @param from the first, counted from 0
     * @param to the last
     */
    record Range(String table, int from, int to) {
        private static final Pattern TEXT = Pattern.compile("(holding|input)/(\\d{1,5})(?:-(\\d{1,5}))?");
        private static final int LAST = 65_535;
        private static final int MOST = 1000;

        private static Range of(String text) throws InvalidSettingException {
            Matcher parts = TEXT.matcher(text);
            int from = parts.matches() ? Integer.parseInt(parts.group(2)) : 0;
            int to = parts.matches() && parts.group(3) != null ? Integer.parseInt(parts.group(3)) : from;
            if (!parts.matches() || to > LAST || to < from || to - from >= MOST) {
                throw new InvalidSettingException(
                        REGISTERS, text, "for example holding/0-99,input/0-49, at most " + MOST + " of one table");
            }
            return new Range(parts.group(1), from, to);
        }

        /** The function that reads it. */
        int function() {
            return table.equals("holding") ? 3 : 4;
        }
    }

    /**
     * Reads what the user wants.
     *
     * @throws InvalidSettingException when the address or an option is wrong
     */
    static ProbeSettings of(DeviceSettings place) throws InvalidSettingException {
        Map<String, String> options = place.options();
        place.requireKnown(KEYS);
        BusAddress bus = BusAddress.parse(place.address());
        boolean serial = bus.kind() == BusAddress.Kind.RTU;
        if (!serial && (options.containsKey(BAUD) || options.containsKey(FRAME))) {
            throw new InvalidSettingException(BAUD, place.address(), "a serial port: a network has none");
        }
        List<Range> ranges = new ArrayList<>();
        for (String range : Texts.list(options.getOrDefault(REGISTERS, "holding/0-49,input/0-49"))) {
            ranges.add(Range.of(range));
        }
        Duration wait = Texts.duration(options.getOrDefault(WAIT, serial ? "200ms" : "500ms"))
                .filter(one -> !one.isZero() && one.toSeconds() < 10)
                .orElseThrow(() -> new InvalidSettingException(WAIT, options.get(WAIT), "from 1ms to 10s"));
        return new ProbeSettings(
                serial ? serial(place.address(), bus, options) : List.of(bus), units(bus, options), wait, ranges);
    }

    private static List<Integer> units(BusAddress bus, Map<String, String> options) throws InvalidSettingException {
        boolean tcp = bus.kind() == BusAddress.Kind.TCP;
        int most = tcp ? MOST_TCP : MOST_SERIAL;
        Set<Integer> units = new LinkedHashSet<>();
        if (!options.containsKey(UNITS)) {
            // A device of its own answers to 1, to 255 or to any; behind a gateway are the units of a line.
            units.addAll(tcp ? List.of(1, 255, 0) : List.of());
            add(units, 1, tcp ? USUAL_TCP : most);
            return List.copyOf(units);
        }
        for (String part : Texts.list(options.get(UNITS))) {
            Matcher range = RANGE.matcher(part);
            int from = range.matches() ? Integer.parseInt(range.group(1)) : 0;
            int to = range.matches() && range.group(2) != null ? Integer.parseInt(range.group(2)) : from;
            // On a line 0 is everybody, who do not answer.
            if (!range.matches() || to > most || to < from || from == 0 && !tcp) {
                throw new InvalidSettingException(UNITS, part, "from " + (tcp ? 0 : 1) + " to " + most + ": 1-10,17");
            }
            add(units, from, to);
        }
        return List.copyOf(units);
    }

    private static void add(Set<Integer> units, int from, int to) {
        for (int unit = from; unit <= to; unit++) {
            units.add(unit);
        }
    }

    /** What the address says, then what is likely; only what the user names where he does. */
    private static List<BusAddress> serial(String address, BusAddress bus, Map<String, String> options)
            throws InvalidSettingException {
        PortSettings port = bus.serial().orElseThrow();
        Set<String> frames = new LinkedHashSet<>();
        boolean said =
                Arrays.stream(address.split(",")).anyMatch(part -> part.strip().matches("\\d+(-8[NEO][12])?"));
        if (said) {
            frames.add(port.baud() + "-8" + port.parity().name().charAt(0) + port.stopBits());
        }
        List<String> bauds = Texts.list(options.getOrDefault(BAUD, ""));
        List<String> shapes = Texts.list(options.getOrDefault(FRAME, ""));
        for (String shape : shapes) {
            if (!FRAMES.matcher(shape).matches()) {
                throw new InvalidSettingException(FRAME, shape, "8N1, 8E1, 8O1 or 8N2");
            }
        }
        if (bauds.isEmpty() && shapes.isEmpty() && !said) {
            frames.addAll(LIKELY);
        }
        for (String baud : bauds) {
            for (String shape : shapes.isEmpty() ? List.of("8N1", "8E1", "8O1") : shapes) {
                frames.add(baud + "-" + shape);
            }
        }
        if (bauds.isEmpty()) {
            for (String shape : shapes) {
                LIKELY.stream()
                        .map(each -> each.substring(0, each.indexOf('-')))
                        .distinct()
                        .forEach(baud -> frames.add(baud + "-" + shape));
            }
        }
        List<BusAddress> lines = new ArrayList<>();
        for (String frame : frames) {
            PortSettings each = PortSettings.parse(port.path() + "," + frame);
            lines.add(BusAddress.serial(new PortSettings(
                    port.path(),
                    each.baud(),
                    each.dataBits(),
                    each.parity(),
                    each.stopBits(),
                    port.flow(),
                    port.rs485())));
        }
        return lines;
    }
}
