package org.headgate.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.headgate.lab.LabDevice.found;
import static org.headgate.lab.LabDevice.number;
import static org.headgate.lab.LabDevice.read;
import static org.headgate.lab.LabDevice.settings;

import com.pi4j.context.Context;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.Discovered;
import org.headgate.driver.i2c.I2cDriver;
import org.headgate.pi4j.LabContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The driver i2c on real buses of a kernel: i2c-1 knows everything, i2c-0 SMBus alone. */
class I2cLab {
    private final SimulatedPins pins = new SimulatedPins();
    private final LabContext pi4j = new LabContext();
    private final Context context = pi4j.context();
    private final I2cDriver driver = new I2cDriver(context);

    @BeforeEach
    void clear() throws IOException {
        pins.registers("i2c-40", new byte[256]);
    }

    @AfterEach
    void end() {
        pi4j.close();
    }

    private void set(int register, int... bytes) throws IOException {
        byte[] all = pins.registers("i2c-40");
        for (int i = 0; i < bytes.length; i++) {
            all[register + i] = (byte) bytes[i];
        }
        pins.registers("i2c-40", all);
    }

    @Test
    void readsRegistersAndTheirBits() throws Exception {
        set(0x02, 0x1F, 0x42);
        set(0x10, 0xFE, 0xFF);
        Channel voltage = number("0x02 uint16 bits=15..3");
        Channel whole = number("0x02 uint16");
        Channel temperature = number("0x10 int16 order=little");
        try (Connection connection = driver.open(settings("i2c-1/0x40", Map.of(), voltage, whole, temperature))) {
            assertThat(read(connection, voltage, whole, temperature))
                    .containsEntry(0, 1000L)
                    .containsEntry(1, 0x1F42L)
                    .containsEntry(2, -2L);
            set(0x02, 0, 8);
            assertThat(read(connection, voltage)).containsEntry(0, 1L);
        }
    }

    @Test
    void readsNeighboursAtOnce() throws Exception {
        set(0x20, 1, 2, 3, 4);
        Channel[] channels = {number("0x22 uint16"), number("0x20 uint8"), number("0x21 uint8")};
        try (Connection connection = driver.open(settings("i2c-1/0x40", Map.of("auto-increment", "true"), channels))) {
            assertThat(read(connection, channels))
                    .containsEntry(0, 0x0304L)
                    .containsEntry(1, 1L)
                    .containsEntry(2, 2L);
        }
    }

    @Test
    void writesBitsAndLeavesTheOthers() throws Exception {
        set(0x30, 0xA5);
        Channel low = number("0x30 uint8 bits=3..0");
        Channel wide = number("0x40 uint16");
        try (Connection connection = driver.open(settings("i2c-1/0x40", Map.of(), low, wide))) {
            connection.write(low, 0x0CL);
            connection.write(wide, 0x1234L);
        }
        assertThat(pins.registers("i2c-40")[0x30]).isEqualTo((byte) 0xAC);
        assertThat(pins.registers("i2c-40")[0x40]).isEqualTo((byte) 0x12);
        assertThat(pins.registers("i2c-40")[0x41]).isEqualTo((byte) 0x34);
    }

    @Test
    void anAddressWithoutAChipIsAnErrorAndNeverData() {
        assertThatThrownBy(() -> driver.open(settings("i2c-1/0x33", Map.of(), number("0x00 uint8"))))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("i2c-1/0x33: nothing answers");
    }

