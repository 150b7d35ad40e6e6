package org.headgate.driver.w1;

import java.util.Locale;
import java.util.Map;
import org.headgate.device.api.InvalidSettingException;

/**
 * Where a thermometer is: {@code 28-000005e2fdc3}, on another bus than the first {@code w1_bus_master2/28-000005e2fdc3}.
 *
 * @param master the bus, as the kernel names it
 * @param id the sensor, as the kernel names it: its family and its number in hex
 */
record SensorAddress(String master, String id) {
    static final String FIRST_MASTER = "w1_bus_master1";

    /** The families that the kernel's w1_therm knows. */
    private static final Map<String, String> FAMILIES =
            Map.of("10", "DS18S20", "22", "DS1822", "28", "DS18B20", "3b", "DS1825", "42", "DS28EA00");

    private static final String MASTER = "w1_bus_master[0-9]{1,4}";
    private static final String EXPECTED =
            "a thermometer's number such as 28-000005e2fdc3, or w1_bus_master2/28-000005e2fdc3 on a second bus";

    static SensorAddress parse(String address) throws InvalidSettingException {
        String text = address.strip().toLowerCase(Locale.ROOT);
        int slash = text.indexOf('/');
        String master = slash < 0 ? FIRST_MASTER : text.substring(0, slash);
        String id = text.substring(slash + 1);
        if (!isMaster(master) || !isThermometer(id)) {
            throw new InvalidSettingException("address", address, EXPECTED);
        }
        return new SensorAddress(master, id);
    }

    static boolean isMaster(String name) {
        return name.matches(MASTER);
    }

    static boolean isThermometer(String id) {
        return id.matches("[0-9a-f]{2}-[0-9a-f]{12}") && FAMILIES.containsKey(id.substring(0, 2));
    }

    /** Its type, for example {@code DS18B20}. */
    String type() {
        return FAMILIES.get(id.substring(0, 2));
    }

    /** As it is written in configuration. */
    @Override
    public String toString() {
        return master.equals(FIRST_MASTER) ? id : master + "/" + id;
    }
}
