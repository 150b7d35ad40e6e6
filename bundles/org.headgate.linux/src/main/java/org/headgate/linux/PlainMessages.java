package org.headgate.linux;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;

/** I2C messages with a repeated start between them. The kernel's structures are made once; a transfer copies bytes only. */
final class PlainMessages implements I2cMessages {
    private static final int SHORT = 64;

    private final OpenFile file;
    private final int address;
    private final Memory transaction = new Memory(I2cUapi.RDWR_BYTES);
    private final Memory messages = new Memory(2L * I2cUapi.MESSAGE_BYTES);
    private Memory written = new Memory(SHORT);
    private Memory read = new Memory(SHORT);

    PlainMessages(OpenFile file, int address) {
        this.file = file;
        this.address = address;
        transaction.clear();
        transaction.setPointer(0, messages);
    }

    @Override
    public void transfer(byte[] out, int outAt, int outCount, byte[] in, int inAt, int inCount) {
        if (outCount > I2cUapi.LONGEST_MESSAGE || inCount > I2cUapi.LONGEST_MESSAGE) {
            throw new LastErrorException(Errno.EINVAL);
        }
        int count = 0;
        if (outCount > 0 || inCount == 0) {
            written = atLeast(written, outCount);
            written.write(0, out, outAt, outCount);
            message(count++, (short) 0, outCount, written);
        }
        if (inCount > 0) {
            read = atLeast(read, inCount);
            message(count++, I2cUapi.MESSAGE_READ, inCount, read);
        }
        transaction.setInt(I2cUapi.RDWR_COUNT, count);
        if (file.ioctl(I2cUapi.RDWR, transaction) != count) {
            throw new LastErrorException(Errno.EIO);
        }
        if (inCount > 0) {
            read.read(0, in, inAt, inCount);
        }
    }

    private void message(int index, short flags, int length, Memory buffer) {
        long at = (long) index * I2cUapi.MESSAGE_BYTES;
        messages.setShort(at, (short) address);
        messages.setShort(at + I2cUapi.MESSAGE_FLAGS, flags);
        messages.setShort(at + I2cUapi.MESSAGE_LENGTH, (short) length);
        messages.setPointer(at + I2cUapi.MESSAGE_BUFFER, buffer);
    }

    private static Memory atLeast(Memory memory, int bytes) {
        return memory.size() >= bytes ? memory : new Memory(bytes);
    }
}
