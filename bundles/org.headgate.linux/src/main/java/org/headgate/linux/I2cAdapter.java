package org.headgate.linux;

/**
 * An I2C bus as i2c-dev shows it.
 *
 * @param number the N of {@code /dev/i2c-N}
 * @param name the adapter's name, for example {@code bcm2835 (i2c@7e804000)}
 */
public record I2cAdapter(int number, String name) {}
