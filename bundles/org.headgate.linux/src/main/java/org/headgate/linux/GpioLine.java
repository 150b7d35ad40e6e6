package org.headgate.linux;

/**
 * A line of a {@link GpioChip}.
 *
 * @param offset its number on the chip; on a Raspberry Pi the BCM number
 * @param name its name from the device tree, for example {@code GPIO17}; empty where it has none
 * @param consumer who uses it, for example {@code spi0 CS0}; empty when it is free, or the user has no name
 * @param used whether somebody uses it: it cannot be requested
 * @param output whether it is an output now
 */
public record GpioLine(int offset, String name, String consumer, boolean used, boolean output) {}
