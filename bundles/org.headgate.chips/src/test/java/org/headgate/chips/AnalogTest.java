package org.headgate.chips;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.headgate.chips.kit.SimulatedChip;
import org.headgate.chips.kit.SimulatedMcp3008;
import org.headgate.chips.kit.SimulatedMcp4725;
import org.headgate.device.api.kit.RecordedReadings;
import org.junit.jupiter.api.Test;

/** MCP3008 and MCP4725. */
class AnalogTest {
    private final SimulatedMcp4725 mcp4725 = new SimulatedMcp4725();

    /** DS21295, Equation 4-2: code = 1024 * VIN / VREF. */
    @Test
    void convertsCodesToVolts() throws Exception {
        SimulatedMcp3008 mcp3008 =
                new SimulatedMcp3008().input(0, 512).input(5, 1023).input(7, 1);
        Bench bench = new Bench(Mcp3008.CHIP, mcp3008, "vref", "5");
        RecordedReadings readings = bench.read("ch0", "raw0", "ch5", "raw5", "ch7", "ch1");
        assertThat(readings.values)
                .containsEntry(0, 2.5)
                .containsEntry(1, 512L)
                .containsEntry(2, 5 * 1023 / 1024.0)
                .containsEntry(3, 1023L)
                .containsEntry(4, 5 / 1024.0)
                .containsEntry(5, 0.0);
    }

    @Test
    void readsCodeAndVoltsFromOneConversion() throws Exception {
        SimulatedMcp3008 mcp3008 = new SimulatedMcp3008().input(2, 100);
        Bench bench = new Bench(Mcp3008.CHIP, mcp3008);
        bench.wire.transactionsLeft = 1;
        assertThat(bench.read("ch2", "raw2").values).containsEntry(1, 100L);
        mcp3008.input(2, 200);
        bench.wire.transactionsLeft = 1;
        assertThat(bench.read("raw2").values).containsEntry(0, 200L);
    }

    /** A bus without a chip is high; the null bit of a chip is low. */
    @Test
    void takesABusWithoutAChipForAnError() {
        SimulatedChip nobody = new SimulatedMcp3008() {
            @Override
            public byte[] transfer(byte[] out) {
                byte[] ones = new byte[out.length];
                Arrays.fill(ones, (byte) 0xFF);
                return ones;
            }
        };
        assertThatThrownBy(() -> new Bench(Mcp3008.CHIP, nobody)).hasMessageStartingWith("no MCP3008 answers");
    }

    /** DS22039D: one of 4096 steps is VDD / 4096, and VDD is the reference. */
    @Test
    void setsTheOutputAndLeavesTheEepromAlone() throws Exception {
        Bench bench = new Bench(Mcp4725.CHIP, mcp4725, "vref", "5");
        bench.write("voltage", 2.5);
        assertThat(mcp4725.code()).isEqualTo(2048);
        bench.write("voltage", 1.25);
        assertThat(mcp4725.code()).isEqualTo(1024);
        assertThat(bench.number("voltage")).isEqualTo(1.25);
        bench.write("code", 4095L);
        assertThat(mcp4725.code()).isEqualTo(4095);
        assertThat(bench.read("code", "voltage", "eeprom").values)
                .containsEntry(0, 4095L)
                .containsEntry(1, 5 * 4095 / 4096.0)
                .containsEntry(2, 2048L);
        assertThat(bench.wire.writes).containsExactly("0800", "0400", "0fff");
        assertThat(mcp4725.eepromWrites()).isZero();
    }

    @Test
    void refusesWhatTheOutputCannotHave() throws Exception {
        Bench bench = new Bench(Mcp4725.CHIP, mcp4725);
        assertThatThrownBy(() -> bench.write("voltage", 3.3))
                .hasMessageStartingWith("voltage: 3.3 (expected: from 0 to 3.299");
        assertThatThrownBy(() -> bench.write("voltage", -0.1)).hasMessageStartingWith("voltage: -0.1");
        assertThatThrownBy(() -> bench.write("voltage", Double.POSITIVE_INFINITY))
                .hasMessageContaining("expected");
        assertThatThrownBy(() -> bench.write("code", 4096L)).hasMessageStartingWith("code: 4096");
        assertThatThrownBy(() -> bench.write("code", -1L)).hasMessageStartingWith("code: -1");
        assertThat(bench.wire.writes).isEmpty();
        assertThat(bench.number("voltage")).isCloseTo(1.65, within(1e-9));
    }

    @Test
    void writesTheEepromWhenItIsAskedToAndOnlyWhereItDiffers() throws Exception {
        Bench bench = new Bench(Mcp4725.CHIP, mcp4725);
        bench.write("eeprom", 1000L);
        assertThat(mcp4725.eeprom()).isEqualTo(1000);
        assertThat(mcp4725.code()).isEqualTo(1000);
        assertThat(bench.wire.paused.toMillis()).isPositive();
        for (int i = 0; i < 20; i++) {
            bench.write("code", (long) i);
            bench.write("eeprom", 1000L);
        }
        assertThat(mcp4725.eepromWrites()).isOne();
        assertThat(mcp4725.code()).isEqualTo(1000);
    }

    @Test
    void saysThatTheEepromIsWornOut() throws Exception {
        Bench bench = new Bench(Mcp4725.CHIP, mcp4725.wearOut());
        assertThatThrownBy(() -> bench.write("eeprom", 1L)).hasMessageContaining("worn out");
    }

    @Test
    void aSwitchedOffOutputIsUncertainAndComesBackWhenItIsWritten() throws Exception {
        Bench bench = new Bench(Mcp4725.CHIP, mcp4725.powerDown());
        assertThat(bench.read("voltage").uncertain).containsOnlyKeys(0);
        bench.write("code", 7L);
        assertThat(bench.read("voltage").uncertain).isEmpty();
    }
}
