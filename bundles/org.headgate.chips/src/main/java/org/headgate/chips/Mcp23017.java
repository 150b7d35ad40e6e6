package org.headgate.chips;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.headgate.device.api.Channel;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.device.api.Readings;

/** Microchip MCP23017 (DS20001952, 3.5 registers, Table 3-5 with IOCON.BANK = 0): sixteen lines, each an input or an output. */
final class Mcp23017 implements Chip.Session {
    private static final int IODIR = 0x00;
    private static final int IPOL = 0x02;
    private static final int GPINTEN = 0x04;
    private static final int IOCON = 0x0A;
    private static final int GPPU = 0x0C;
    private static final int GPIO = 0x12;
    private static final int OLAT = 0x14;
    private static final int ALL = 0x16;

    /** GPINTENB; the register of the set-up itself where the banks are apart. */
    private static final int IOCON_OF_BANKS = 0x05;

    private static final List<String> NAMES = Stream.concat(
                    KnownChip.numbered("a", 8).stream(), KnownChip.numbered("b", 8).stream())
            .toList();
    private static final String PULL_UPS = "pull-ups";

    static final Chip CHIP = KnownChip.onI2c(
            "mcp23017",
            "Microchip MCP23017: sixteen lines in or out",
            KnownChip.addresses(0x20, 0x20, 0x27),
            Lines.channels(NAMES),
            KnownChip.settings(Lines.OUTPUTS, "", PULL_UPS, "", Lines.ACTIVE_LOW, ""),
            Mcp23017::new);

    private final Registers registers;
    private final Lines lines;
    private final int pullUps;

    private Mcp23017(Wire wire, Setup setup) throws InvalidSettingException, IOException {
        registers = new Registers(wire);
        lines = new Lines(NAMES, setup);
        pullUps = setup.lines(PULL_UPS, NAMES);
        // Now the banks are not apart, whatever they were before; where they were not, this is an interrupt switched
        // off.
        registers.write(IOCON_OF_BANKS, 0);
        registers.write(IOCON, 0, 0);
        byte[] before = registers.read(0, ALL);
        if (Bytes.uint16(before, IOCON) != 0) {
            throw new IOException("no MCP23017 here: its set-up reads " + Bytes.hex(Bytes.uint16(before, IOCON))
                    + " after 0 was written");
        }
        // Outputs keep their levels over a restart of the gateway. A line that becomes one begins with false: a relay
        // that
        // is active low must not click.
        int fresh = Bytes.uint16Little(before, IODIR) & lines.outputs();
        int latch = Bytes.uint16Little(before, OLAT) & ~fresh | lines.activeLow() & fresh;
        write(OLAT, latch);
        write(GPINTEN, 0);
        write(IPOL, 0);
        write(GPPU, pullUps);
        write(IODIR, lines.inputs());
        checked(registers.read(0, ALL));
    }

    private void write(int register, int bits) throws IOException {
        registers.write(register, bits, bits >> 8);
    }

    /** A chip that was reset has forgotten which lines are outputs, and answers all the same. */
    private byte[] checked(byte[] all) throws IOException {
        if (Bytes.uint16Little(all, IODIR) != lines.inputs()
                || Bytes.uint16Little(all, GPPU) != pullUps
                || Bytes.uint16Little(all, IPOL) != 0) {
            throw new IOException(
                    "the chip does not keep its set-up: it is no MCP23017, or was reset (check its supply)");
        }
        return all;
    }

    @Override
    public void read(List<Channel> channels, Readings into) throws IOException {
        lines.report(Bytes.uint16Little(checked(registers.read(0, ALL)), GPIO), channels, into);
    }

    @Override
    public void write(Channel channel, Object value) throws IOException {
        int latch = Bytes.uint16Little(checked(registers.read(0, ALL)), OLAT);
        write(OLAT, lines.with(latch, channel, value));
    }
}
