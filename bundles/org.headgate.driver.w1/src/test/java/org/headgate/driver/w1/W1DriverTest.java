package org.headgate.driver.w1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.headgate.data.api.Type;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Discovered;
import org.headgate.device.api.Driver;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.device.api.kit.DriverContract;
import org.headgate.device.api.kit.RecordedReadings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** On a kernel made of files. */
class W1DriverTest implements DriverContract {
    private static final String SENSOR = "28-000005e2fdc3";
    private static final String OTHER = "10-000802824e58";
    private static final List<Channel> TEMPERATURE = List.of(W1Driver.TEMPERATURE);

    @TempDir
    Path root;

    private SimulatedOneWire kernel;
    private Driver driver;

    @BeforeEach
    void machine() {
        kernel = new SimulatedOneWire(root)
                .bus(1, SENSOR, "29-00000000abcd")
                .bus(2, OTHER)
                .measures(SENSOR, 23_125)
                .measures(OTHER, -500);
        driver = new W1Driver(kernel.machine());
    }

    @Override
    public Driver driver() {
        return driver;
    }

    @Override
    public DeviceSettings reachable() {
        return settings(SENSOR);
    }

    private static DeviceSettings settings(String address) {
        return new DeviceSettings("cellar", address, Duration.ofSeconds(2), List.of(), Map.of());
    }

    private RecordedReadings read(String address) throws Exception {
        RecordedReadings readings = new RecordedReadings();
        try (Connection connection = driver.open(settings(address))) {
            connection.read(TEMPERATURE, readings);
        }
        return readings;
    }

    @Test
    void readsTheTemperature() throws Exception {
        assertThat(read(SENSOR).values).containsEntry(0, 23.125);
        assertThat(read("w1_bus_master2/" + OTHER).values).containsEntry(0, -0.5);
        assertThat(read("28-000005E2FDC3").uncertain).isEmpty();
        kernel.measures(SENSOR, 125_000);
        assertThat(read(SENSOR).values).containsEntry(0, 125.0);
        kernel.measures(SENSOR, -55_000);
        assertThat(read(SENSOR).values).containsEntry(0, -55.0);
    }

    /** A kernel without w1_slave has checked the checksum itself. */
    @Test
    void readsTheNewerFileWhereItIsTheOnlyOne() throws Exception {
        kernel.remove(SENSOR, "w1_slave");
        kernel.put(SENSOR, "temperature", "-10062\n");
        assertThat(read(SENSOR).values).containsEntry(0, -10.062);
        kernel.put(SENSOR, "temperature", "85000");
        assertThat(read(SENSOR).uncertain).containsOnlyKeys(0);
        kernel.put(SENSOR, "temperature", "warm");
        assertThat(read(SENSOR).bad).containsOnlyKeys(0);
    }

    @Test
    void aWrongChecksumIsBad() throws Exception {
        kernel.scratchpad(SENSOR, "72 01 4b 46 7f ff 0e 10 57", "NO", 23_125);
        assertThat(read(SENSOR).bad.get(0)).startsWith("the checksum is wrong");
        assertThat(read(SENSOR).values).isEmpty();
    }

    @Test
    void whatASensorHasAfterPowerOnIsUncertain() throws Exception {
        kernel.scratchpad(SENSOR, "50 05 4b 46 7f ff 0c 10 1c", "YES", 85_000);
        assertThat(read(SENSOR).values).containsEntry(0, 85.0);
        assertThat(read(SENSOR).uncertain).containsOnlyKeys(0);
        kernel.measures(SENSOR, 85_062);
        assertThat(read(SENSOR).uncertain).isEmpty();
    }

    /** The kernel says YES and 0 degrees. */
    @Test
    void aLineThatIsHeldLowIsBad() throws Exception {
        kernel.scratchpad(SENSOR, "00 00 00 00 00 00 00 00 00", "YES", 0);
        assertThat(read(SENSOR).bad.get(0)).startsWith("the line is held low");
        kernel.measures(SENSOR, 0);
        assertThat(read(SENSOR).values).containsEntry(0, 0.0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "72 01 4b 46 7f ff 0e 10 57 : crc=57 YES",
                "72 01 4b 46 7f ff 0e 10 57 : crc=57 YES\n72 01 4b 46 7f ff 0e 10 57 t=",
                "72 01 4b 46 7f ff 0e 10 57 : crc=57 YES\n72 01 4b 46 7f ff 0e 10 57 t=99999999999",
                "72 01 4b 46 7f ff 0e 10 57 : crc=57 YES\n72 01 4b 46 7f ff 0e 10 57 t=125001",
                "72 01 4b 46 7f ff 0e 10 57 : crc=57 YES\n72 01 4b 46 7f ff 0e 10 57 t=-55001",
                "72 01 4b 46 7f ff 0e 10 57 : crc=57 MAYBE\n72 01 4b 46 7f ff 0e 10 57 t=20000"
            })
    void whatIsNoTemperatureIsBad(String text) throws Exception {
        kernel.put(SENSOR, "w1_slave", text);
        RecordedReadings readings = read(SENSOR);
        assertThat(readings.bad).containsOnlyKeys(0);
        assertThat(readings.values).isEmpty();
    }

