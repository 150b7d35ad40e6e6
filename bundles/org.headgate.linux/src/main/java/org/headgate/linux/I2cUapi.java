package org.headgate.linux;

import com.sun.jna.Native;

/** Numbers of {@code linux/i2c-dev.h} and {@code linux/i2c.h}. These structures hold pointers, so their offsets differ on 32 and 64 bit. */
final class I2cUapi {
    static final int SLAVE = 0x0703;
    static final int FUNCS = 0x0705;
    static final int RDWR = 0x0707;
    static final int SMBUS = 0x0720;

    /** The adapter takes plain messages. */
    static final long FUNC_I2C = 1;

    static final long FUNC_SMBUS_READ_BYTE = 0x0002_0000;

    static final short MESSAGE_READ = 1;
    static final int MESSAGE_FLAGS = 2;
    static final int MESSAGE_LENGTH = 4;
    static final int MESSAGE_BUFFER = 8;
    static final int MESSAGE_BYTES = 8 + Native.POINTER_SIZE;
    /** The kernel takes no longer one. */
    static final int LONGEST_MESSAGE = 8192;

    static final int RDWR_COUNT = Native.POINTER_SIZE;
    static final int RDWR_BYTES = 2 * Native.POINTER_SIZE;

    static final int SMBUS_COMMAND = 1;
    static final int SMBUS_SIZE = 4;
    static final int SMBUS_DATA = 8;
    static final int SMBUS_BYTES = 8 + Native.POINTER_SIZE;
    static final int SMBUS_BLOCK_BYTES = 34;
    static final int SMBUS_LONGEST = 32;
    static final byte SMBUS_READ = 1;
    static final byte SMBUS_WRITE = 0;
    static final int SMBUS_BYTE = 1;
    static final int SMBUS_BYTE_DATA = 2;
    static final int SMBUS_I2C_BLOCK_DATA = 8;

    private I2cUapi() {}
}
