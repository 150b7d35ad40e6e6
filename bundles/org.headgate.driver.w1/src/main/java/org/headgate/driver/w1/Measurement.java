package org.headgate.driver.w1;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the kernel says of a temperature.
 *
 * @param millidegrees thousandths of a degree Celsius
 * @param bad why there is no temperature; empty when there is
 */
record Measurement(int millidegrees, String bad) {
    /** What a DS18B20 has before its first conversion (data sheet 19-7487, "Operation - Measuring Temperature"), and so have its relatives. */
    static final int POWER_ON = 85_000;

    private static final int LEAST = -55_000;
    private static final int MOST = 125_000;

    /** Nine bytes and the kernel's verdict on their checksum, then the bytes and the temperature. */
    private static final Pattern W1_SLAVE = Pattern.compile(
            "((?:[0-9a-f]{2} ){9}): crc=[0-9a-f]{2} (YES|NO)\\s*\\n(?:[0-9a-f]{2} ){9}t=(-?[0-9]{1,7})");

    private static final Pattern TEMPERATURE = Pattern.compile("-?[0-9]{1,7}");
    private static final String ZEROS = "00 ".repeat(9);

    /** What {@code w1_slave} says. */
    static Measurement ofScratchpad(String text) {
        Matcher parts = W1_SLAVE.matcher(text);
        if (!parts.matches()) {
            return none("what the kernel says of the sensor cannot be understood");
        }
        if (parts.group(2).equals("NO")) {
            return none("the checksum is wrong: check the wiring, its length and the pull-up of 4.7 kOhm");
        }
        // The checksum of zeros is zero, so the kernel takes a line that is held low for 0 degrees.
        if (parts.group(1).equals(ZEROS)) {
            return none("the line is held low: check the wiring for a short circuit");
        }
        return of(parts.group(3));
    }

    /** What {@code temperature} says; the kernel has checked the checksum. */
    static Measurement ofTemperature(String text) {
        return TEMPERATURE.matcher(text).matches()
                ? of(text)
                : none("what the kernel says of the sensor cannot be understood");
    }

    private static Measurement of(String number) {
        int millidegrees = Integer.parseInt(number);
        return millidegrees < LEAST || millidegrees > MOST
                ? none(number + " thousandths of a degree are not what a thermometer of this kind can measure")
                : new Measurement(millidegrees, "");
    }

    private static Measurement none(String why) {
        return new Measurement(0, why);
    }
}
