package org.headgate.driver.spi;

import java.util.Map;
import org.headgate.device.api.InvalidSettingException;

/**
 * What a chip wants in the first byte of a register's number: most of them bit 7 for a read.
 *
 * @param read is set when a register is read
 * @param write is set when it is written
 */
record SpiFlags(int read, int write) {
    private static final String READ = "read-flag";
    private static final String WRITE = "write-flag";

    /** The keys of a device, with what counts where it does not say so. */
    static final Map<String, String> DEFAULTS = Map.of(READ, "0x80", WRITE, "0x00");

    static SpiFlags of(Map<String, String> options) throws InvalidSettingException {
        return new SpiFlags(flag(options, READ), flag(options, WRITE));
    }

    private static int flag(Map<String, String> options, String key) throws InvalidSettingException {
        String text = options.getOrDefault(key, DEFAULTS.get(key));
        if (!text.matches("0[xX][0-9a-fA-F]{1,2}")) {
            throw new InvalidSettingException(key, text, "the bits of a byte, such as 0x80");
        }
        return Integer.parseInt(text.substring(2), 16);
    }
}
