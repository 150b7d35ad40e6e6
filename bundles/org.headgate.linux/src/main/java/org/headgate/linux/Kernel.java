package org.headgate.linux;

/** What this machine's kernel has. */
public final class Kernel {
    private Kernel() {}

    /** The GPIO chips. */
    public static GpioChips gpioChips() {
        throw new UnsupportedOperationException("in work");
    }

    /** The I2C buses. */
    public static I2cAdapters i2cAdapters() {
        throw new UnsupportedOperationException("in work");
    }

    /** The SPI buses. */
    public static SpiNodes spiNodes() {
        throw new UnsupportedOperationException("in work");
    }
}
