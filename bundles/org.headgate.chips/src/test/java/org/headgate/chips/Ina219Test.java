package org.headgate.chips;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import org.headgate.chips.kit.SimulatedIna219;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.device.api.kit.RecordedReadings;
import org.junit.jupiter.api.Test;

class Ina219Test {
    private final SimulatedIna219 ina219 = new SimulatedIna219();

    /**
     * SBOS448F, Table 3 (in SBOS448G a part of 9.2): a step of 1 mA with 2 milliohm makes a calibration of 20480; 20 mV at the shunt and 11.98 V are then 10 A
     * and 119.8 W.
     */
    @Test
    void calculatesTheExampleOfTheDataSheet() throws Exception {
        Bench bench = new Bench(Ina219.CHIP, ina219.measures(2000, 2995), "shunt", "0.002", "max-current", "32.768");
        assertThat(ina219.get(5)).isEqualTo(0x5000);
        assertThat(ina219.get(1)).isEqualTo(0x07D0);
        assertThat(ina219.get(4)).isEqualTo(0x2710);
        assertThat(ina219.get(3)).isEqualTo(0x1766);
        RecordedReadings readings = bench.read("voltage", "current", "power", "shunt");
        assertThat(readings.number(0)).isCloseTo(11.98, within(1e-9));
        assertThat(readings.number(1)).isCloseTo(10.0, within(1e-9));
        assertThat(readings.number(2)).isCloseTo(119.8, within(1e-9));
        assertThat(readings.number(3)).isCloseTo(0.020, within(1e-9));
    }

    /** The usual board: 0.1 Ohm. */
    @Test
    void isExactAlthoughTheCalibrationIsAWholeNumber() throws Exception {
        for (String most : List.of("3.2", "0.4", "1.7", "2.9999")) {
            Bench bench = new Bench(Ina219.CHIP, ina219.measures(3990, 1250), "max-current", most);
            assertThat(bench.number("current")).as(most).isCloseTo(0.399, within(0.0002));
        }
        Bench bench = new Bench(Ina219.CHIP, ina219.measures(-2000, 1250));
        assertThat(bench.number("current")).isCloseTo(-0.2, within(0.0002));
        assertThat(bench.number("power")).isCloseTo(-1.0, within(0.001));
    }

    /** SBOS448G, 8.6.2.1: gain by the largest voltage at the shunt, and the converters' bits. */
    @Test
    void setsUpGainAndSamples() throws Exception {
        new Bench(Ina219.CHIP, ina219);
        assertThat(ina219.get(0)).isEqualTo(0x399F);
        new Bench(Ina219.CHIP, ina219, "max-current", "0.4", "samples", "128");
        assertThat(ina219.get(0)).isEqualTo(0x27FF);
        new Bench(Ina219.CHIP, ina219, "max-current", "0.8", "samples", "2");
        assertThat(ina219.get(0)).isEqualTo(0x2CCF);
        new Bench(Ina219.CHIP, ina219, "max-current", "1.6");
        assertThat(ina219.get(0)).isEqualTo(0x319F);
    }

    @Test
    void refusesCurrentsThatTheShuntCannotShow() {
        assertThatThrownBy(() -> new Bench(Ina219.CHIP, ina219, "max-current", "3.3"))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("max-current: 3.3 (expected: at most 3.2 A, 0.32 V at the shunt)");
        assertThatThrownBy(() -> new Bench(Ina219.CHIP, ina219, "max-current", "0.1"))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("max-current: 0.1 (expected: at least 0.2048");
        assertThatThrownBy(() -> new Bench(Ina219.CHIP, ina219, "shunt", "NaN"))
                .hasMessageStartingWith("shunt: NaN (expected: a number from");
    }

    /** SBOS448G, 8.6.3.2, CNVR: until then the registers have what was measured before, with another set-up. */
    @Test
    void theFirstValuesAreOfTheSetUp() throws Exception {
        Bench bench = new Bench(Ina219.CHIP, ina219.measures(1000, 1250));
        RecordedReadings first = bench.read("current");
        assertThat(first.number(0)).isCloseTo(0.1, within(0.0002));
        // A conversion of shunt and bus takes 1.2 ms at most.
        assertThat(bench.wire.paused).isBetween(Duration.ofMillis(1), Duration.ofMillis(10));
    }

    @Test
    void aChipThatNeverMeasuresIsAnError() {
        assertThatThrownBy(() -> new Bench(Ina219.CHIP, ina219.hang(), "samples", "128"))
                .hasMessageStartingWith("the chip does not end its measurement");
    }

    /** With the usual board's settings the arithmetic does not overflow where the converter is at its end. */
    @Test
    void isUncertainAtTheEndOfTheRangeOfItsShunt() throws Exception {
        for (int shunt : List.of(35_000, -35_000)) {
            Bench bench = new Bench(Ina219.CHIP, ina219.measures(shunt, 1250));
            RecordedReadings readings = bench.read("voltage", "current", "power", "shunt");
            assertThat(readings.uncertain).containsOnlyKeys(1, 2, 3);
            assertThat(readings.uncertain.get(1))
                    .isEqualTo("at the end of the range of 0.32 V at the shunt: a smaller shunt carries more");
            assertThat(readings.number(3)).isCloseTo(Math.signum(shunt) * 0.32, within(1e-9));
        }
        Bench below = new Bench(Ina219.CHIP, ina219.measures(31_999, 1250));
        assertThat(below.read("current", "power", "shunt").uncertain).isEmpty();
        Bench narrow = new Bench(Ina219.CHIP, ina219.measures(4000, 1250), "max-current", "0.4");
        assertThat(narrow.read("current").uncertain.get(0)).endsWith("a larger max-current has a wider one");
    }

    @Test
    void whatHasOverflowedIsBad() throws Exception {
        Bench bench = new Bench(Ina219.CHIP, ina219.measures(20_000, 1250), "max-current", "1");
        RecordedReadings readings = bench.read("voltage", "current", "power", "shunt");
        assertThat(readings.bad).containsOnlyKeys(1, 2);
        assertThat(readings.number(0)).isEqualTo(5.0);
    }

    /** A chip that has lost its calibration says that no current flows, for ever. */
    @Test
    void noticesThatTheChipWasReset() throws Exception {
        Bench bench = new Bench(Ina219.CHIP, ina219.measures(1000, 1250));
        ina219.reset();
        assertThatThrownBy(() -> bench.number("current")).hasMessageContaining("was reset");
        Bench again = new Bench(Ina219.CHIP, ina219);
        // Switched to power-down by somebody else: what it shows is old.
        ina219.set(0, 0x3998);
        assertThatThrownBy(() -> again.number("voltage")).hasMessageContaining("does not keep its set-up");
    }
}
