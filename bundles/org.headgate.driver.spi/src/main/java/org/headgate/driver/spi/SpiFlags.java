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
    static final String READ = "read-flag";
    static final String WRITE = "write-flag";
    static final String READ_STANDARD = "0x80";
    static final String WRITE_STANDARD = "0x00";

    static SpiFlags of(Map<String, String> options) throws InvalidSettingException {
        return new SpiFlags(flag(options, READ, READ_STANDARD), flag(options, WRITE, WRITE_STANDARD));
    }

    private static int flag(Map<String, String> options, String key, String standard) throws InvalidSettingException {
        String text = options.getOrDefault(key, standard);
        if (!text.matches("0[xX][0-9a-fA-F]{1,2}")) {
            throw new InvalidSettingException(key, text, "the bits of a byte, such as 0x80");
        }
        return Integer.parseInt(text.substring(2), 16);
    }
}
