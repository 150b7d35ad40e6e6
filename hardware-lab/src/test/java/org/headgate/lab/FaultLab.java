package org.headgate.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.headgate.lab.LabDevice.number;
import static org.headgate.lab.LabDevice.read;
import static org.headgate.lab.LabDevice.settings;

import java.io.IOException;
import java.util.Map;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.driver.i2c.I2cDriver;
import org.headgate.linux.Kernel;
import org.headgate.linux.SpiDevice;
import org.headgate.pi4j.LabContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What goes wrong on real buses of a kernel. */
class FaultLab {
    private static final int ENXIO = 6;
    private static final int ETIMEDOUT = 110;

    private final SimulatedPins pins = new SimulatedPins();
    private final LabContext pi4j = new LabContext();
    private final I2cDriver driver = new I2cDriver(pi4j.context());
    private final Channel value = number("0x60 uint16");

    @AfterEach
    void end() throws IOException {
        pins.fault(0, 0);
        pi4j.close();
    }

    @Test
    void aStuckBusIsAnErrorThatSaysSoAndWorksAgainWhenItIsFree() throws Exception {
        try (Connection connection = driver.open(settings("i2c-1/0x40", Map.of(), value))) {
            connection.write(value, 0x1234L);
            pins.fault(ETIMEDOUT, 0);
            assertThatThrownBy(() -> read(connection, value))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("i2c-1/0x40: the bus is stuck");
            assertThatThrownBy(() -> Kernel.i2cAdapters().scan(1)).hasMessageContaining("i2c-1: the bus is stuck");
            pins.fault(0, 0);
        }
        try (Connection connection = driver.open(settings("i2c-1/0x40", Map.of(), value))) {
            assertThat(read(connection, value)).containsEntry(0, 0x1234L);
        }
    }

    @Test
    void aChipThatIsUnpluggedInTheMiddleOfATransferGivesNoData() throws Exception {
        try (Connection connection = driver.open(settings("i2c-1/0x40", Map.of(), value))) {
            // The number of the register has arrived, its contents do not come any more.
            pins.fault(ENXIO, 1);
            assertThatThrownBy(() -> read(connection, value))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("i2c-1/0x40: nothing answers");
        }
        assertThatThrownBy(() -> driver.open(settings("i2c-1/0x40", Map.of(), value)))
                .isInstanceOf(IOException.class);
        pins.fault(0, 0);
        driver.open(settings("i2c-1/0x40", Map.of(), value)).close();
    }

    @Test
    void anSpiChipStaysSelectedOverTheKernelsChunks() throws Exception {
        byte[] registers = new byte[256];
        for (int i = 0; i < registers.length; i++) {
            registers[i] = (byte) (i * 7);
        }
        pins.registers("spi1", registers);
        byte[] out = new byte[10_000];
        out[0] = (byte) 0x80;
        byte[] in = new byte[out.length];
        try (SpiDevice chip = SpiDevice.open(0, 1, 0, 1_000_000, 8, false)) {
            chip.transfer(out, 0, in, 0, out.length);
            for (int i = 1; i < in.length; i++) {
                assertThat(in[i]).as("byte " + i).isEqualTo(registers[(0x80 + i - 1) & 0xFF]);
            }
            // And is deselected at the end: the next transfer begins with an address.
            chip.transfer(out, 0, in, 0, 2);
            assertThat(in[1]).isEqualTo(registers[0x80]);
        }
        registers[0xD0] = 0x60;
        pins.registers("spi1", registers);
    }
}
