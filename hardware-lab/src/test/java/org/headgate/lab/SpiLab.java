package org.headgate.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.headgate.lab.LabDevice.found;
import static org.headgate.lab.LabDevice.number;
import static org.headgate.lab.LabDevice.read;
import static org.headgate.lab.LabDevice.reading;
import static org.headgate.lab.LabDevice.settings;

import com.pi4j.context.Context;
import com.pi4j.io.spi.Spi;
import java.io.IOException;
import java.util.Map;
import java.util.Random;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.Discovered;
import org.headgate.driver.spi.SpiDriver;
import org.headgate.pi4j.LabContext;
import org.headgate.pi4j.Pins;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The driver spi on a real bus of a kernel: spidev0.0 sends back what it gets, spidev0.1 has registers, from 0x80 on in debugfs, spidev0.2
 * is an MCP3008.
 */
class SpiLab {
    private final SimulatedPins pins = new SimulatedPins();
    private final LabContext pi4j = new LabContext();
    private final Context context = pi4j.context();
    private final SpiDriver driver = new SpiDriver(context);

    @AfterEach
    void end() {
        pi4j.close();
    }

    @Test
    void readsAndWritesRegisters() throws Exception {
        byte[] all = new byte[256];
        all[0x8F] = 0x33;
        all[0x90] = 0x12;
        all[0x91] = 0x34;
        pins.registers("spi1", all);
        Channel id = number("0x0F uint8");
        Channel wide = number("0x10 uint16");
        Channel bits = number("0x20 uint8 bits=7..4");
        try (Connection connection = driver.open(settings("spi0.1,mode=0,speed=1MHz", Map.of(), id, wide, bits))) {
            assertThat(read(connection, id, wide)).containsEntry(0, 0x33L).containsEntry(1, 0x1234L);
            connection.write(id, 0x44L);
            connection.write(bits, 0x0AL);
            assertThat(read(connection, id, bits)).containsEntry(0, 0x44L).containsEntry(1, 0x0AL);
        }
        assertThat(pins.registers("spi1")[0x8F]).isEqualTo((byte) 0x44);
        assertThat(pins.registers("spi1")[0xA0]).isEqualTo((byte) 0xA0);
    }

    @Test
    void readsNeighboursInOneTransfer() throws Exception {
        byte[] all = new byte[256];
        for (int i = 0; i < 6; i++) {
            all[0xA8 + i] = (byte) (i + 1);
        }
        pins.registers("spi1", all);
        Channel[] axes = {number("0x28 uint16"), number("0x2A uint16"), number("0x2C uint16")};
        try (Connection connection = driver.open(settings("spi0.1", Map.of("auto-increment", "true"), axes))) {
            assertThat(read(connection, axes))
                    .containsEntry(0, 0x0102L)
                    .containsEntry(1, 0x0304L)
                    .containsEntry(2, 0x0506L);
        }
    }

    @Test
    void takesEveryModeAndSpeed() throws Exception {
        Channel back = reading("exchange/a1b2c3 uint16");
        for (String options : new String[] {"mode=0", "mode=1", "mode=2", "mode=3,speed=500kHz", "speed=10kHz", ""}) {
            String address = "spi0.0" + (options.isEmpty() ? "" : "," + options);
            try (Connection connection = driver.open(settings(address, Map.of(), back))) {
                assertThat(read(connection, back)).as(address).containsEntry(0, 0xB2C3L);
            }
        }
    }

    /** spidev takes 4096 bytes at once: whatever is longer is cut, and must come back whole. */
    @Test
    void transfersOfTenThousandBytesComeBackWhole() {
        Spi spi = context.create(Spi.newConfigBuilder(context)
                .id("lab-spi")
                .bus(0)
                .channel(0)
                .mode(0)
                .baud(1_000_000)
                .load(Map.of(Pins.BITS, "8"))
                .build());
        try {
            Random random = new Random(1);
            for (int count : new int[] {1, 4095, 4096, 4097, 8192, 10_000}) {
                byte[] out = new byte[count];
                random.nextBytes(out);
                byte[] in = new byte[count];
                assertThat(spi.transfer(out, 0, in, 0, count)).isEqualTo(count);
                assertThat(in).as(count + " bytes").isEqualTo(out);
            }
        } finally {
            Pins.close(context, spi);
        }
    }

    /** The simulated one counts clocks, from the start bit on. */
    @Test
    void aConverterIsAskedForEachOfItsInputs() throws Exception {
        byte[] codes = new byte[256];
        int[] wanted = {512, 0, 1023, 1, 2, 256, 341, 682};
        for (int input = 0; input < wanted.length; input++) {
            // Single-ended ones are from 8 on; those before are of pairs, and not asked for.
            codes[2 * (8 + input)] = (byte) (wanted[input] >> 8);
            codes[2 * (8 + input) + 1] = (byte) wanted[input];
            codes[2 * input] = 3;
        }
        pins.registers("spi2", codes);
        try (ProfiledDevice converter = new ProfiledDevice(driver, "spi0.2,mode=0,speed=1MHz", "mcp3008")) {
            Map<String, Object> read = converter.read();
            for (int input = 0; input < wanted.length; input++) {
                assertThat(read)
                        .containsEntry("raw" + input, (long) wanted[input])
                        .containsEntry("ch" + input, wanted[input] * 3.3 / 1024);
            }
        }
    }

    @Test
    void aChipSelectThatIsNotThereIsNamedBesideThoseThatAre() {
        assertThatThrownBy(() -> driver.open(settings("spi1.2", Map.of(), number("0x00 uint8"))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("spidev1.2")
                .hasMessageContaining("spidev0.0, spidev0.1, spidev0.2");
    }

    @Test
    void listsTheChipSelects() throws Exception {
        assertThat(found(driver, "")).extracting(Discovered::address).containsExactly("spi0.0", "spi0.1", "spi0.2");
    }
}
