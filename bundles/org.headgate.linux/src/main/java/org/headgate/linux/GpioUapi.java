package org.headgate.linux;

/**
 * Numbers of {@code linux/gpio.h}, version 2 (kernel 5.10). The structures are made of types of fixed width with explicit padding, so each
 * offset holds on 32 and 64 bit alike.
 */
final class GpioUapi {
    static final int GET_CHIPINFO = 0x8044_B401;
    static final int GET_LINEINFO = 0xC100_B405;
    static final int GET_LINE = 0xC250_B407;
    static final int SET_CONFIG = 0xC110_B40D;
    static final int GET_VALUES = 0xC010_B40E;
    static final int SET_VALUES = 0xC010_B40F;

    static final int NAME_BYTES = 32;
    static final int CHIPINFO_BYTES = 68;
    static final int CHIPINFO_LABEL = 32;
    static final int CHIPINFO_LINES = 64;

    static final int LINEINFO_BYTES = 256;
    static final int LINEINFO_CONSUMER = 32;
    static final int LINEINFO_OFFSET = 64;
    static final int LINEINFO_FLAGS = 72;

    static final int REQUEST_BYTES = 592;
    static final int REQUEST_CONSUMER = 256;
    static final int REQUEST_CONFIG = 288;
    static final int REQUEST_LINES = 560;
    static final int REQUEST_BUFFER = 564;
    static final int REQUEST_FD = 588;

    static final int CONFIG_BYTES = 272;
    static final int CONFIG_ATTRIBUTES = 8;
    static final int CONFIG_FIRST_ATTRIBUTE = 32;
    static final int ATTRIBUTE_BYTES = 24;
    static final int ATTRIBUTE_VALUE = 8;
    static final int ATTRIBUTE_MASK = 16;
    static final int OUTPUT_VALUES = 2;
    static final int DEBOUNCE = 3;

    static final int EVENT_BYTES = 48;
    static final int EVENT_ID = 8;
    static final int EVENT_LINE_SEQUENCE = 20;
    static final int RISING_EDGE = 1;

    static final long USED = 1;
    static final long ACTIVE_LOW = 1 << 1;
    static final long INPUT = 1 << 2;
    static final long OUTPUT = 1 << 3;
    static final long EDGE_RISING = 1 << 4;
    static final long EDGE_FALLING = 1 << 5;
    static final long OPEN_DRAIN = 1 << 6;
    static final long OPEN_SOURCE = 1 << 7;
    static final long PULL_UP = 1 << 8;
    static final long PULL_DOWN = 1 << 9;
    static final long NO_PULL = 1 << 10;

    private GpioUapi() {}
}
