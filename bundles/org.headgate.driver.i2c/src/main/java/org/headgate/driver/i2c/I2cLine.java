package org.headgate.driver.i2c;

import com.pi4j.context.Context;
import com.pi4j.exception.Pi4JException;
import com.pi4j.io.i2c.I2C;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import org.headgate.chips.OpenTime;
import org.headgate.chips.Pause;
import org.headgate.chips.Wire;
import org.headgate.pi4j.Pins;
import org.headgate.registers.Register;
import org.headgate.registers.RegisterAccess;

/**
 * The way to one chip, over Pi4J. What an 8-bit register number begins goes through Pi4J's register calls, which also work on adapters that know SMBus
 * alone; on the wire they are the same.
 */
final class I2cLine implements RegisterAccess, Wire {
    private static final int BYTE = 0xFF;

    private final I2cAddress address;
    private final Context context;
    private final I2C i2c;
    private final OpenTime open;
    private final byte[] number = new byte[2];

    private I2cLine(I2cAddress address, Context context, I2C i2c, Pause pause) {
        this.address = address;
        this.context = context;
        this.i2c = i2c;
        this.open = new OpenTime(pause);
    }

    /**
     * Opens the way; nothing is sent.
     *
     * @param id unique among all that is open
     */
    static I2cLine open(Context context, I2cAddress address, String id, Pause pause) throws IOException {
        try {
            I2C i2c = context.create(I2C.newConfigBuilder(context)
                    .id(id)
                    .name(address.toString())
                    .bus(address.bus())
                    .device(address.device().orElseThrow())
                    .build());
            return new I2cLine(address, context, i2c, pause);
        } catch (Pi4JException refused) {
            throw explained(address, refused);
        }
    }

    @Override
    public void read(Register from, byte[] into, int count) throws IOException {
        open.check();
        try {
            came(
                    switch (from.kind()) {
                        case NUMBERED -> {
                            if (from.bytes() == 1) {
                                yield i2c.readRegister((int) from.number(), into, 0, count);
                            }
                            from.put(number, 0);
                            yield i2c.readRegister(number, into, 0, count);
                        }
                        case DIRECT -> i2c.read(into, 0, count);
                        case EXCHANGE -> throw new IOException("no exchanges on I2C");
                    },
                    count);
        } catch (Pi4JException refused) {
            throw explained(address, refused);
        }
    }

    @Override
    public void write(Register to, byte[] bytes, int count) throws IOException {
        open.check();
        try {
            switch (to.kind()) {
                case NUMBERED -> {
                    if (to.bytes() == 1) {
                        went(i2c.writeRegister((int) to.number(), bytes, 0, count));
                    } else {
                        to.put(number, 0);
                        went(i2c.writeRegister(number, bytes, 0, count));
                    }
                }
                case DIRECT -> went(i2c.write(bytes, 0, count));
                case EXCHANGE -> throw new IOException("no exchanges on I2C");
            }
        } catch (Pi4JException refused) {
            throw explained(address, refused);
        }
    }

    @Override
    public void write(byte... out) throws IOException {
        open.check();
        try {
            went(
                    out.length < 2
                            ? i2c.write(out, 0, out.length)
                            : i2c.writeRegister(
                                    out[0] & BYTE, Arrays.copyOfRange(out, 1, out.length), 0, out.length - 1));
        } catch (Pi4JException refused) {
            throw explained(address, refused);
        }
    }

    @Override
    public byte[] writeRead(byte[] out, int count) throws IOException {
        open.check();
        byte[] in = new byte[count];
        try {
            came(
                    switch (out.length) {
                        case 0 -> i2c.read(in, 0, count);
                        case 1 -> i2c.readRegister(out[0] & BYTE, in, 0, count);
                        default -> i2c.readRegister(out, in, 0, count);
                    },
                    count);
        } catch (Pi4JException refused) {
            throw explained(address, refused);
        }
        return in;
    }

    @Override
    public byte[] transfer(byte... out) {
        throw new UnsupportedOperationException("I2C does not send and take at the same time");
    }

    @Override
    public void pause(Duration time) throws IOException {
        open.pause(time);
    }

    @Override
    public void close() {
        open.end();
        Pins.close(context, i2c);
    }

    /** Half an answer is none: what is left of the buffer is from before. */
    private void came(int got, int wanted) throws IOException {
        if (got != wanted) {
            throw new IOException(address + ": " + Math.max(got, 0) + " of " + wanted
                    + " bytes came: check wiring and power, and that the chip has this register");
        }
    }

    private void went(int done) throws IOException {
        if (done < 0) {
            throw new IOException(address + " does not take what is written: check wiring, address and power");
        }
    }

    private static IOException explained(I2cAddress address, Pi4JException refused) {
        return Pins.explained(refused, address.busName(), address.toString(), " (check wiring, address and power)");
    }
}
