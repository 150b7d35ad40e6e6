package org.headgate.chips;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import org.headgate.chips.kit.SimulatedBosch280;
import org.headgate.chips.kit.SimulatedWire;
import org.headgate.device.api.kit.RecordedReadings;
import org.junit.jupiter.api.Test;

class Bosch280Test {
    private final SimulatedBosch280 bme280 = new SimulatedBosch280(0x60);

    /**
     * BST-BMP280-DS001, 3.12: its trimming values, adc_T = 519888, adc_P = 415148. The figure has the pressure from the formula in floating
     * point, 100653.27 Pa; the one with 64 bits gives 25767233 / 256 Pa, which is 0.02 Pa less.
     */
    @Test
    void calculatesTheExampleOfTheDataSheet() throws Exception {
        RecordedReadings readings =
                new Bench(Bosch280.BMP280, new SimulatedBosch280(0x58)).read("temperature", "pressure");
        assertThat(readings.number(0)).isEqualTo(25.08);
        assertThat(readings.number(1)).isEqualTo(25_767_233 / 25_600.0).isCloseTo(1006.5327, within(0.0002));
        assertThat(readings.uncertain).isEmpty();
    }

    /** The data sheet has no example of humidity, but the same formula in floating point (DS002, 8.1) for comparison. */
    @Test
    void calculatesHumidityAsTheFormulaInFloatingPointDoes() throws Exception {
        Bench bench = new Bench(Bosch280.BME280, bme280);
        for (int t = 400_000; t <= 600_000; t += 20_000) {
            for (int h = 10_000; h < 50_000; h += 1_000) {
                bme280.measures(t, 415_148, h);
                assertThat(bench.number("humidity"))
                        .as(t + ", " + h)
                        .isCloseTo(BoschFloatingPoint.humidity(h, BoschFloatingPoint.fine(t)), within(0.05));
                assertThat(bench.number("temperature")).isCloseTo(BoschFloatingPoint.fine(t) / 5120, within(0.011));
            }
        }
    }

    @Test
    void calculatesPressureAsTheFormulaInFloatingPointDoes() throws Exception {
        Bench bench = new Bench(Bosch280.BME280, bme280);
        for (int t = 400_000; t <= 600_000; t += 20_000) {
            for (int p = 250_000; p < 750_000; p += 10_000) {
                bme280.measures(t, p, 30_000);
                assertThat(bench.number("pressure") * 100)
                        .isCloseTo(BoschFloatingPoint.pressure(p, BoschFloatingPoint.fine(t)), within(2.0));
            }
        }
    }

    @Test
    void readsTheSignedTwelveBitsThatShareAByte() throws Exception {
        byte[] second = {0x64, 0, 0, (byte) 0xF3, (byte) 0xA5, (byte) 0xFE, (byte) 0xE2};
        byte[] first = new byte[24];
        Arrays.fill(first, (byte) 1);
        // H4 = 0xF35 and H5 = 0xFEA, both negative: the humidity formula at t_fine = 76800 sees H4 and H2 alone.
        BoschCalibration calibration = BoschCalibration.of(first, 0, second);
        int h4 = 0xF35 - 0x1000;
        double linear = (30_000 - h4 * 64.0) * (100 / 65_536.0);
        assertThat(calibration.humidity(30_000, 76_800) / 1024.0).isCloseTo(linear, within(0.02));
        double fine = 76_800 - 20_000;
        int h5 = 0xFEA - 0x1000;
        int h6 = (byte) 0xE2;
        double far =
                (14_000 - (h4 * 64.0 + h5 / 16_384.0 * -20_000)) * (100 / 65_536.0 * (1 + h6 / 67_108_864.0 * -20_000));
        assertThat(calibration.humidity(14_000, (int) fine) / 1024.0).isCloseTo(far, within(0.02));
    }

