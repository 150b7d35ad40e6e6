package org.headgate.driver.i2c;

import com.pi4j.io.i2c.I2C;
import com.pi4j.io.i2c.I2CBase;
import com.pi4j.io.i2c.I2CBus;
import com.pi4j.io.i2c.I2CConfig;
import com.pi4j.io.i2c.I2CProvider;

/** What Pi4J's interface makes of a {@link FakeBus}. */
final class FakeI2c extends I2CBase<I2CBus> implements I2C {
    private static final int CLOSED = 108;

    private final FakeBus bus;
    private final int address;
    private volatile boolean shut;

    FakeI2c(I2CProvider provider, I2CConfig config, FakeBus bus) {
        super(provider, config, null);
        this.bus = bus;
        this.address = config.device();
        bus.opened(1);
    }

    @Override
    public void close() {
        if (!shut) {
            shut = true;
            bus.opened(-1);
        }
        super.close();
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        read(one, 0, 1);
        return one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int count) {
        check();
        return bus.read(address, new byte[0], into, offset, count);
    }

    @Override
    public int write(byte one) {
        return write(new byte[] {one}, 0, 1);
    }

    @Override
    public int write(byte[] from, int offset, int count) {
        check();
        return bus.write(address, new byte[0], from, offset, count);
    }

    @Override
    public int readRegister(int register) {
        byte[] one = new byte[1];
        readRegister(register, one, 0, 1);
        return one[0] & 0xFF;
    }

    @Override
    public int readRegister(int register, byte[] into, int offset, int count) {
        check();
        return bus.read(address, small(register), into, offset, count);
    }

    @Override
    public int readRegister(byte[] register, byte[] into, int offset, int count) {
        check();
        return bus.read(address, register, into, offset, count);
    }

    @Override
    public int writeRegister(int register, byte one) {
        return writeRegister(register, new byte[] {one}, 0, 1);
    }

    @Override
    public int writeRegister(int register, byte[] from, int offset, int count) {
        check();
        return bus.write(address, small(register), from, offset, count);
    }

    @Override
    public int writeRegister(byte[] register, byte[] from, int offset, int count) {
        check();
        return bus.write(address, register, from, offset, count);
    }

    /** As strict as the provider on the kernel. */
    private static byte[] small(int register) {
        if (register < 0 || register > 0xFF) {
            throw new IllegalArgumentException("register " + register);
        }
        return new byte[] {(byte) register};
    }

    private void check() {
        if (shut) {
            throw FakeBus.refused(CLOSED, "it was closed");
        }
    }
}
