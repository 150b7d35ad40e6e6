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
 * Bosch BME280 (BST-BME280-DS002) and BMP280 (BST-BMP280-DS001): registers in 5.4 and 4.3. Each read measures once, in forced mode, so that
 * the chip sleeps and stays cool in between and all values are of one instant.
 */
final class Bosch280 implements Chip.Session {
    private static final int ID = 0xD0;
    private static final int RESET = 0xE0;
    private static final int RESET_WORD = 0xB6;
    private static final int CTRL_HUM = 0xF2;
    private static final int STATUS = 0xF3;
    private static final int CTRL_MEAS = 0xF4;
    private static final int CONFIG = 0xF5;
    private static final int DATA = 0xF7;

    private static final int ID_BME = 0x60;
    /** The first two are of samples (DS001, 4.3.1). */
    private static final List<Integer> IDS_BMP = List.of(0x58, 0x57, 0x56);

    private static final Map<Integer, String> OTHERS =
            Map.of(ID_BME, "a BME280", 0x58, "a BMP280", 0x55, "a BMP180", 0x61, "a BME680 or BME688", 0x00, "nothing");

    private static final int FORCED = 1;
    private static final int MEASURING = 1 << 3;
    private static final int COPYING = 1;
    /** What stands in the data registers where nothing was measured (DS002, 5.4.7 and 5.4.9). */
    private static final int SKIPPED = 0x80000;

    private static final int SKIPPED_HUMIDITY = 0x8000;
    private static final int PATIENCE = 10;
    private static final Duration MOMENT = Duration.ofMillis(2);

    private static final Channel TEMPERATURE = KnownChip.reading("temperature", Type.DOUBLE, "Cel");
    private static final Channel PRESSURE = KnownChip.reading("pressure", Type.DOUBLE, "hPa");
    private static final Channel HUMIDITY = KnownChip.reading("humidity", Type.DOUBLE, "%");
    private static final Map<String, Integer> OVERSAMPLING = KnownChip.choices("1", "2", "4", "8", "16");
    private static final Map<String, Integer> FILTER = KnownChip.choices("0", "2", "4", "8", "16");
    private static final List<Integer> ADDRESSES = List.of(0x76, 0x77);
    private static final Map<String, String> DEFAULTS = KnownChip.settings("oversampling", "1", "filter", "0");

    static final Chip BME280 = KnownChip.onI2c(
            "bme280",
            "Bosch BME280: temperature, humidity, pressure",
            ADDRESSES,
            List.of(TEMPERATURE, HUMIDITY, PRESSURE),
            DEFAULTS,
            wire -> new Registers(wire).read8(ID) == ID_BME,
            (wire, setup) -> new Bosch280(wire, setup, true));
    static final Chip BMP280 = KnownChip.onI2c(
            "bmp280",
            "Bosch BMP280: temperature, pressure",
            ADDRESSES,
            List.of(TEMPERATURE, PRESSURE),
            DEFAULTS,
            wire -> IDS_BMP.contains(new Registers(wire).read8(ID)),
            (wire, setup) -> new Bosch280(wire, setup, false));

    private final Wire wire;
    private final Registers registers;
    private final BoschCalibration calibration;
    private final boolean humid;
    private final byte[] start;
    private final Duration conversion;

