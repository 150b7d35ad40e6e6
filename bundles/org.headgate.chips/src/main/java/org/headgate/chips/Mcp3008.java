package org.headgate.chips;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.headgate.data.api.Type;
import org.headgate.device.api.Channel;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.device.api.Readings;

/**
 * Microchip MCP3008 (DS21295): eight analog inputs against ground, 10 bit, on SPI. Three bytes a conversion (6.1, Figure 6-1); the code is
 * 1024 * VIN / VREF (4.2, Equation 4-2).
 */
final class Mcp3008 implements Chip.Session {
    private static final int INPUTS = 8;
    private static final int START = 1;
    private static final int SINGLE_ENDED = 0x80;
    private static final int NULL_BIT = 0x04;
    private static final double STEPS = 1024;
    private static final int NONE = -1;
    /** Voltages, then codes. */
    private static final List<String> SOURCES = Stream.of("ch", "raw")
            .flatMap(prefix -> KnownChip.numbered(prefix, INPUTS).stream())
            .toList();

    static final Chip CHIP = KnownChip.onSpi(
            "mcp3008",
            "Microchip MCP3008: eight analog inputs, 10 bit",
            SOURCES.stream()
                    .map(name -> name.startsWith("ch")
                            ? KnownChip.reading(name, Type.DOUBLE, "V")
                            : KnownChip.reading(name, Type.LONG, ""))
                    .toList(),
            KnownChip.settings("vref", "3.3"),
            Mcp3008::new);

    private final Wire wire;
    private final double reference;
    private final int[] codes = new int[INPUTS];

    private Mcp3008(Wire wire, Setup setup) throws InvalidSettingException, IOException {
        this.wire = wire;
        this.reference = setup.number("vref", 0.25, 5.5, "V");
        convert(0);
    }

    @Override
    public void read(List<Channel> channels, Readings into) throws IOException {
        Arrays.fill(codes, NONE);
        for (int i = 0; i < channels.size(); i++) {
            int source = SOURCES.indexOf(channels.get(i).source());
            if (source < 0) {
                into.bad(i, "no such source");
                continue;
            }
            int input = source % INPUTS;
            // An input's code and its voltage are of one conversion.
            if (codes[input] == NONE) {
                codes[input] = convert(input);
            }
            if (source >= INPUTS) {
                into.set(i, (long) codes[input]);
            } else {
                into.set(i, codes[input] * reference / STEPS);
            }
        }
    }

    private int convert(int input) throws IOException {
        byte[] answer =
                Registers.complete(wire.transfer((byte) START, (byte) (SINGLE_ENDED | input << 4), (byte) 0), 3);
        // The chip pulls the line low before the first bit: one that is not there leaves it high.
        if ((answer[1] & NULL_BIT) != 0) {
            throw new IOException("no MCP3008 answers: check its supply, the wiring and the chip select");
        }
        return Bytes.uint16(answer, 1) & 0x3FF;
    }

    @Override
    public void write(Channel channel, Object value) throws IOException {
        throw Values.notWritable(channel);
    }
}
