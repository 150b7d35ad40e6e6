package org.headgate.linux;

/**
 * A chip select of an SPI bus as spidev shows it.
 *
 * @param bus the B of {@code /dev/spidevB.C}
 * @param chipSelect the C
 */
public record SpiNode(int bus, int chipSelect) {}
