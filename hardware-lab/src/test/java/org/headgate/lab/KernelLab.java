package org.headgate.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.headgate.linux.GpioChip;
import org.headgate.linux.GpioLine;
import org.headgate.linux.GpioPin;
import org.headgate.linux.I2cAdapter;
import org.headgate.linux.I2cAnswer;
import org.headgate.linux.I2cDevice;
import org.headgate.linux.Kernel;
import org.headgate.linux.KernelException;
import org.headgate.linux.LineSettings;
import org.headgate.linux.SpiDevice;
import org.headgate.linux.SpiNode;
import org.junit.jupiter.api.Test;

/** The kernel's own interfaces, on a real kernel. */
class KernelLab {
    private static final byte[] NOTHING = new byte[0];

    private final SimulatedPins pins = new SimulatedPins();

    @Test
    void showsTheChipWithItsLines() throws Exception {
        List<GpioChip> chips = Kernel.gpioChips().all();
        assertThat(chips).extracting(GpioChip::label).containsExactly("pinctrl-gwsim");
        assertThat(chips.get(0).lines()).hasSize(54);
        assertThat(chips.get(0).lines().get(4).name()).isEqualTo("GPIO4");
        assertThat(chips.get(0).lines()).noneMatch(GpioLine::used);
    }

    @Test
    void readsAnInputAndInvertsItWhereLowIsActive() throws Exception {
        pins.pull(10, true);
        try (GpioPin pin = GpioPin.open(pins.chip(), 10, LineSettings.input(), "test")) {
            assertThat(pin.get()).isTrue();
            pins.pull(10, false);
            assertThat(pin.get()).isFalse();
        }
        LineSettings inverted = new LineSettings(
                false, LineSettings.Bias.AS_IS, LineSettings.Drive.PUSH_PULL, true, 0, Optional.empty());
        try (GpioPin pin = GpioPin.open(pins.chip(), 10, inverted, "test")) {
            assertThat(pin.get()).isTrue();
        }
    }

    @Test
    void drivesAnOutputFromItsInitialLevelOn() throws Exception {
        LineSettings high = new LineSettings(
                true, LineSettings.Bias.AS_IS, LineSettings.Drive.PUSH_PULL, false, 0, Optional.of(true));
        try (GpioPin pin = GpioPin.open(pins.chip(), 11, high, "test")) {
            assertThat(pins.value(11)).isTrue();
            pin.set(false);
            assertThat(pins.value(11)).isFalse();
        }
    }

    @Test
    void anOutputKeepsTheLevelThatTheLineHad() throws Exception {
        for (boolean level : new boolean[] {true, false}) {
            pins.pull(12, level);
            try (GpioPin pin = GpioPin.open(pins.chip(), 12, LineSettings.level(), "test")) {
                assertThat(pin.get()).isEqualTo(level);
                assertThat(pins.value(12)).isEqualTo(level);
                pin.set(!level);
                assertThat(pins.value(12)).isEqualTo(!level);
            }
        }
    }

    @Test
    void aLineInUseNamesItsUser() throws Exception {
        try (GpioPin first = GpioPin.open(pins.chip(), 13, LineSettings.input(), "headgate panel")) {
            assertThat(first.get()).isFalse();
            assertThatThrownBy(() -> GpioPin.open(pins.chip(), 13, LineSettings.input(), "other"))
                    .isInstanceOf(KernelException.class)
                    .hasMessage(pins.chip() + " line 13 is in use by headgate panel");
            assertThat(Kernel.gpioChips().all().get(0).lines().get(13).consumer())
                    .isEqualTo("headgate panel");
        }
        GpioPin.open(pins.chip(), 13, LineSettings.input(), "other").close();
    }