    private Bosch280(Wire wire, Setup setup, boolean humid) throws InvalidSettingException, IOException {
        this.wire = wire;
        this.registers = new Registers(wire);
        this.humid = humid;
        int oversampling = 1 + setup.choice("oversampling", OVERSAMPLING);
        int filter = setup.choice("filter", FILTER);
        checkIdentity();
        // Somebody else may have left it measuring by itself, when it ignores its set-up (DS002, 5.4.6).
        registers.write(RESET, RESET_WORD);
        await(COPYING, "the chip does not start");
        byte[] first = registers.read(BoschCalibration.FIRST, BoschCalibration.FIRST_BYTES);
        calibration = humid
                ? BoschCalibration.of(
                        first,
                        registers.read8(BoschCalibration.H1),
                        registers.read(BoschCalibration.SECOND, BoschCalibration.SECOND_BYTES))
                : BoschCalibration.of(first);
        // Pairs of register and value in one transaction (DS002, 6.2.1). All of it each time: a chip that lost its
        // supply
        // for a moment has forgotten its set-up. Humidity's counts once CTRL_MEAS is written (5.4.3).
        byte[] pairs = {
            (byte) CONFIG,
            (byte) (filter << 2),
            (byte) CTRL_HUM,
            (byte) oversampling,
            (byte) CTRL_MEAS,
            (byte) (oversampling << 5 | oversampling << 2 | FORCED)
        };
        start = humid ? pairs : new byte[] {pairs[0], pairs[1], pairs[4], pairs[5]};
        // The longest time of DS002, 9.1, in microseconds; without humidity it is 3.8.1 of DS001.
        int each = 2300 << oversampling - 1;
        conversion = Duration.ofNanos(1000L * (1250 + each + (each + 575) + (humid ? each + 575 : 0)));
    }

    private void checkIdentity() throws IOException {
        int id = registers.read8(ID);
        if (humid ? id != ID_BME : !IDS_BMP.contains(id)) {
            String other = OTHERS.getOrDefault(id, "another chip");
            throw new IOException("no " + (humid ? "BME280" : "BMP280") + " here, but " + other + " (chip id "
                    + Bytes.hex(id) + ")"
                    + (id == ID_BME ? ": profile=bme280" : IDS_BMP.contains(id) ? ": profile=bmp280" : ""));
        }
    }

    private void await(int busy, String otherwise) throws IOException {
        for (int i = 0; i < PATIENCE; i++) {
            if (i > 0 || busy == COPYING) {
                wire.pause(MOMENT);
            }
            if ((registers.read8(STATUS) & busy) == 0) {
                return;
            }
        }
        throw new IOException(otherwise + ": check its supply and the wiring");
    }

    @Override
    public void read(List<Channel> channels, Readings into) throws IOException {
        wire.write(start);
        wire.pause(conversion);
        await(MEASURING, "the chip does not end its measurement");
        byte[] data = registers.read(DATA, humid ? 8 : 6);
        int pressure = Bytes.uint20(data, 0);
        int temperature = Bytes.uint20(data, 3);
        int fine = calibration.fine(temperature);
        for (int i = 0; i < channels.size(); i++) {
            switch (channels.get(i).source()) {
                case "temperature" -> temperature(i, temperature, fine, into);
                case "pressure" -> pressure(i, pressure, temperature, fine, into);
                case "humidity" -> humidity(i, data, temperature, fine, into);
                default -> into.bad(i, "no such source");
            }
        }
    }

    private static void temperature(int index, int adc, int fine, Readings into) {
        if (adc == SKIPPED) {
            into.bad(index, "the chip has measured no temperature");
        } else {
            set(index, BoschCalibration.temperature(fine) / 100.0, -40, 85, "Cel", into);
        }
    }

    private void pressure(int index, int adc, int temperature, int fine, Readings into) {
        boolean skipped = adc == SKIPPED || temperature == SKIPPED;
        long pressure = skipped ? 0 : calibration.pressure(adc, fine);
        if (pressure <= 0) {
            into.bad(index, "the chip has measured no pressure");
        } else {
            set(index, pressure / 25_600.0, 300, 1100, "hPa", into);
        }
    }

    private void humidity(int index, byte[] data, int temperature, int fine, Readings into) {
        int adc = humid ? Bytes.uint16(data, 6) : SKIPPED_HUMIDITY;
        if (adc == SKIPPED_HUMIDITY || temperature == SKIPPED) {
            into.bad(index, humid ? "the chip has measured no humidity" : "no such source");
        } else {
            into.set(index, calibration.humidity(adc, fine) / 1024.0);
        }
    }

    /** The formulas hold within the operating range (DS002, chapter 1). */
    private static void set(int index, double value, double least, double most, String unit, Readings into) {
        into.set(index, value);
        if (value < least || value > most) {
            into.uncertain(index, "the chip measures from " + least + " to " + most + " " + unit);
        }
    }

    @Override
    public void write(Channel channel, Object value) throws IOException {
        throw Values.notWritable(channel);
    }
}
