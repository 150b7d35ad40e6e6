package org.headgate.driver.i2c;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.io.i2c.I2C;
import com.pi4j.io.i2c.I2CBase;
import com.pi4j.io.i2c.I2CBus;
import com.pi4j.io.i2c.I2CConfig;
import com.pi4j.io.i2c.I2CProvider;
import com.pi4j.io.i2c.I2CProviderBase;
import java.io.IOException;
import java.util.Arrays;
import org.headgate.chips.kit.SimulatedChip;

/** A chip in software on Pi4J's interface: the bytes of its transactions, whatever call they come by. */
final class SimulatedI2c extends I2CBase<I2CBus> implements I2C {
    private final SimulatedChip chip;

    private SimulatedI2c(I2CProvider provider, I2CConfig config, SimulatedChip chip) {
        super(provider, config, null);
        this.chip = chip;
    }

    static Context context(SimulatedChip chip) {
        return Pi4J.newContextBuilder()
                .noAutoDetect()
                .disableShutdownHook()
                .add(new Provider(chip))
                .build();
    }

    private static final class Provider extends I2CProviderBase implements I2CProvider {
        private final SimulatedChip chip;

        Provider(SimulatedChip chip) {
            super("simulated-i2c", "Simulated I2C");
            this.chip = chip;
        }

        @Override
        public I2C create(I2CConfig config) {
            return new SimulatedI2c(this, config, chip);
        }
    }

    private int send(byte[] first, byte[] then, int offset, int count) {
        byte[] all = Arrays.copyOf(first, first.length + count);
        System.arraycopy(then, offset, all, first.length, count);
        try {
            chip.write(all);
            return count;
        } catch (IOException refused) {
            throw new com.pi4j.io.exception.IOException(refused.getMessage(), refused);
        }
    }

    @Override
    public int read(byte[] into, int offset, int count) {
        try {
            System.arraycopy(chip.read(count), 0, into, offset, count);
            return count;
        } catch (IOException refused) {
            throw new com.pi4j.io.exception.IOException(refused.getMessage(), refused);
        }
    }

    @Override
    public int write(byte[] from, int offset, int count) {
        return send(new byte[0], from, offset, count);
    }

    @Override
    public int readRegister(byte[] register, byte[] into, int offset, int count) {
        send(register, register, 0, 0);
        return read(into, offset, count);
    }

    @Override
    public int writeRegister(byte[] register, byte[] from, int offset, int count) {
        return send(register, from, offset, count);
    }

    @Override
    public int readRegister(int register, byte[] into, int offset, int count) {
        return readRegister(new byte[] {(byte) register}, into, offset, count);
    }

    @Override
    public int writeRegister(int register, byte[] from, int offset, int count) {
        return writeRegister(new byte[] {(byte) register}, from, offset, count);
    }

    @Override
    public int read() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int write(byte one) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int readRegister(int register) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int writeRegister(int register, byte one) {
        throw new UnsupportedOperationException();
    }
}
