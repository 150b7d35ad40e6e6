package org.headgate.chips;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.headgate.chips.kit.SimulatedAds1115;
import org.headgate.chips.kit.SimulatedRegisters;
import org.headgate.device.api.kit.RecordedReadings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Ads1115Test {
    private final SimulatedAds1115 ads1115 =
            new SimulatedAds1115().input(0, 0.2).input(1, 0.1).input(2, 0.05).input(3, -0.02);

    /** SBAS444D, Table 3: a step is 187.5, 125, 62.5, 31.25, 15.625, 7.8125 uV. */
    @ParameterizedTest
    @CsvSource({"2/3,187.5", "1,125", "2,62.5", "4,31.25", "8,15.625", "16,7.8125"})
    void aStepIsWhatTheGainMakesIt(String gain, double microvolts) throws Exception {
        Bench bench = new Bench(Ads1115.CHIP, ads1115.input(0, 1.4 * microvolts * 1e-6), "gain", gain);
        assertThat(bench.number("a0")).isCloseTo(microvolts * 1e-6, within(1e-12));
    }

    @Test
    void readsInputsAgainstGroundAndAgainstEachOther() throws Exception {
        RecordedReadings readings = new Bench(Ads1115.CHIP, ads1115, "gain", "16")
                .read("a0", "a1", "a2", "a3", "a0_a1", "a0_a3", "a1_a3", "a2_a3");
        double[] expected = {0.2, 0.1, 0.05, -0.02, 0.1, 0.22, 0.12, 0.07};
        for (int i = 0; i < expected.length; i++) {
            assertThat(readings.number(i)).as("input " + i).isCloseTo(expected[i], within(8e-6));
        }
        assertThat(readings.uncertain).isEmpty();
    }

    @Test
    void isUncertainAtTheEndsOfItsRange() throws Exception {
        Bench bench = new Bench(Ads1115.CHIP, ads1115.input(0, 3.3).input(1, -3.3), "gain", "2");
        RecordedReadings readings = bench.read("a0", "a1", "a2");
        assertThat(readings.uncertain).containsOnlyKeys(0, 1);
        assertThat(readings.uncertain.get(0)).contains("2.048 V");
        assertThat(readings.number(0)).isCloseTo(2.048, within(1e-4));
    }

    /** SBAS444D, 9.6.3: start, AIN1 against ground, 4.096 V, single shot, 250 samples/s, comparator off. */
    @Test
    void startsOneConversionAndWaitsForIt() throws Exception {
        Bench bench = new Bench(Ads1115.CHIP, ads1115, "rate", "250");
        bench.wire.writes.clear();
        bench.wire.paused = Duration.ZERO;
        bench.number("a1");
        assertThat(bench.wire.writes).containsExactly("01d3a3");
        assertThat(bench.wire.paused).isBetween(Duration.ofNanos(4_400_000), Duration.ofNanos(4_500_000));
    }

    /** SBAS444D, 9.6.3, OS: to start a conversion has no effect while one goes on, and its result is another input's. */
    @Test
    void waitsForAConversionThatWasGoingOn() throws Exception {
        assertThat(new Bench(Ads1115.CHIP, ads1115.busy(3)).number("a0")).isCloseTo(0.2, within(1e-4));
        assertThatThrownBy(() -> new Bench(Ads1115.CHIP, ads1115.busy(1000)))
                .hasMessageStartingWith("the chip does not end its conversion");
    }

    @Test
    void noticesThatAConversionDoesNotEndOrTheSetUpIsLost() throws Exception {
        Bench bench = new Bench(Ads1115.CHIP, ads1115);
        ads1115.hang();
        assertThatThrownBy(() -> bench.number("a0")).hasMessageStartingWith("the chip does not end its conversion");
        SimulatedAds1115 weak = new SimulatedAds1115() {
            @Override
            public byte[] read(int count) throws java.io.IOException {
                if (get(1) >> 15 == 1 && (get(1) & 0x7000) == 0x4000) {
                    reset();
                }
                return super.read(count);
            }
        };
        Bench other = new Bench(Ads1115.CHIP, weak);
        assertThatThrownBy(() -> other.number("a0")).hasMessageStartingWith("the chip lost its set-up");
    }

    @Test
    void refusesAChipThatDoesNotKeepWhatAnAds1115Keeps() {
        SimulatedRegisters other = new SimulatedRegisters() {
            @Override
            protected void written(int register, int value) {
                set(register, value & 0x0F);
            }
        };
        assertThatThrownBy(() -> new Bench(Ads1115.CHIP, other))
                .hasMessageStartingWith("no ADS1115 here: of its set-up 0x0383");
    }
}
