package org.headgate.driver.i2c;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.headgate.device.api.InvalidSettingException;

/**
 * Where a chip is: {@code i2c-1/0x76}, or a bus alone: {@code i2c-1}.
 *
 * @param bus the N of {@code /dev/i2c-N}
 * @param device the 7-bit address of the chip; empty for the bus
 */
record I2cAddress(int bus, Optional<Integer> device) {
    static final String EXPECTED = "a bus and a 7-bit address, 0x08 to 0x77, such as i2c-1/0x76";

    private static final Pattern SYNTAX = Pattern.compile("i2c-(\\d{1,3})(?:/(?:0x([0-9a-f]{1,2})|(\\d{1,3})))?");
    /** The addresses below and above are reserved: I2C-bus specification UM10204, table 4. */
    private static final int LEAST = 0x08;

    private static final int MOST = 0x77;

    /** Reads an address that may be a bus alone. */
    static I2cAddress parse(String text) throws InvalidSettingException {
        Matcher parts = SYNTAX.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!parts.matches()) {
            throw new InvalidSettingException("address", text, EXPECTED);
        }
        int bus = Integer.parseInt(parts.group(1));
        if (parts.group(2) == null && parts.group(3) == null) {
            return new I2cAddress(bus, Optional.empty());
        }
        int device = parts.group(2) == null ? Integer.parseInt(parts.group(3)) : Integer.parseInt(parts.group(2), 16);
        if (device < LEAST || device > MOST) {
            throw new InvalidSettingException("address", text, EXPECTED);
        }
        return new I2cAddress(bus, Optional.of(device));
    }

    /** Reads the address of a chip. */
    static I2cAddress ofChip(String text) throws InvalidSettingException {
        I2cAddress address = parse(text);
        if (address.device.isEmpty()) {
            throw new InvalidSettingException("address", text, EXPECTED);
        }
        return address;
    }

    /** The bus, as it is called: {@code i2c-1}. */
    String busName() {
        return "i2c-" + bus;
    }

    @Override
    public String toString() {
        return device.map(chip -> String.format("%s/0x%02x", busName(), chip)).orElseGet(this::busName);
    }
}
