package org.headgate.linux;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;

/**
 * What SMBus can say of a transfer: a byte, a register and up to 32 bytes. Longer reads of registers are made of several, each with its
 * own register number, as chips that count registers upwards expect it.
 */
final class SmbusMessages implements I2cMessages {
    private static final int BYTE = 0xFF;

    private final OpenFile file;
    private final Memory request = new Memory(I2cUapi.SMBUS_BYTES);
    private final Memory block = new Memory(I2cUapi.SMBUS_BLOCK_BYTES);

    SmbusMessages(OpenFile file) {
        this.file = file;
        request.clear();
        request.setPointer(I2cUapi.SMBUS_DATA, block);
    }

    @Override
    public void transfer(byte[] out, int outAt, int outCount, byte[] in, int inAt, int inCount) {
        if (outCount == 0 && inCount == 1) {
            call(I2cUapi.SMBUS_READ, 0, I2cUapi.SMBUS_BYTE);
            in[inAt] = block.getByte(0);
        } else if (outCount == 1 && inCount == 0) {
            call(I2cUapi.SMBUS_WRITE, out[outAt] & BYTE, I2cUapi.SMBUS_BYTE);
        } else if (outCount == 1) {
            read(out[outAt] & BYTE, in, inAt, inCount);
        } else if (outCount > 1 && outCount <= I2cUapi.SMBUS_LONGEST + 1 && inCount == 0) {
            write(out, outAt, outCount);
        } else {
            throw new LastErrorException(Errno.EOPNOTSUPP);
        }
    }

    private void read(int register, byte[] in, int inAt, int inCount) {
        for (int done = 0; done < inCount; ) {
            int count = Math.min(I2cUapi.SMBUS_LONGEST, inCount - done);
            if (count == 1) {
                call(I2cUapi.SMBUS_READ, register + done, I2cUapi.SMBUS_BYTE_DATA);
                in[inAt + done] = block.getByte(0);
            } else {
                block.setByte(0, (byte) count);
                call(I2cUapi.SMBUS_READ, register + done, I2cUapi.SMBUS_I2C_BLOCK_DATA);
                if (block.getByte(0) != count) {
                    throw new LastErrorException(Errno.EIO);
                }
                block.read(1, in, inAt + done, count);
            }
            done += count;
        }
    }

    private void write(byte[] out, int outAt, int outCount) {
        if (outCount == 2) {
            block.setByte(0, out[outAt + 1]);
            call(I2cUapi.SMBUS_WRITE, out[outAt] & BYTE, I2cUapi.SMBUS_BYTE_DATA);
        } else {
            block.setByte(0, (byte) (outCount - 1));
            block.write(1, out, outAt + 1, outCount - 1);
            call(I2cUapi.SMBUS_WRITE, out[outAt] & BYTE, I2cUapi.SMBUS_I2C_BLOCK_DATA);
        }
    }

    private void call(byte direction, int command, int size) {
        request.setByte(0, direction);
        request.setByte(I2cUapi.SMBUS_COMMAND, (byte) command);
        request.setInt(I2cUapi.SMBUS_SIZE, size);
        file.ioctl(I2cUapi.SMBUS, request);
    }
}
