package org.headgate.serial;

/**
 * A serial port of this machine.
 *
 * @param path the name to use: the one in {@code /dev/serial/by-id} where there is one, since it stays when ports come and go
 * @param device the kernel's name: {@code /dev/ttyUSB0}
 * @param description what is behind it: {@code FTDI FT232R USB UART, 0403:6001}
 * @param obstacle why it cannot be used now, with what to do, on one line; empty when it can
 */
public record Port(String path, String device, String description, String obstacle) {}