    @Test
    void aBusThatIsNotThereIsNamedBesideThoseThatAre() {
        assertThatThrownBy(() -> driver.open(settings("i2c-7/0x40", Map.of(), number("0x00 uint8"))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("i2c-7")
                .hasMessageContaining("i2c-0, i2c-1");
    }

    @Test
    void anAdapterThatKnowsSmbusAloneHas8BitRegisters() throws Exception {
        Channel one = number("0x50 uint8");
        Channel two = number("0x51 uint16");
        try (Connection connection = driver.open(settings("i2c-0/0x76", Map.of(), one, two))) {
            connection.write(one, 0x42L);
            connection.write(two, 0x1234L);
            assertThat(read(connection, one, two)).containsEntry(0, 0x42L).containsEntry(1, 0x1234L);
        }
        assertThatThrownBy(() -> driver.open(settings("i2c-0/0x76", Map.of(), number("0x0100/16 uint8"))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("SMBus");
        assertThatThrownBy(() -> driver.open(settings("i2c-0/0x40", Map.of(), number("0x00 uint8"))))
                .isInstanceOf(IOException.class);
    }

    @Test
    void theScanFindsWhoAnswersAndChangesNothing() throws Exception {
        set(0x00, 1, 2, 3);
        byte[] before = pins.registers("i2c-40");
        assertThat(driver.discovery().orElseThrow().places()).containsExactly("i2c-0", "i2c-1");
        assertThat(found(driver, "i2c-1"))
                .extracting(Discovered::address)
                .containsExactly("i2c-1/0x20", "i2c-1/0x40", "i2c-1/0x48", "i2c-1/0x76");
        assertThat(found(driver, "i2c-0")).extracting(Discovered::address).containsExactly("i2c-0/0x76");
        assertThat(found(driver, "i2c-1"))
                .allSatisfy(one -> assertThat(one.description()).contains("read byte"));
        assertThat(pins.registers("i2c-40")).isEqualTo(before);
    }

    /**
     * The trimming values, temperature and pressure of the example in BST-BMP280-DS001, 3.12: its floating point gives 100653.27 Pa, 64 bits
     * as here 0.02 Pa less.
     */
    @Test
    void aChipWithItsCalibrationIsAWholeSensor() throws Exception {
        byte[] before = pins.registers("i2c-76");
        byte[] bme280 = before.clone();
        put(bme280, 0x88, "706b436718fc7d8e43d6d00b270b8c00f9ff8c3cf8c67017004b");
        put(bme280, 0xE1, "6a01001329031e");
        put(bme280, 0xF7, "655ac07eed007530");
        pins.registers("i2c-76", bme280);
        try (ProfiledDevice sensor = new ProfiledDevice(driver, "i2c-1/0x76", "bme280")) {
            for (int i = 0; i < 3; i++) {
                assertThat(sensor.read())
                        .containsEntry("temperature", 25.08)
                        .containsEntry("humidity", 56_317 / 1024.0)
                        .containsEntry("pressure", 25_767_233 / 25_600.0);
            }
        } finally {
            pins.registers("i2c-76", before);
        }
    }

    /** The simulated one ends a conversion two looks after it was begun, and keeps the result of the one before until then. */
    @Test
    void aConverterIsWaitedForAndItsInputsAreToldApart() throws Exception {
        byte[] before = pins.registers("i2c-48");
        byte[] ads1115 = before.clone();
        // MUX 4 to 7 are the inputs against ground, 0 is the first against the second (SBAS444D, 9.6.3).
        put(ads1115, 0x28, "40002000e0000000");
        put(ads1115, 0x20, "1000");
        pins.registers("i2c-48", ads1115);
        try (ProfiledDevice converter = new ProfiledDevice(driver, "i2c-1/0x48", "ads1115")) {
            for (int i = 0; i < 3; i++) {
                assertThat(converter.read())
                        .containsEntry("a0", 2.048)
                        .containsEntry("a1", 1.024)
                        .containsEntry("a2", -1.024)
                        .containsEntry("a3", 0.0)
                        .containsEntry("a0_a1", 0.512);
            }
        } finally {
            pins.registers("i2c-48", before);
        }
    }

    private static void put(byte[] registers, int at, String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        System.arraycopy(bytes, 0, registers, at, bytes.length);
    }

    /** A file descriptor a connection: what one leaves behind adds up, until nothing can be opened any more. */
    @Test
    void opensAndClosesManyTimes() throws Exception {
        Channel channel = number("0x00 uint8");
        // What is opened once stays: classes, the provider.
        driver.open(settings("i2c-1/0x40", Map.of(), channel)).close();
        int before = openFiles();
        for (int i = 0; i < 2000; i++) {
            driver.open(settings("i2c-1/0x40", Map.of(), channel)).close();
        }
        assertThat(openFiles()).isLessThan(before + 50);
    }

    private static int openFiles() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return (int) open.count();
        }
    }
}
