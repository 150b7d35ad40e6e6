package org.headgate.driver.spi;

import com.pi4j.context.Context;
import com.pi4j.exception.Pi4JException;
import com.pi4j.io.spi.Spi;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.headgate.chips.OpenTime;
import org.headgate.chips.Pause;
import org.headgate.chips.Wire;
import org.headgate.pi4j.Pins;
import org.headgate.registers.Register;
import org.headgate.registers.RegisterAccess;

/** The way to one chip, over Pi4J. Every transaction is one transfer, with the chip select kept from its first byte to its last. */
final class SpiLine implements RegisterAccess, Wire {
    private final SpiAddress address;
    private final SpiFlags flags;
    private final Context context;
    private final Spi spi;
    private final OpenTime open;
    private byte[] out = new byte[64];
    private byte[] in = new byte[64];

    private SpiLine(SpiAddress address, SpiFlags flags, Context context, Spi spi, Pause pause) {
        this.address = address;
        this.flags = flags;
        this.context = context;
        this.spi = spi;
        this.open = new OpenTime(pause);
    }

    /**
     * Opens the way; nothing is sent.
     *
     * @param id unique among all that is open
     */
    static SpiLine open(Context context, SpiAddress address, SpiFlags flags, String id, Pause pause)
            throws IOException {
        try {
            Spi spi = context.create(Spi.newConfigBuilder(context)
                    .id(id)
                    .name(address.toString())
                    .bus(address.bus())
                    .channel(address.select())
                    .mode(address.mode())
                    .baud(address.hertz())
                    .load(Map.of(Pins.BITS, Integer.toString(address.bits())))
                    .build());
            return new SpiLine(address, flags, context, spi, pause);
        } catch (Pi4JException refused) {
            throw explained(address, refused);
        }
    }

    /** The answer to a register's number follows it; the one to an exchange comes while its last bytes are sent. */
    @Override
    public void read(Register from, byte[] into, int count) throws IOException {
        int before = from.kind() == Register.Kind.NUMBERED ? from.bytes() : 0;
        int all = from.kind() == Register.Kind.EXCHANGE ? from.bytes() : before + count;
        start(all);
        from.put(out, 0);
        if (before > 0) {
            out[0] |= (byte) flags.read();
        }
        move(out, in, all);
        System.arraycopy(in, all - count, into, 0, count);
    }

    @Override
    public void write(Register to, byte[] bytes, int count) throws IOException {
        start(to.bytes() + count);
        to.put(out, 0);
        if (to.kind() == Register.Kind.NUMBERED) {
            out[0] |= (byte) flags.write();
        }
        System.arraycopy(bytes, 0, out, to.bytes(), count);
        move(out, in, to.bytes() + count);
    }

    @Override
    public void write(byte... bytes) throws IOException {
        transfer(bytes);
    }

    @Override
    public byte[] writeRead(byte[] bytes, int count) throws IOException {
        byte[] all = transfer(Arrays.copyOf(bytes, bytes.length + count));
        return Arrays.copyOfRange(all, bytes.length, all.length);
    }

    @Override
    public byte[] transfer(byte... bytes) throws IOException {
        byte[] answer = new byte[bytes.length];
        move(bytes, answer, bytes.length);
        return answer;
    }

    @Override
    public void pause(Duration time) throws IOException {
        open.pause(time);
    }

    @Override
    public void close() {
        open.end();
        Pins.close(context, spi);
    }

    /** Makes room, and zeros for what is not said. */
    private void start(int count) {
        if (out.length < count) {
            out = new byte[count];
            in = new byte[count];
        }
        Arrays.fill(out, 0, count, (byte) 0);
    }

    private void move(byte[] from, byte[] into, int count) throws IOException {
        open.check();
        int moved;
        try {
            moved = spi.transfer(from, 0, into, 0, count);
        } catch (Pi4JException refused) {
            throw explained(address, refused);
        }
        if (moved != count) {
            throw new IOException(address + ": " + Math.max(moved, 0) + " of " + count + " bytes were transferred");
        }
    }

    private static IOException explained(SpiAddress address, Pi4JException refused) {
        return Pins.explained(refused, address.nodeName(), address.toString(), "");
    }
}
