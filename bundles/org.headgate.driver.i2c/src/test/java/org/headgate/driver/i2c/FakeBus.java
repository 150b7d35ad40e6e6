package org.headgate.driver.i2c;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.io.i2c.I2C;
import com.pi4j.io.i2c.I2CConfig;
import com.pi4j.io.i2c.I2CProvider;
import com.pi4j.io.i2c.I2CProviderBase;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.headgate.linux.I2cAdapter;
import org.headgate.linux.I2cAdapters;
import org.headgate.linux.I2cAnswer;
import org.headgate.linux.KernelException;

/** An I2C bus in memory, as a provider of Pi4J shows it: chips with registers, and everything that goes wrong on one. */
final class FakeBus implements I2cAdapters {
    /** What goes wrong. */
    enum Trouble {
        NONE,
        NO_NODE,
        ABSENT,
        STUCK,
        UNPLUGGED_MID_TRANSFER,
        SHORT_ANSWERS,
        DAMAGED_ANSWERS
    }

    /** A chip: registers with a pointer that moves on, as most have. */
    static final class FakeChip {
        final byte[] registers = new byte[1 << 16];
        int pointer;
        String kernelDriver = "";

        FakeChip set(int register, int... bytes) {
            for (int i = 0; i < bytes.length; i++) {
                registers[register + i] = (byte) bytes[i];
            }
            return this;
        }
    }

    final Map<Integer, FakeChip> chips = new TreeMap<>();
    /** What went over the wire, a line a transaction: {@code r 02+2} reads two bytes from register 2 on. */
    final List<String> transactions = new ArrayList<>();

    private final Random noise = new Random(1);
    private Trouble trouble = Trouble.NONE;
    private int open;

    FakeChip chip(int address) {
        return chips.computeIfAbsent(address, any -> new FakeChip());
    }

    Context context() {
        return Pi4J.newContextBuilder()
                .noAutoDetect()
                .disableShutdownHook()
                .add(new Provider(this))
                .build();
    }

    synchronized void trouble(Trouble now) {
        trouble = now;
    }

    synchronized int open() {
        return open;
    }

    synchronized void opened(int by) {
        open += by;
    }

    /** The lines of one read: begins anew. */
    synchronized List<String> take() {
        List<String> taken = List.copyOf(transactions);
        transactions.clear();
        return taken;
    }

    synchronized void checkNode() {
        if (trouble == Trouble.NO_NODE) {
            throw refused(2, "no bus i2c-9; there are i2c-1");
        }
    }

    synchronized int read(int address, byte[] register, byte[] into, int offset, int count) {
        transactions.add("r " + HexFormat.of().formatHex(register) + "+" + count);
        FakeChip chip = answering(address);
        if (register.length > 0) {
            chip.pointer = new BigInteger(1, register).intValue();
        }
        int got = trouble == Trouble.SHORT_ANSWERS ? count - 1 : count;
        for (int i = 0; i < got; i++) {
            into[offset + i] = chip.registers[chip.pointer++ & 0xFFFF];
        }
        if (trouble == Trouble.DAMAGED_ANSWERS) {
            noise.nextBytes(into);
        }
        return got;
    }

    synchronized int write(int address, byte[] register, byte[] from, int offset, int count) {
        transactions.add("w " + HexFormat.of().formatHex(register) + "+" + count);
        FakeChip chip = answering(address);
        if (register.length > 0) {
            chip.pointer = new BigInteger(1, register).intValue();
        }
        for (int i = 0; i < count; i++) {
            chip.registers[chip.pointer++ & 0xFFFF] = from[offset + i];
        }
        return count;
    }

    private FakeChip answering(int address) {
        FakeChip chip = chips.get(address);
        if (trouble == Trouble.STUCK) {
            throw refused(110, where(address) + ": the bus is stuck: check wiring and pull-ups");
        }
        if (trouble == Trouble.UNPLUGGED_MID_TRANSFER) {
            throw refused(121, where(address) + ": nothing answers (check power, wiring and the address)");
        }
        if (chip == null || trouble == Trouble.ABSENT) {
            throw new com.pi4j.io.exception.IOException((String) null);
        }
        return chip;
    }

    private static String where(int address) {
        return String.format("i2c-1/0x%02x", address);
    }

    static com.pi4j.io.exception.IOException refused(int errno, String message) {
        return new com.pi4j.io.exception.IOException(message, new KernelException(errno, message));
    }

    @Override
    public List<I2cAdapter> all() {
        return List.of(new I2cAdapter(1, "fake"));
    }

    @Override
    public synchronized List<I2cAnswer> scan(int number) {
        return chips.entrySet().stream()
                .map(chip -> new I2cAnswer(
                        chip.getKey(),
                        chip.getValue().kernelDriver.isEmpty() ? "read byte" : "driver",
                        chip.getValue().kernelDriver))
                .toList();
    }

    private static final class Provider extends I2CProviderBase implements I2CProvider {
        private final FakeBus bus;

        Provider(FakeBus bus) {
            super("fake-i2c", "Fake I2C");
            this.bus = bus;
        }

        @Override
        public I2C create(I2CConfig config) {
            bus.checkNode();
            return new FakeI2c(this, config, bus);
        }
    }
}
