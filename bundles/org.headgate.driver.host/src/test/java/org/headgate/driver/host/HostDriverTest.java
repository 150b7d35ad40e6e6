package org.headgate.driver.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

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
import org.headgate.device.api.InvalidSettingException;
import org.headgate.device.api.kit.RecordedReadings;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a machine made of files. */
class HostDriverTest {
    private static final DeviceSettings SETTINGS =
            new DeviceSettings("host", "", Duration.ofSeconds(1), List.of(), Map.of());

    @TempDir
    Path root;

    private final SimulatedSystem system = new SimulatedSystem(1);
    private HostDriver driver;

    @BeforeEach
    void machine() throws IOException {
        system.advance(Duration.ofSeconds(5));
        driver = new HostDriver(root, root, system);
        put("proc/stat", "cpu  100 0 100 700 100 0 0 0 50 0\ncpu0 1 1 1 1 1 1 1 1 0 0\n");
        put("proc/loadavg", "0.39 0.18 0.11 5/120 6592\n");
        put("proc/uptime", "2111.24 4003.45\n");
        put(
                "proc/meminfo",
                "MemTotal:   1000 kB\nMemFree:  1 kB\nMemAvailable:   250 kB\nSwapTotal: 100 kB\nSwapFree: 75 kB\n");
        put("proc/net/dev", network(1000, 500));
        put("proc/diskstats", """
                   7       0 loop0 1 1 1 1 1 1 999 1 0 0 0
                 179       0 mmcblk0 55223 9768 4185442 24461 4444 9734 100 3376 0 7600 28136 3641 51 8 2 2 1
                 179       1 mmcblk0p1 55223 9768 4185442 24461 4444 9734 100 3376 0 7600 28136
                   8       0 sda 1 2 3 4 5 6 11 8 0 0 0
                """);
        put("sys/block/mmcblk0/device/name", "x");
        put("sys/block/sda/device/name", "x");
        put("sys/block/loop0/size", "0");
        put("sys/class/thermal/thermal_zone0/temp", "20000\n");
        put("sys/class/thermal/thermal_zone0/type", "acpitz\n");
        put("sys/class/thermal/thermal_zone1/temp", "48312\n");
        put("sys/class/thermal/thermal_zone1/type", "cpu-thermal\n");
    }

    private void put(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private static String network(long received, long sent) {
        return "Inter-|   Receive                |  Transmit\n face |bytes    packets errs|bytes\n"
                + "    lo: 9999 1 0 0 0 0 0 0 9999 1 0 0 0 0 0 0\n"
                + "  eth0: " + received + " 5 0 0 0 0 0 0 " + sent + " 4 0 0 0 0 0 0\n"
                + "wlan0:1 5 0 0 0 0 0 0 2 4 0 0 0 0 0 0\n";
    }

    private RecordedReadings read(Connection connection, String... sources) throws IOException {
        RecordedReadings readings = new RecordedReadings();
        connection.read(
                List.of(sources).stream()
                        .map(source -> Channel.readable(source, source, Type.DOUBLE, ""))
                        .toList(),
                readings);
        return readings;
    }

    @Test
    void findsThisMachineAndSaysWhatCanBeSeenOfIt() throws Exception {
        List<Discovered> found = new ArrayList<>();
        driver.discovery().orElseThrow().search(SETTINGS, found::add);
        assertThat(found)
                .containsExactly(new Discovered(
                        "host", "", "this machine, 2 disks, a thermometer", "", Map.of("poll", "10s"), List.of()));
        Channel wrong = Channel.readable("x", "wind", Type.DOUBLE, "");
        assertThatThrownBy(() -> driver.check(SETTINGS.withChannels(List.of(wrong))))
                .hasMessageStartingWith("channel.x: wind (expected: one of cpu, load");
    }

    @Test
    void readsWhatTheKernelSays() throws Exception {
        try (Connection connection = driver.open(SETTINGS)) {
            RecordedReadings readings = read(
                    connection,
                    "load",
                    "uptime",
                    "memory_total",
                    "memory_available",
                    "memory_used",
                    "swap_used",
                    "disk_written",
                    "net_rx_total",
                    "net_tx_total",
                    "temperature");
            assertThat(readings.bad).isEmpty();
            assertThat(readings.number(0)).isCloseTo(0.39, within(1e-9));
            assertThat(readings.number(1)).isCloseTo(2111.24, within(1e-9));
            assertThat(readings.values)
                    .containsEntry(2, 1_024_000L)
                    .containsEntry(3, 256_000L)
                    .containsEntry(4, 75.0)
                    .containsEntry(5, 25.0)
                    .containsEntry(6, 111L * 512)
                    .containsEntry(7, 1001L)
                    .containsEntry(8, 502L)
                    .containsEntry(9, 48.312);
        }
    }

    @Test
    void ratesAreOverTheTimeSinceTheLastRead() throws Exception {
        try (Connection connection = driver.open(SETTINGS)) {
            assertThat(read(connection, "cpu", "net_rx").values).isEmpty();
            system.advance(Duration.ofSeconds(2));
            put("proc/stat", "cpu  120 0 105 765 110 0 0 0 60 0\n");
            put("proc/net/dev", network(3000, 501));
            RecordedReadings readings = read(connection, "cpu", "net_rx", "net_tx");
            assertThat(readings.values)
                    .containsEntry(0, 25.0)
                    .containsEntry(1, 1000.0)
                    .containsEntry(2, 0.5);
            system.advance(Duration.ofSeconds(2));
            put("proc/net/dev", network(10, 501));
            assertThat(read(connection, "net_rx").values).isEmpty();
        }
    }

    @Test
    void aMissingFileIsBadInItsChannelsOnlyAndComesBack() throws Exception {
        Files.delete(root.resolve("proc/loadavg"));
        put("proc/uptime", "garbage\n");
        try (Connection connection = driver.open(SETTINGS)) {
            RecordedReadings readings = read(connection, "load", "uptime", "memory_used");
            assertThat(readings.bad.get(0)).endsWith("proc/loadavg is missing");
            assertThat(readings.bad.get(1)).endsWith("a number is missing");
            assertThat(readings.values).containsOnlyKeys(2);
            // Exactly what the text says: a sum of tenths and hundredths would be 1.3900000000000001.
            put("proc/loadavg", "1.39 0 0\n");
            assertThat(read(connection, "load").values).containsEntry(0, 1.39);
        }
    }

    @Test
    void hasATemperatureOnlyWhereThereIsASensor() throws Exception {
        assertThat(driver.channels(SETTINGS)).extracting(Channel::name).contains("temperature");
        HostDriver cold = new HostDriver(root.resolve("proc"), root, system);
        assertThat(cold.channels(SETTINGS)).extracting(Channel::name).doesNotContain("temperature");
        try (Connection connection = cold.open(SETTINGS)) {
            assertThat(read(connection, "temperature").bad).containsEntry(0, "this machine has no temperature sensor");
        }
    }

    @Test
    void refusesAnAddressAndWrites() throws Exception {
        DeviceSettings elsewhere = new DeviceSettings("x", "tcp:x", Duration.ofSeconds(1), List.of(), Map.of());
        assertThatThrownBy(() -> driver.open(elsewhere)).isInstanceOf(InvalidSettingException.class);
        try (Connection connection = driver.open(SETTINGS)) {
            assertThatThrownBy(() -> connection.write(driver.channels(SETTINGS).get(0), 1.0))
                    .isInstanceOf(IOException.class);
        }
    }
}
