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
 * Texas Instruments INA219 (SBOS448G): voltage of a supply and the current through a shunt. Calibration after 8.5.1, Equations 1 and 2;
 * registers in 8.6. It measures continuously.
 */
final class Ina219 implements Chip.Session {
    private static final int CONFIG = 0;
    private static final int SHUNT = 1;
    private static final int BUS = 2;
    private static final int POWER = 3;
    private static final int CURRENT = 4;
    private static final int CALIBRATION = 5;

    /** 32 V, shunt and bus continuously. */
    private static final int CONTINUOUS = 1 << 13 | 7;

    private static final int OVERFLOW = 1;
    /** CNVR: there is a measurement that is newer than the last read of the register of power (8.6.3.2). */
    private static final int CONVERTED = 2;

    /** How often a measurement may be asked for that should be there. */
    private static final int PATIENCE = 5;

    /** A single conversion, at most (7.5: 586 us). */
    private static final long CONVERSION_NANOS = 600_000;

    private static final double SHUNT_STEP = 10e-6;
    private static final double BUS_STEP = 4e-3;
    /** The constant of Equation 1, in volts: it carries the steps of the shunt's voltage and of the chip's arithmetic. */
    private static final double SCALING = 0.04096;

    /** The largest voltage of the shunt with the amplifier's gain of 1, 1/2, 1/4 and 1/8: what is more reads as that (8.6.3.1). */
    private static final double[] SHUNT_RANGES = {0.04, 0.08, 0.16, 0.32};

    private static final int MOST_CALIBRATION = 0xFFFE;
    /** A mean of so many conversions of 12 bit. */
    private static final Map<String, Integer> SAMPLES = KnownChip.choices("1", "2", "4", "8", "16", "32", "64", "128");

    /** The bits of SADC and BADC (Table 5): those of a single conversion do not begin the row. */
    private static final int SINGLE = 3;

    private static final int MEAN = 8;

    static final Chip CHIP = KnownChip.onI2c(
            "ina219",
            "Texas Instruments INA219: voltage, current, power",
            KnownChip.addresses(0x40, 0x40, 0x4F),
            List.of(
                    KnownChip.reading("voltage", Type.DOUBLE, "V"),
                    KnownChip.reading("current", Type.DOUBLE, "A"),
                    KnownChip.reading("power", Type.DOUBLE, "W"),
                    KnownChip.reading("shunt", Type.DOUBLE, "V")),
            KnownChip.settings("shunt", "0.1", "max-current", "3.2", "samples", "1"),
            Ina219::new);

    private final Wire wire;
    private final Registers registers;
    private final int config;
    private final int calibration;
    private final double currentStep;
    private final double range;
    private final String wider;

    private Ina219(Wire wire, Setup setup) throws InvalidSettingException, IOException {
        this.wire = wire;
        registers = new Registers(wire);
        double shunt = setup.number("shunt", 1e-5, 100, "Ohm");
        double most = setup.number("max-current", 1e-4, 10_000, "A");
        int power = setup.choice("samples", SAMPLES);
        int samples = power == 0 ? SINGLE : MEAN | power;
        int gain = gain(shunt, most);
        if (gain < 0) {
            double limit = SHUNT_RANGES[SHUNT_RANGES.length - 1];
            throw new InvalidSettingException(
                    "max-current",
                    setup.text("max-current"),
                    "at most " + Setup.plain(limit / shunt) + " A, " + limit + " V at the shunt");
        }
        double exact = SCALING / (most / 32_768 * shunt);
        if (exact < 2 || exact > MOST_CALIBRATION) {
            throw new InvalidSettingException(
                    "max-current",
                    setup.text("max-current"),
                    "at least " + Setup.plain(SCALING * 32_768 / MOST_CALIBRATION / shunt) + " A with this shunt");
        }
        // Bit 0 cannot be set; so the step is what this calibration makes it, not quite what was asked for.
        calibration = (int) (exact + 1e-6) & MOST_CALIBRATION;
        currentStep = SCALING / (calibration * shunt);
        config = CONTINUOUS | gain << 11 | samples << 7 | samples << 3;
        range = SHUNT_RANGES[gain];
        wider = gain < SHUNT_RANGES.length - 1
                ? "a larger max-current has a wider one"
                : "a smaller shunt carries more";
        registers.write16(CALIBRATION, calibration);
        registers.write16(CONFIG, config);
        check();
        awaitMeasurement(Duration.ofNanos(2 * CONVERSION_NANOS << power));
    }

    /** Until the first conversions with this set-up are over, the registers have what was there before, or nothing. */
    private void awaitMeasurement(Duration conversion) throws IOException {
        // Clears CNVR, which setting the mode that the chip already had may not do.
        registers.read16(POWER);
        for (int i = 0; i < PATIENCE; i++) {
            wire.pause(conversion);
            if ((registers.read16(BUS) & CONVERTED) != 0) {
                return;
            }
        }
        throw new IOException("the chip does not end its measurement: check its supply and the wiring");
    }

    private static int gain(double shunt, double most) {
        for (int i = 0; i < SHUNT_RANGES.length; i++) {
            // A hair's breadth for products such as 3.2 * 0.1.
            if (shunt * most <= SHUNT_RANGES[i] * 1.000_001) {
                return i;
            }
        }
        return -1;
    }

    /** A chip that was reset answers all the same: with a calibration of 0 every current is 0 (8.6.1, Table 2). */
    private void check() throws IOException {
        int kept = registers.read16(CONFIG);
        int factor = registers.read16(CALIBRATION);
        if (kept != config || factor != calibration) {
            throw new IOException("the chip does not keep its set-up: it is no INA219, or was reset (of "
                    + Bytes.hex(config) + " and " + Bytes.hex(calibration) + " it has " + Bytes.hex(kept) + " and "
                    + Bytes.hex(factor) + ")");
        }
    }

    @Override
    public void read(List<Channel> channels, Readings into) throws IOException {
        check();
        int bus = registers.read16(BUS);
        double voltage = (bus >> 3) * BUS_STEP;
        double shunt = (short) registers.read16(SHUNT) * SHUNT_STEP;
        double current = (short) registers.read16(CURRENT) * currentStep;
        for (int i = 0; i < channels.size(); i++) {
            switch (channels.get(i).source()) {
                case "voltage" -> into.set(i, voltage);
                case "current" -> calculated(i, bus, shunt, current, into);
                // As the chip does (Equation 5), but with the current's sign, which its register of power does not
                // have.
                case "power" -> calculated(i, bus, shunt, voltage * current, into);
                case "shunt" -> within(i, shunt, shunt, into);
                default -> into.bad(i, "no such source");
            }
        }
    }

    private void calculated(int index, int bus, double shunt, double value, Readings into) {
        if ((bus & OVERFLOW) != 0) {
            into.bad(index, "more than max-current: the chip's arithmetic has overflowed");
        } else {
            within(index, shunt, value, into);
        }
    }

    /** The chip's arithmetic does not overflow on a shunt's voltage that is cut off at the end of its range. */
    private void within(int index, double shunt, double value, Readings into) {
        into.set(index, value);
        if (Math.abs(shunt) > range - SHUNT_STEP / 2) {
            into.uncertain(index, "at the end of the range of " + range + " V at the shunt: " + wider);
        }
    }

    @Override
    public void write(Channel channel, Object value) throws IOException {
        throw Values.notWritable(channel);
    }
}
