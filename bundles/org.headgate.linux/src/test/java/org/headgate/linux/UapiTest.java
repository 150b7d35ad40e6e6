package org.headgate.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The numbers of the kernel's headers, put together anew as its macros do ({@code asm-generic/ioctl.h}). */
class UapiTest {
    private static final int WRITE = 1;
    private static final int READ = 2;

    private static int request(int direction, int type, int number, int bytes) {
        return direction << 30 | bytes << 16 | type << 8 | number;
    }

    @Test
    void requestsOfGpioCarryTheSizesOfTheirStructures() {
        assertThat(GpioUapi.GET_CHIPINFO).isEqualTo(request(READ, 0xB4, 0x01, GpioUapi.CHIPINFO_BYTES));
        assertThat(GpioUapi.GET_LINEINFO).isEqualTo(request(READ | WRITE, 0xB4, 0x05, GpioUapi.LINEINFO_BYTES));
        assertThat(GpioUapi.GET_LINE).isEqualTo(request(READ | WRITE, 0xB4, 0x07, GpioUapi.REQUEST_BYTES));
        assertThat(GpioUapi.SET_CONFIG).isEqualTo(request(READ | WRITE, 0xB4, 0x0D, GpioUapi.CONFIG_BYTES));
        assertThat(GpioUapi.GET_VALUES).isEqualTo(request(READ | WRITE, 0xB4, 0x0E, 16));
        assertThat(GpioUapi.SET_VALUES).isEqualTo(request(READ | WRITE, 0xB4, 0x0F, 16));
    }

    @Test
    void structuresAreAsLongAsTheirParts() {
        assertThat(GpioUapi.CHIPINFO_BYTES).isEqualTo(2 * GpioUapi.NAME_BYTES + 4);
        assertThat(GpioUapi.LINEINFO_BYTES).isEqualTo(2 * GpioUapi.NAME_BYTES + 4 + 4 + 8 + 10 * 16 + 4 * 4);
        assertThat(GpioUapi.CONFIG_BYTES).isEqualTo(8 + 4 + 5 * 4 + 10 * GpioUapi.ATTRIBUTE_BYTES);
        assertThat(GpioUapi.REQUEST_LINES).isEqualTo(GpioUapi.REQUEST_CONFIG + GpioUapi.CONFIG_BYTES);
        assertThat(GpioUapi.REQUEST_BYTES)
                .isEqualTo(64 * 4 + GpioUapi.NAME_BYTES + GpioUapi.CONFIG_BYTES + 4 + 4 + 5 * 4 + 4);
        assertThat(GpioUapi.EVENT_BYTES).isEqualTo(8 + 4 * 4 + 6 * 4);
    }

    @Test
    void requestsOfSpiAreThoseOfItsHeader() {
        assertThat(SpiUapi.MESSAGE).isEqualTo(request(WRITE, 'k', 0, SpiUapi.TRANSFER_BYTES));
        assertThat(SpiUapi.WRITE_BITS).isEqualTo(request(WRITE, 'k', 3, 1));
        assertThat(SpiUapi.WRITE_SPEED).isEqualTo(request(WRITE, 'k', 4, 4));
        assertThat(SpiUapi.WRITE_MODE).isEqualTo(request(WRITE, 'k', 5, 4));
    }

    @Test
    void aLinesSettingsAreFlagsOfTheKernel() {
        assertThat(LineSettings.input().flags()).isEqualTo(GpioUapi.INPUT);
        assertThat(LineSettings.level().flags()).isEqualTo(GpioUapi.OUTPUT);
        LineSettings all =
                new LineSettings(true, LineSettings.Bias.UP, LineSettings.Drive.OPEN_DRAIN, true, 0, Optional.of(true));
        assertThat(all.flags())
                .isEqualTo(GpioUapi.OUTPUT | GpioUapi.PULL_UP | GpioUapi.OPEN_DRAIN | GpioUapi.ACTIVE_LOW);
        LineSettings input = new LineSettings(
                false, LineSettings.Bias.DOWN, LineSettings.Drive.OPEN_SOURCE, false, 5000, Optional.empty());
        assertThat(input.flags()).as("an input is not driven").isEqualTo(GpioUapi.INPUT | GpioUapi.PULL_DOWN);
    }

    @Test
    void anUnknownNumberIsShownAsSuch() {
        assertThat(Errno.words(Errno.EBUSY)).isEqualTo("in use");
        assertThat(Errno.words(9999)).isEqualTo("error 9999");
    }
}
