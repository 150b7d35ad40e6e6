package org.headgate.driver.modbus;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.headgate.device.api.InvalidSettingException;

/**
 * A unit on a line: {@code tcp:192.0.2.10:502,unit=1}.
 *
 * @param bus the line
 * @param unit 0 to 255
 */
record UnitAddress(BusAddress bus, int unit) {
    private static final String UNIT = "unit=";
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,3}");
    private static final int MOST_UNIT = 255;

    /**
     * Reads a device's address. Over TCP the unit is 1 unless told, on a serial line it must be said.
     *
     * @throws InvalidSettingException when it is none
     */
    static UnitAddress parse(String address) throws InvalidSettingException {
        List<String> rest = new ArrayList<>();
        OptionalInt unit = OptionalInt.empty();
        for (String part : address.strip().split(",", -1)) {
            if (!part.strip().startsWith(UNIT)) {
                rest.add(part);
            } else if (unit.isPresent()) {
                throw new InvalidSettingException("address", part.strip(), "one unit");
            } else {
                unit = OptionalInt.of(number(part.strip()));
            }
        }
        BusAddress bus = BusAddress.parse(String.join(",", rest));
        if (unit.isEmpty() && bus.kind() != BusAddress.Kind.TCP) {
            throw new InvalidSettingException("address", address, "a unit behind it: " + address.strip() + ",unit=1");
        }
        return new UnitAddress(bus, unit.orElse(1));
    }

    /**
     * The line of an address, whether a unit stands behind it or, as where units are looked for, none.
     *
     * @throws InvalidSettingException when it is no line's
     */
    static BusAddress bus(String address) throws InvalidSettingException {
        List<String> parts = new ArrayList<>(List.of(address.strip().split(",", -1)));
        parts.removeIf(part -> part.strip().startsWith(UNIT));
        return BusAddress.parse(String.join(",", parts));
    }

    private static int number(String part) throws InvalidSettingException {
        String digits = part.substring(UNIT.length());
        if (!NUMBER.matcher(digits).matches() || Integer.parseInt(digits) > MOST_UNIT) {
            throw new InvalidSettingException("address", part, "a unit from 0 to " + MOST_UNIT);
        }
        return Integer.parseInt(digits);
    }

    /** Whether it is everybody, who take writes and answer nothing. */
    boolean isBroadcast() {
        return unit == 0 && bus.hasBroadcast();
    }
}
