package org.headgate.chips;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.headgate.chips.kit.SimulatedMcp23017;
import org.headgate.chips.kit.SimulatedPcf8574;
import org.headgate.chips.kit.SimulatedRegisters;
import org.headgate.device.api.InvalidSettingException;
import org.junit.jupiter.api.Test;

/** MCP23017 and PCF8574. */
class LinesTest {
    private final SimulatedMcp23017 mcp23017 = new SimulatedMcp23017();
    private final SimulatedPcf8574 pcf8574 = new SimulatedPcf8574();

    @Test
    void readsSixteenLines() throws Exception {
        Bench bench = new Bench(Mcp23017.CHIP, mcp23017.connect(0, true).connect(9, true), "pull-ups", "a7,b6-b7");
        assertThat(bench.read("a0", "a1", "a7", "b0", "b1", "b6", "b7").values.values())
                .containsExactly(true, false, true, false, true, true, true);
        mcp23017.connect(15, false);
        assertThat(bench.number("b7")).isZero();
    }

    @Test
    void writesOutputsAndNothingElse() throws Exception {
        Bench bench = new Bench(Mcp23017.CHIP, mcp23017, "outputs", "a0-a3,b7");
        bench.write("b7", true);
        bench.write("a2", true);
        bench.write("a3", true);
        bench.write("a2", false);
        assertThat(mcp23017.level(15)).isTrue();
        assertThat(mcp23017.level(3)).isTrue();
        assertThat(mcp23017.level(2)).isFalse();
        assertThat(bench.read("b7", "a3", "a2").values.values()).containsExactly(true, true, false);
        assertThatThrownBy(() -> bench.write("a4", true))
                .hasMessage("a4 is an input (outputs = a4 in the device's file makes it an output)");
        assertThatThrownBy(() -> bench.write("a0", 1L)).hasMessageContaining("expected: true or false");
    }

    /** A relay that is active low must not click when the gateway starts, nor let go when it starts again. */
    @Test
    void outputsBeginWithFalseAndKeepWhatTheyHaveOverARestart() throws Exception {
        Bench bench = new Bench(Mcp23017.CHIP, mcp23017, "outputs", "a0-a1", "active-low", "a0,b0");
        int latch = bench.wire.writes.indexOf("140100");
        assertThat(latch).isNotNegative().isLessThan(bench.wire.writes.indexOf("00fcff"));
        assertThat(mcp23017.level(0)).isTrue();
        assertThat(mcp23017.level(1)).isFalse();
        bench.write("a0", true);
        bench.write("a1", true);
        Bench again = new Bench(Mcp23017.CHIP, mcp23017, "outputs", "a0-a1", "active-low", "a0,b0");
        assertThat(mcp23017.level(0)).isFalse();
        assertThat(mcp23017.level(1)).isTrue();
        assertThat(again.read("a0", "a1", "b0").values.values()).containsExactly(true, true, true);
    }

    @Test
    void noticesThatTheChipWasReset() throws Exception {
        Bench bench = new Bench(Mcp23017.CHIP, mcp23017, "outputs", "a0");
        mcp23017.reset();
        assertThatThrownBy(() -> bench.read("a0")).hasMessageContaining("was reset");
        assertThatThrownBy(() -> bench.write("a0", true)).hasMessageContaining("was reset");
    }

    @Test
    void refusesAChipThatKeepsNothing() {
        SimulatedRegisters other = new SimulatedRegisters() {
            @Override
            protected void written(int register, int value) {
                set(register, 0x5A);
            }
        };
        assertThatThrownBy(() -> new Bench(Mcp23017.CHIP, other))
                .hasMessage("no MCP23017 here: its set-up reads 0x5A5A after 0 was written");
    }

    @Test
    void refusesLinesThatThereAreNot() {
        for (String wrong : List.of("a8", "b3-a1", "a0-a1-a2", "a0,,a1", "-", "a0-")) {
            assertThatThrownBy(() -> new Bench(Mcp23017.CHIP, mcp23017, "outputs", wrong))
                    .as(wrong)
                    .isInstanceOf(InvalidSettingException.class)
                    .hasMessage("outputs: " + wrong + " (expected: lines such as a0-a3,b7, or nothing)");
        }
    }

    @Test
    void pullsLowAndLetsGo() throws Exception {
        Bench bench = new Bench(Pcf8574.CHIP, pcf8574.pull(7, true), "outputs", "p0-p1");
        bench.write("p0", false);
        assertThat(pcf8574.latch()).isEqualTo(0xFE);
        assertThat(bench.read("p0", "p1", "p7", "p6").values.values()).containsExactly(false, true, false, true);
        bench.write("p1", false);
        bench.write("p0", true);
        // What is pulled low from outside is still let go by the chip, else it would stay low.
        assertThat(pcf8574.latch()).isEqualTo(0xFD);
        assertThatThrownBy(() -> bench.write("p7", true)).hasMessageStartingWith("p7 is an input");
        assertThat(pcf8574.latch()).isEqualTo(0xFD);
    }

    @Test
    void noticesThatAnOutputWasLetGo() throws Exception {
        Bench bench = new Bench(Pcf8574.CHIP, pcf8574.pull(5, true), "outputs", "p0-p5");
        bench.write("p0", false);
        assertThat(bench.read("p0", "p5").values.values()).containsExactly(false, false);
        pcf8574.reset();
        assertThatThrownBy(() -> bench.read("p5")).hasMessageContaining("the chip was reset");
        // What it should have is written anew with the next output.
        bench.write("p1", true);
        assertThat(bench.number("p0")).isZero();
    }

    @Test
    void outputsKeepTheirLevelsAndInputsAreLetGoWhenItIsOpenedAgain() throws Exception {
        Bench bench = new Bench(Pcf8574.CHIP, pcf8574, "outputs", "p0-p3", "active-low", "p0");
        bench.write("p0", true);
        bench.write("p3", false);
        assertThat(pcf8574.levels()).isEqualTo(0xF6);
        Bench again = new Bench(Pcf8574.CHIP, pcf8574, "outputs", "p0", "active-low", "p0");
        assertThat(pcf8574.levels()).isEqualTo(0xFE);
        assertThat(again.read("p0", "p3").values.values()).containsExactly(true, true);
    }
}