    /** The kernel refuses the read, or gives nothing, when nobody answers. */
    @Test
    void aSensorThatDoesNotAnswerIsAnError() {
        kernel.put(SENSOR, "w1_slave", "");
        assertThatThrownBy(() -> read(SENSOR))
                .isInstanceOf(IOException.class)
                .hasMessage(SENSOR + " does not answer: check the wiring and the pull-up of 4.7 kOhm");
    }

    @Test
    void saysWhatToDoWhereNothingIsThere() throws Exception {
        assertThatThrownBy(() -> read("28-0000000000ff"))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "28-0000000000ff is not on the 1-Wire bus; there are: " + SENSOR + ", w1_bus_master2/" + OTHER);
        kernel.remove(SENSOR, "w1_slave");
        assertThatThrownBy(() -> read(SENSOR)).hasMessageEndingWith("sudo modprobe w1_therm");
        Path pi = root.resolve("off");
        Files.createDirectories(pi.resolve("proc/device-tree"));
        Files.writeString(pi.resolve("proc/device-tree/model"), "Raspberry Pi 4 Model B Rev 1.5\0");
        Driver off = new W1Driver(new SimulatedOneWire(pi).machine());
        assertThatThrownBy(() -> off.open(settings(SENSOR)))
                .isInstanceOf(IOException.class)
                .hasMessage("no 1-Wire bus: sudo raspi-config nonint do_onewire 0; sudo reboot");
        assertThatThrownBy(() -> off.discovery().orElseThrow().places())
                .hasMessage("no 1-Wire bus: sudo raspi-config nonint do_onewire 0; sudo reboot");
        SimulatedOneWire empty = new SimulatedOneWire(root.resolve("empty")).bus(1);
        assertThatThrownBy(() -> new W1Driver(empty.machine()).open(settings(SENSOR)))
                .hasMessageContaining("and no other: check the wiring");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "28",
                "29-000005e2fdc3",
                "28-000005e2fdc",
                "28-000005e2fdc3x",
                "w1/28-000005e2fdc3",
                "../28-000005e2fdc3"
            })
    void refusesWhatIsNoThermometer(String address) {
        assertThatThrownBy(() -> driver.check(settings(address)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith(
                        "address: " + (address.isEmpty() ? "missing" : address) + " (expected: a thermometer's");
    }

    /** A read cannot be interrupted, so one that is bound to be abandoned must not begin. */
    @ParameterizedTest
    @CsvSource({"'',849,850ms", "750,849,850ms", "94,193,194ms", "garbage,849,850ms"})
    void refusesATimeoutThatNoReadCanKeep(String conversion, int timeout, String least) throws Exception {
        kernel.put(SENSOR, "conv_time", conversion + "\n");
        DeviceSettings hasty = new DeviceSettings("cellar", SENSOR, Duration.ofMillis(timeout), List.of(), Map.of());
        assertThatThrownBy(() -> driver.open(hasty))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("timeout: " + timeout + "ms (expected: at least " + least);
        driver.open(new DeviceSettings("cellar", SENSOR, Duration.ofMillis(timeout + 1), List.of(), Map.of()))
                .close();
    }

    @Test
    void sensorsOfABusTakeTurns() throws Exception {
        assertThat(driver.bus(settings(SENSOR))).isEqualTo("w1_bus_master1");
        assertThat(driver.bus(settings("w1_bus_master1/" + OTHER))).isEqualTo("w1_bus_master1");
        assertThat(driver.bus(settings("w1_bus_master2/" + OTHER))).isEqualTo("w1_bus_master2");
        assertThat(driver.bus(settings("w1_bus_master2"))).isEqualTo("w1_bus_master2");
        assertThat(driver.bus(settings(""))).isEqualTo("w1_bus_master1");
    }

    @Test
    void findsThermometersWithTheirBuses() throws Exception {
        List<Discovered> found = new ArrayList<>();
        driver.discovery().orElseThrow().search(settings(""), found::add);
        assertThat(found)
                .containsExactly(
                        new Discovered(
                                "ds18b20",
                                SENSOR,
                                "DS18B20 thermometer, found by the kernel on w1_bus_master1",
                                "",
                                Map.of("poll", "10s"),
                                List.of()),
                        new Discovered(
                                "ds18s20",
                                "w1_bus_master2/" + OTHER,
                                "DS18S20 thermometer, found by the kernel on w1_bus_master2",
                                "",
                                Map.of("poll", "10s"),
                                List.of()));
        found.clear();
        driver.discovery().orElseThrow().search(settings("w1_bus_master1"), found::add);
        assertThat(found).extracting(Discovered::address).containsExactly(SENSOR);
        assertThatThrownBy(() -> driver.discovery().orElseThrow().search(settings("w1_bus_master3"), found::add))
                .hasMessage("address: w1_bus_master3 (expected: one of w1_bus_master1, w1_bus_master2)");
    }

    @Test
    void hasNothingElse() throws Exception {
        RecordedReadings readings = new RecordedReadings();
        try (Connection connection = driver.open(settings(SENSOR))) {
            connection.read(List.of(Channel.readable("x", "x", Type.DOUBLE, ""), W1Driver.TEMPERATURE), readings);
            assertThat(readings.bad).containsOnlyKeys(0);
            assertThat(readings.values).containsOnlyKeys(1);
            assertThatThrownBy(() -> connection.write(W1Driver.TEMPERATURE, 20.0))
                    .isInstanceOf(IOException.class);
        }
    }
}
