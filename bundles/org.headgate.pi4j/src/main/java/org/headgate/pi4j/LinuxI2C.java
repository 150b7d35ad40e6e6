package org.headgate.pi4j;

import com.pi4j.context.Context;
import com.pi4j.io.i2c.I2C;
import com.pi4j.io.i2c.I2CBase;
import com.pi4j.io.i2c.I2CBus;
import com.pi4j.io.i2c.I2CConfig;
import com.pi4j.io.i2c.I2CProvider;
import java.util.concurrent.Callable;
import org.headgate.linux.I2cDevice;

/** A chip on an I2C bus. Each call is one transaction; a register is written and read with a repeated start between. */
final class LinuxI2C extends I2CBase<I2CBus> {
    private static final int BYTE = 0xFF;
    private static final byte[] NOTHING = new byte[0];

    private final I2cDevice device;
    private final byte[] one = new byte[1];
    private byte[] message = new byte[33];

    LinuxI2C(I2CProvider provider, I2CConfig config, I2cDevice device) {
        super(provider, config, new WholeTransactions());
        this.device = device;
        this.isOpen = true;
    }

    /** The kernel lets nobody between the parts of a transaction; what spans several is the caller's to arrange. */
    private static final class WholeTransactions implements I2CBus {
        @Override
        public <R> R execute(I2C chip, Callable<R> action) {
            try {
                return action.call();
            } catch (RuntimeException failure) {
                throw failure;
            } catch (Exception failure) {
                throw new com.pi4j.io.exception.IOException(failure.getMessage(), failure);
            }
        }
    }

    private int exchange(byte[] out, int outAt, int outCount, byte[] in, int inAt, int inCount) {
        Refused.tell(() -> device.transfer(out, outAt, outCount, in, inAt, inCount));
        return Math.max(outCount, inCount);
    }

    private static byte number(int register) {
        if (register < 0 || register > BYTE) {
            throw new IllegalArgumentException("register " + register + " (expected: 0 to 255; longer ones as bytes)");
        }
        return (byte) register;
    }

    @Override
    public synchronized int read() {
        exchange(NOTHING, 0, 0, one, 0, 1);
        return one[0] & BYTE;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        exchange(NOTHING, 0, 0, into, offset, length);
        return length;
    }

    @Override
    public synchronized int write(byte value) {
        one[0] = value;
        return exchange(one, 0, 1, NOTHING, 0, 0);
    }

    @Override
    public int write(byte[] data, int offset, int length) {
        return exchange(data, offset, length, NOTHING, 0, 0);
    }

    @Override
    public synchronized int readRegister(int register) {
        readRegister(register, one, 0, 1);
        return one[0] & BYTE;
    }

    @Override
    public synchronized int readRegister(int register, byte[] into, int offset, int length) {
        message[0] = number(register);
        exchange(message, 0, 1, into, offset, length);
        return length;
    }

    @Override
    public int readRegister(byte[] register, byte[] into, int offset, int length) {
        exchange(register, 0, register.length, into, offset, length);
        return length;
    }

    @Override
    public synchronized int writeRegister(int register, byte value) {
        message[0] = number(register);
        message[1] = value;
        exchange(message, 0, 2, NOTHING, 0, 0);
        return 1;
    }

    @Override
    public synchronized int writeRegister(int register, byte[] data, int offset, int length) {
        one[0] = number(register);
        return writeRegister(one, data, offset, length);
    }

    @Override
    public synchronized int writeRegister(byte[] register, byte[] data, int offset, int length) {
        int whole = register.length + length;
        if (message.length < whole) {
            message = new byte[whole];
        }
        System.arraycopy(register, 0, message, 0, register.length);
        System.arraycopy(data, offset, message, register.length, length);
        exchange(message, 0, whole, NOTHING, 0, 0);
        return length;
    }

    @Override
    public void close() {
        super.close();
        device.close();
    }

    @Override
    public I2C shutdown(Context context) {
        device.close();
        return super.shutdown(context);
    }
}