    @Test
    void measuresOnceForEachRead() throws Exception {
        Bench bench = new Bench(Bosch280.BME280, bme280, "oversampling", "4", "filter", "16");
        bench.wire.writes.clear();
        bench.wire.paused = Duration.ZERO;
        bench.number("temperature");
        assertThat(bench.wire.writes).containsExactly("f510f203f46d");
        // DS002, 9.1: 1.25 + 4 * 2.3 + (4 * 2.3 + 0.575) + (4 * 2.3 + 0.575) ms.
        assertThat(bench.wire.paused).isEqualTo(Duration.ofNanos(30_000_000));
    }

    @Test
    void goesOnAfterItsSupplyFailed() throws Exception {
        Bench bench = new Bench(Bosch280.BME280, bme280);
        double before = bench.number("humidity");
        bme280.reset();
        assertThat(bench.number("humidity")).isEqualTo(before);
    }

    @Test
    void setsUpAChipThatMeasuresByItself() throws Exception {
        bme280.set(0xF4, 0x27);
        new Bench(Bosch280.BME280, bme280, "filter", "16").number("temperature");
        assertThat(bme280.get(0xF5)).isEqualTo(0x10);
    }

    @Test
    void saysWhatIsThereInstead() {
        assertThatThrownBy(() -> new Bench(Bosch280.BME280, new SimulatedBosch280(0x58)))
                .hasMessage("no BME280 here, but a BMP280 (chip id 0x58): profile=bmp280");
        assertThatThrownBy(() -> new Bench(Bosch280.BMP280, bme280))
                .hasMessage("no BMP280 here, but a BME280 (chip id 0x60): profile=bme280");
        assertThatThrownBy(() -> new Bench(Bosch280.BME280, new SimulatedBosch280(0x61)))
                .hasMessage("no BME280 here, but a BME680 or BME688 (chip id 0x61)");
        assertThatThrownBy(() -> new Bench(Bosch280.BME280, new SimulatedBosch280(0xFF)))
                .hasMessage("no BME280 here, but another chip (chip id 0xFF)");
    }

    @Test
    void writesNothingToAnotherChip() {
        SimulatedWire wire = new SimulatedWire(new SimulatedBosch280(0x61));
        assertThatThrownBy(() -> Bosch280.BME280.open(wire, Bosch280.BME280.defaults()))
                .isInstanceOf(IOException.class);
        assertThat(wire.writes).isEmpty();
    }

    @Test
    void hasNoValueWhereNothingWasMeasured() throws Exception {
        Bench bench = new Bench(Bosch280.BME280, bme280.measures(0x80000, 415_148, 30_000));
        assertThat(bench.read("temperature", "humidity", "pressure").bad).containsOnlyKeys(0, 1, 2);
        bme280.measures(519_888, 0x80000, 0x8000);
        assertThat(bench.read("temperature", "humidity", "pressure").bad).containsOnlyKeys(1, 2);
    }

    @Test
    void isUncertainOutsideOfWhatItMeasures() throws Exception {
        Bench bench = new Bench(Bosch280.BME280, bme280.measures(750_000, 900_000, 30_000));
        RecordedReadings readings = bench.read("temperature", "pressure");
        assertThat(readings.number(0)).isGreaterThan(85);
        assertThat(readings.number(1)).isLessThan(300);
        assertThat(readings.uncertain).containsOnlyKeys(0, 1);
    }

    @Test
    void givesUpOnAMeasurementThatDoesNotEnd() throws Exception {
        Bench bench = new Bench(Bosch280.BME280, bme280);
        bme280.hang();
        assertThatThrownBy(() -> bench.number("temperature"))
                .hasMessageStartingWith("the chip does not end its measurement");
        assertThat(bench.wire.paused).isLessThan(Duration.ofMillis(200));
    }

    @Test
    void refusesAnEmptyCalibration() {
        assertThatThrownBy(() -> BoschCalibration.of(new byte[24])).hasMessageContaining("calibration is empty");
        byte[] ones = new byte[24];
        Arrays.fill(ones, (byte) 0xFF);
        assertThatThrownBy(() -> BoschCalibration.of(ones)).hasMessageContaining("calibration is empty");
    }
}
