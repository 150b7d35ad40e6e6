package org.headgate.linux;

/** Numbers of {@code linux/spi/spidev.h}; pointers are 64 bit wide on every machine. */
final class SpiUapi {
    static final int WRITE_BITS = 0x4001_6B03;
    static final int WRITE_SPEED = 0x4004_6B04;
    static final int WRITE_MODE = 0x4004_6B05;
    static final int TRANSFER_BYTES = 32;
    /** SPI_IOC_MESSAGE(1). */
    static final int MESSAGE = 0x4020_6B00;

    static final int TRANSFER_RECEIVE = 8;
    static final int TRANSFER_LENGTH = 16;
    static final int TRANSFER_SPEED = 20;
    static final int TRANSFER_BITS = 26;
    static final int TRANSFER_KEEP_SELECTED = 27;

    static final int LSB_FIRST = 8;

    private SpiUapi() {}
}
