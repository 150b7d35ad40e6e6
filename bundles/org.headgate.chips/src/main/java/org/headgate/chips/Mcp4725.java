package org.headgate.chips;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.headgate.data.api.Type;
import org.headgate.device.api.Access;
import org.headgate.device.api.Channel;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.device.api.Readings;

/**
 * Microchip MCP4725 (DS22039D): one analog output, 12 bit. The voltage is VDD * code / 4096, since VDD is the reference. The EEPROM, which holds what the
 * output begins with and wears out, is written by the channel {@code eeprom} alone, and only where it differs.
 */
final class Mcp4725 implements Chip.Session {
    private static final int MOST = 4095;
    private static final double STEPS = 4096;
    /** Write DAC register and EEPROM, C2 C1 C0 = 011 (Figure 6-2). */
    private static final int WRITE_BOTH = 0x60;

    private static final int READY = 0x80;
    private static final int POWER_DOWN = 0x06;
    private static final int PATIENCE = 12;
    /** 50 ms at most (1.0, EEPROM write time), here asked twelve times. */
    private static final Duration MOMENT = Duration.ofMillis(5);

    private static final byte[] NOTHING = {};

    static final Chip CHIP = KnownChip.onI2c(
            "mcp4725",
            "Microchip MCP4725: one analog output, 12 bit",
            KnownChip.addresses(0x60, 0x60, 0x67),
            List.of(
                    KnownChip.channel("voltage", Type.DOUBLE, "V", Access.READ_WRITE),
                    KnownChip.channel("code", Type.LONG, "", Access.READ_WRITE),
                    KnownChip.channel("eeprom", Type.LONG, "", Access.READ_WRITE)),
            KnownChip.settings("vref", "3.3"),
            Mcp4725::new);

    private final Wire wire;
    private final double reference;

    private Mcp4725(Wire wire, Setup setup) throws InvalidSettingException, IOException {
        this.wire = wire;
        this.reference = setup.number("vref", 2.7, 5.5, "V");
        all();
    }

    /** State, DAC register and EEPROM (Figure 6-3). */
    private byte[] all() throws IOException {
        return Registers.answer(wire, NOTHING, 5);
    }

    private static int eeprom(byte[] all) {
        return Bytes.uint16(all, 3) & MOST;
    }

    @Override
    public void read(List<Channel> channels, Readings into) throws IOException {
        byte[] all = all();
        int code = Bytes.uint16(all, 1) >> 4;
        for (int i = 0; i < channels.size(); i++) {
            switch (channels.get(i).source()) {
                case "voltage" -> {
                    into.set(i, code * reference / STEPS);
                    if ((all[0] & POWER_DOWN) != 0) {
                        into.uncertain(i, "the output is switched off; writing it switches it on");
                    }
                }
                case "code" -> into.set(i, (long) code);
                case "eeprom" -> into.set(i, (long) eeprom(all));
                default -> into.bad(i, "no such source");
            }
        }
    }

    @Override
    public void write(Channel channel, Object value) throws IOException {
        switch (channel.source()) {
            case "voltage" -> output(code(channel, value));
            case "code" -> output((int) Values.whole(channel, value, 0, MOST));
            case "eeprom" -> keep((int) Values.whole(channel, value, 0, MOST));
            default -> throw Values.notWritable(channel);
        }
    }

    private int code(Channel channel, Object value) throws IOException {
        long code = Math.round(Values.number(channel, value) * STEPS / reference);
        if (code < 0 || code > MOST) {
            throw new IOException(channel.name() + ": " + value + " (expected: from 0 to "
                    + Setup.plain(MOST * reference / STEPS) + " V, since vref is " + Setup.plain(reference) + " V)");
        }
        return (int) code;
    }

    /** The fast mode (Figure 6-1), which leaves the EEPROM alone; it also ends a power-down. */
    private void output(int code) throws IOException {
        wire.write((byte) (code >> 8), (byte) code);
    }

    private void keep(int code) throws IOException {
        byte[] now = all();
        if (eeprom(now) == code && (now[3] & POWER_DOWN << 4) == 0) {
            output(code);
            return;
        }
        wire.write((byte) WRITE_BOTH, (byte) (code >> 4), (byte) (code << 4));
        for (int i = 0; i < PATIENCE; i++) {
            wire.pause(MOMENT);
            byte[] then = all();
            if ((then[0] & READY) != 0) {
                if (eeprom(then) != code) {
                    throw new IOException(
                            "eeprom: " + code + " was written, " + eeprom(then) + " is kept: it is worn out");
                }
                return;
            }
        }
        throw new IOException("the chip does not end writing its EEPROM: check its supply");
    }
}
