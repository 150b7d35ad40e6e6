package org.headgate.chips.kit;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.headgate.chips.Wire;

/** The way to one simulated chip. It can be unplugged, and notes what goes over it. */
public final class SimulatedWire implements Wire {
    /** What was written, each transaction in hex: {@code f401}. */
    public final List<String> writes = new ArrayList<>();
    /** How long the chip was given in all. */
    public Duration paused = Duration.ZERO;
    /** After how many more transactions the chip is gone. */
    public int transactionsLeft = Integer.MAX_VALUE;

    private final SimulatedChip chip;

    /** A wire to a chip. */
    public SimulatedWire(SimulatedChip chip) {
        this.chip = chip;
    }

    @Override
    public void write(byte... out) throws IOException {
        transaction();
        writes.add(HexFormat.of().formatHex(out));
        chip.write(out);
    }

    @Override
    public byte[] writeRead(byte[] out, int count) throws IOException {
        transaction();
        if (out.length > 0) {
            chip.write(out);
        }
        return chip.read(count);
    }

    @Override
    public byte[] transfer(byte... out) throws IOException {
        transaction();
        return chip.transfer(out);
    }

    @Override
    public void pause(Duration time) {
        paused = paused.plus(time);
    }

    private void transaction() throws IOException {
        if (transactionsLeft-- <= 0) {
            throw new IOException("nothing answers at this address");
        }
    }
}
