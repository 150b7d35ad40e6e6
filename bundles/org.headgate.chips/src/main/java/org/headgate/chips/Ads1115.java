package org.headgate.chips;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.headgate.data.api.Type;
import org.headgate.device.api.Channel;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.device.api.Readings;

/**
 * Texas Instruments ADS1115 (SBAS444D, 9.6 registers, Table 3 full scale and size of a step): four inputs against ground, or pairs against
 * each other. Each channel is a conversion of its own, in single-shot mode.
 */
final class Ads1115 implements Chip.Session {
    private static final int CONVERSION = 0;
    private static final int CONFIG = 1;

    private static final int START = 1 << 15;
    private static final int SINGLE_SHOT = 1 << 8;
    private static final int NO_COMPARATOR = 3;
    private static final int PATIENCE = 5;
    private static final Duration MOMENT = Duration.ofMillis(1);
    /** The slowest conversion takes 125 ms, and an oscillator may be 10 % slow. */
    private static final int FOREIGN_MILLIS = 140;

    /** The input multiplexer (MUX), in the order of its numbers. */
    private static final List<String> INPUTS = List.of("a0_a1", "a0_a3", "a1_a3", "a2_a3", "a0", "a1", "a2", "a3");

    private static final Map<String, Integer> GAINS = KnownChip.choices("2/3", "1", "2", "4", "8", "16");
    private static final double[] FULL_SCALE = {6.144, 4.096, 2.048, 1.024, 0.512, 0.256};
    private static final Map<String, Integer> RATES =
            KnownChip.choices("8", "16", "32", "64", "128", "250", "475", "860");

    static final Chip CHIP = KnownChip.onI2c(
            "ads1115",
            "Texas Instruments ADS1115: four analog inputs, 16 bit",
            List.of(0x48, 0x49, 0x4A, 0x4B),
            List.of("a0", "a1", "a2", "a3", "a0_a1", "a0_a3", "a1_a3", "a2_a3").stream()
                    .map(name -> KnownChip.reading(name, Type.DOUBLE, "V"))
                    .toList(),
            KnownChip.settings("gain", "1", "rate", "128"),
            Ads1115::new);

    private final Wire wire;
    private final Registers registers;
    private final int config;
    private final double fullScale;
    private final Duration conversion;

    private Ads1115(Wire wire, Setup setup) throws InvalidSettingException, IOException {
        this.wire = wire;
        this.registers = new Registers(wire);
        int gain = setup.choice("gain", GAINS);
        int rate = setup.choice("rate", RATES);
        fullScale = FULL_SCALE[gain];
        config = gain << 9 | SINGLE_SHOT | rate << 5 | NO_COMPARATOR;
        // The oscillator may be 10 % slow, and wakes up in 25 us (SBAS444D, 7.5 and 9.4.2).
        conversion = Duration.ofNanos(1_100_000_000L / Integer.parseInt(setup.text("rate")) + 30_000);
        // There is no identification: what keeps 15 bits of set-up like an ADS1115 is taken for one.
        registers.write16(CONFIG, config);
        int kept = registers.read16(CONFIG);
        if ((kept & ~START) != config) {
            throw new IOException(
                    "no ADS1115 here: of its set-up " + Bytes.hex(config) + " it keeps " + Bytes.hex(kept));
        }
        awaitIdle(kept);
    }

    /** While somebody's conversion goes on, to start one has no effect (9.6.3, OS): its result would be taken for another input's. */
    private void awaitIdle(int first) throws IOException {
        int now = first;
        for (int i = 0; (now & START) == 0; i++) {
            if (i == FOREIGN_MILLIS) {
                throw neverEnds();
            }
            wire.pause(MOMENT);
            now = registers.read16(CONFIG);
        }
    }

    private static IOException neverEnds() {
        return new IOException("the chip does not end its conversion: check its supply and the wiring");
    }

    @Override
    public void read(List<Channel> channels, Readings into) throws IOException {
        for (int i = 0; i < channels.size(); i++) {
            int input = INPUTS.indexOf(channels.get(i).source());
            if (input < 0) {
                into.bad(i, "no such source");
            } else {
                int code = convert(input);
                into.set(i, code * fullScale / 32_768);
                if (code == Short.MAX_VALUE || code == Short.MIN_VALUE) {
                    into.uncertain(i, "at the end of the range of " + fullScale + " V: a smaller gain has a wider one");
                }
            }
        }
    }

    private int convert(int input) throws IOException {
        int wanted = config | input << 12;
        registers.write16(CONFIG, wanted | START);
        wire.pause(conversion);
        for (int i = 0; i < PATIENCE; i++) {
            int now = registers.read16(CONFIG);
            if ((now & ~START) != wanted) {
                throw new IOException("the chip lost its set-up while it measured: check its supply and the wiring");
            }
            if ((now & START) != 0) {
                return (short) registers.read16(CONVERSION);
            }
            wire.pause(MOMENT);
        }
        throw neverEnds();
    }

    @Override
    public void write(Channel channel, Object value) throws IOException {
        throw Values.notWritable(channel);
    }
}
