package org.headgate.linux;

/**
 * An address of an I2C bus where there is something.
 *
 * @param address the 7-bit address
 * @param method how it was found: {@code read byte}; {@code driver} where a driver of the kernel holds it and nothing was sent
 * @param driver the driver of the kernel that holds the address, for example {@code rtc-ds1307}; empty when it is free
 */
public record I2cAnswer(int address, String method, String driver) {}
