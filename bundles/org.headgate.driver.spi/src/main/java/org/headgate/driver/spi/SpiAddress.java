package org.headgate.driver.spi;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.headgate.device.api.InvalidSettingException;

/**
 * Where a chip is and how it is talked to: {@code spi0.0,mode=0,speed=1MHz,bits=8}.
 *
 * @param bus the B of {@code /dev/spidevB.C}
 * @param select the C
 * @param mode polarity and phase of the clock, 0 to 3
 * @param hertz the clock's rate at most
 * @param bits bits a word
 */
record SpiAddress(int bus, int select, int mode, int hertz, int bits) {
    static final String EXPECTED = "a bus and a chip select with options, such as spi0.0,mode=0,speed=1MHz";

    /** As many buses and chip selects as Pi4J has names for. */
    private static final Pattern NODE = Pattern.compile("(?:/dev/spidev|spi)([0-6])\\.([0-2])");

    private static final Pattern SPEED = Pattern.compile("(\\d{1,9})(?:\\.(\\d{1,6}))?(hz|khz|mhz)?");
    private static final int LEAST_HERTZ = 1000;
    private static final int MOST_HERTZ = 125_000_000;
    private static final int MEGA = 1_000_000;
    /** Slow enough for any chip and for wires on a breadboard. */
    private static final int STANDARD_HERTZ = MEGA;

    static SpiAddress parse(String text) throws InvalidSettingException {
        String[] parts = text.strip().toLowerCase(Locale.ROOT).split("\\s*,\\s*", -1);
        Matcher node = NODE.matcher(parts[0]);
        if (!node.matches()) {
            throw new InvalidSettingException("address", text, EXPECTED);
        }
        Map<String, String> options = new HashMap<>();
        for (int i = 1; i < parts.length; i++) {
            String[] option = parts[i].split("=", 2);
            if (option.length != 2 || options.put(option[0], option[1]) != null) {
                throw new InvalidSettingException("address", text, "each of mode=, speed= and bits= once at most");
            }
        }
        int mode = small(text, options.remove("mode"), 0, 0, 3, "mode=0 to 3");
        int bits = small(text, options.remove("bits"), 8, 1, 32, "bits=1 to 32");
        int hertz = hertz(text, options.remove("speed"));
        if (!options.isEmpty()) {
            throw new InvalidSettingException("address", text, "mode=, speed= or bits= behind the comma");
        }
        return new SpiAddress(Integer.parseInt(node.group(1)), Integer.parseInt(node.group(2)), mode, hertz, bits);
    }

    /** The bus, as it is called: {@code spi0}. */
    String busName() {
        return "spi" + bus;
    }

    /** The file in {@code /dev}: {@code spidev0.0}. */
    String nodeName() {
        return "spidev" + bus + "." + select;
    }

    @Override
    public String toString() {
        return busName() + "." + select;
    }

    private static int small(String text, String value, int standard, int least, int most, String expected)
            throws InvalidSettingException {
        if (value == null) {
            return standard;
        }
        int number = value.matches("\\d{1,2}") ? Integer.parseInt(value) : -1;
        if (number < least || number > most) {
            throw new InvalidSettingException("address", text, expected);
        }
        return number;
    }

    private static int hertz(String text, String value) throws InvalidSettingException {
        if (value == null) {
            return STANDARD_HERTZ;
        }
        Matcher speed = SPEED.matcher(value);
        if (speed.matches()) {
            String unit = speed.group(3) == null ? "hz" : speed.group(3);
            double factor = unit.equals("mhz") ? MEGA : unit.equals("khz") ? 1000 : 1;
            double hertz =
                    Double.parseDouble(speed.group(1) + "." + (speed.group(2) == null ? "0" : speed.group(2))) * factor;
            if (hertz >= LEAST_HERTZ && hertz <= MOST_HERTZ) {
                return (int) Math.round(hertz);
            }
        }
        throw new InvalidSettingException("address", text, "a speed from 1kHz to 125MHz, such as speed=500kHz");
    }
}