    @Test
    void aChipOrALineThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> GpioPin.open("gpiochip9", 1, LineSettings.input(), "test"))
                .hasMessage("/dev/gpiochip9 is not there");
        assertThatThrownBy(() -> GpioPin.open(pins.chip(), 54, LineSettings.input(), "test"))
                .hasMessageStartingWith(pins.chip() + " line 54: the chip has no such line");
    }

    @Test
    void listsAndScansI2cWithoutWriting() throws Exception {
        assertThat(Kernel.i2cAdapters().all()).extracting(I2cAdapter::number).containsExactly(0, 1);
        byte[] before = pins.registers("i2c-76");
        assertThat(Kernel.i2cAdapters().scan(1))
                .containsExactly(
                        new I2cAnswer(0x20, "read byte", ""),
                        new I2cAnswer(0x40, "read byte", ""),
                        new I2cAnswer(0x48, "read byte", ""),
                        new I2cAnswer(0x76, "read byte", ""));
        assertThat(Kernel.i2cAdapters().scan(0)).containsExactly(new I2cAnswer(0x76, "read byte", ""));
        assertThat(pins.registers("i2c-76")).isEqualTo(before);
    }

    @Test
    void readsAndWritesRegistersOfAnI2cChipInBothWays() throws Exception {
        for (int bus : new int[] {0, 1}) {
            try (I2cDevice chip = I2cDevice.open(bus, bus == 0 ? 0x76 : 0x40)) {
                byte[] written = {0x10, 1, 2, 3, 4, 5, 6, 7};
                chip.transfer(written, 0, written.length, NOTHING, 0, 0);
                byte[] read = new byte[7];
                chip.transfer(new byte[] {0x10}, 0, 1, read, 0, 7);
                assertThat(read).containsExactly(1, 2, 3, 4, 5, 6, 7);
                byte[] one = new byte[3];
                chip.transfer(new byte[] {0x12}, 0, 1, one, 1, 1);
                assertThat(one).containsExactly(0, 3, 0);
            }
        }
    }

    @Test
    void aLongReadOverSmbusIsMadeOfSeveral() throws Exception {
        byte[] all = new byte[100];
        for (int bus : new int[] {0, 1}) {
            try (I2cDevice chip = I2cDevice.open(bus, 0x76)) {
                for (int i = 0; i < all.length; i++) {
                    chip.transfer(new byte[] {(byte) (0x20 + i), (byte) (i + 1)}, 0, 2, NOTHING, 0, 0);
                }
                chip.transfer(new byte[] {0x20}, 0, 1, all, 0, all.length);
            }
            assertThat(all[0]).isEqualTo((byte) 1);
            assertThat(all[63]).isEqualTo((byte) 64);
            assertThat(all[99]).isEqualTo((byte) 100);
            Arrays.fill(all, (byte) 0);
        }
    }

    @Test
    void anAbsentAddressIsAnErrorAndNeverData() throws Exception {
        for (int bus : new int[] {0, 1}) {
            byte[] read = {42};
            try (I2cDevice chip = I2cDevice.open(bus, 0x33)) {
                assertThatThrownBy(() -> chip.transfer(new byte[] {0}, 0, 1, read, 0, 1))
                        .isInstanceOf(KernelException.class)
                        .hasMessage("i2c-" + bus + "/0x33: nothing answers (check power, wiring and the address)");
            }
            assertThat(read).containsExactly(42);
        }
        assertThatThrownBy(() -> I2cDevice.open(7, 0x33))
                .hasMessageStartingWith("no I2C bus i2c-7 (there are: i2c-0, i2c-1)");
    }

    @Test
    void whatSmbusCannotSayIsRefused() throws Exception {
        try (I2cDevice chip = I2cDevice.open(0, 0x76)) {
            assertThatThrownBy(() -> chip.transfer(new byte[] {1, 2}, 0, 2, new byte[1], 0, 1))
                    .hasMessage("i2c-0/0x76: the adapter knows SMBus only, and SMBus cannot say this");
        }
    }

    @Test
    void anSpiTransferMayBeLongerThanTheKernelsBuffer() throws Exception {
        assertThat(Kernel.spiNodes().all()).containsExactly(new SpiNode(0, 0), new SpiNode(0, 1), new SpiNode(0, 2));
        byte[] sent = new byte[10_000];
        new Random(1).nextBytes(sent);
        byte[] received = new byte[sent.length];
        try (SpiDevice loop = SpiDevice.open(0, 0, 3, 1_000_000, 8, false)) {
            loop.transfer(sent, 0, received, 0, sent.length);
        }
        assertThat(received).isEqualTo(sent);
    }

    @Test
    void anSpiChipIsSelectedFromTheFirstByteToTheLast() throws Exception {
        byte[] out = new byte[257];
        out[0] = (byte) 0xD0;
        byte[] in = new byte[out.length];
        try (SpiDevice chip = SpiDevice.open(0, 1, 0, 1_000_000, 8, false)) {
            chip.transfer(out, 0, in, 0, 2);
        }
        assertThat(in[1]).isEqualTo((byte) 0x60);
        assertThatThrownBy(() -> SpiDevice.open(3, 0, 0, 1_000_000, 8, false))
                .hasMessageStartingWith("no /dev/spidev3.0 (there are: spidev0.0, spidev0.1, spidev0.2)");
    }

    @Test
    void aClosedLineOrBusSaysSo() throws Exception {
        GpioPin pin = GpioPin.open(pins.chip(), 14, LineSettings.input(), "test");
        pin.close();
        pin.close();
        assertThatThrownBy(pin::get).isInstanceOf(KernelException.class).hasMessageContaining("it was closed");
    }
}
