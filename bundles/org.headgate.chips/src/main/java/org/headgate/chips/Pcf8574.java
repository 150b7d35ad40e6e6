package org.headgate.chips;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.headgate.device.api.Channel;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.device.api.Readings;

/**
 * PCF8574 and PCF8574A of NXP (PCF8574_PCF8574A, 8.1 quasi-bidirectional I/Os) and Texas Instruments (SCPS068): eight lines that are pulled
 * low, or let go, when a weak current source holds them high and they are inputs. One byte written sets all, one byte read is the
 * levels.
 */
final class Pcf8574 implements Chip.Session {
    private static final List<String> NAMES = KnownChip.numbered("p", 8);
    private static final byte[] NOTHING = {};

    static final Chip CHIP = KnownChip.onI2c(
            "pcf8574",
            "NXP PCF8574 and PCF8574A: eight lines in or out",
            addresses(),
            Lines.channels(NAMES),
            KnownChip.settings(Lines.OUTPUTS, "", Lines.ACTIVE_LOW, ""),
            Pcf8574::new);

    private final Wire wire;
    private final Lines lines;
    private int latch;

    private Pcf8574(Wire wire, Setup setup) throws InvalidSettingException, IOException {
        this.wire = wire;
        this.lines = new Lines(NAMES, setup);
        // The chip does not tell what was written: outputs keep the levels that they have, inputs are let go. An
        // output that is high, but loaded more than its weak current source can bear (8.1), is low from here on.
        set(levels() | lines.inputs());
    }

    /** The two types differ in their addresses alone. */
    private static List<Integer> addresses() {
        List<Integer> all = new ArrayList<>(KnownChip.addresses(0x20, 0x20, 0x27));
        all.addAll(KnownChip.addresses(0x38, 0x38, 0x3F));
        return all;
    }

    private int levels() throws IOException {
        return Bytes.uint8(Registers.answer(wire, NOTHING, 1), 0);
    }

    private void set(int levels) throws IOException {
        wire.write((byte) levels);
        latch = levels;
    }

    @Override
    public void read(List<Channel> channels, Readings into) throws IOException {
        int levels = levels();
        if ((levels & lines.outputs() & ~latch) != 0) {
            throw new IOException("an output that is pulled low is high: the chip was reset, or its supply is weak");
        }
        lines.report(levels, channels, into);
    }

    @Override
    public void write(Channel channel, Object value) throws IOException {
        set(lines.with(latch, channel, value));
    }
}
