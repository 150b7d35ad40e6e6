package org.headgate.linux;

/** What this machine's kernel has. */
public final class Kernel {
    private Kernel() {}

    /** The GPIO chips. */
    public static GpioChips gpioChips() {
        return new KernelGpioChips();
    }

    /** The I2C buses. */
    public static I2cAdapters i2cAdapters() {
        return new KernelI2cAdapters();
    }

    /** The SPI buses. */
    public static SpiNodes spiNodes() {
        return new KernelSpiNodes();
    }
}
