package org.headgate.driver.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.kit.PeerProcess;
import org.headgate.device.api.kit.RecordedReadings;
import org.headgate.system.api.kit.MovedClock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against modbus-serial of Node, whose refusals are other ones, and whose process comes and goes. */
class NodeUnitsTest {
    @TempDir
    private static Path folder;

    private static PeerProcess server;

    private final MovedClock clock = new MovedClock();
    private final ModbusDriver driver = Units.driver(folder, clock);

    @BeforeAll
    static void start() throws IOException {
        server = Units.node(folder);
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static String address() {
        return "tcp:127.0.0.1:" + Units.address(server).getPort() + ",unit=5";
    }

    @Test
    void readsAndWritesAllFourTables() throws Exception {
        DeviceSettings settings = Units.device(
                address(),
                "a: input/7 uint16",
                "b: holding/300 uint16",
                "c: coil/8 bool",
                "d: discrete/8 bool",
                "e: holding/20 float32 order=BADC access=rw",
                "f: coil/30 bool access=rw");
        try (Connection connection = driver.open(settings)) {
            connection.write(settings.channels().get(4), 0.1);
            connection.write(settings.channels().get(5), false);
            assertThat(Units.read(connection, settings.channels()).values)
                    .isEqualTo(Map.of(0, 7L, 1, 300L, 2, true, 3, false, 4, (double) 0.1f, 5, false));
        }
        DeviceSettings multiple = Units.with(settings, "write", "multiple");
        try (Connection connection = driver.open(multiple)) {
            connection.write(settings.channels().get(5), true);
            assertThat(Units.read(connection, settings.channels()).values).containsEntry(5, true);
        }
    }

    @Test
    void whatIsBusyIsBadAndAskedAgainAtOnceWhatIsAbsentNotBeforeAMinute() throws Exception {
        DeviceSettings settings =
                Units.device(address(), "a: holding/505", "b: holding/2000", "c: holding/3", "n: count/requests");
        try (Connection connection = driver.open(settings)) {
            RecordedReadings readings = Units.read(connection, settings.channels());
            assertThat(readings.bad)
                    .isEqualTo(Map.of(
                            0, "exception 6: the unit is busy holding/505 (40506)",
                            1, "exception 2: no such register holding/2000 (42001)"));
            assertThat(readings.values).containsEntry(2, 3L);
            long before = (Long) readings.values.get(3);
            assertThat(Units.read(connection, settings.channels()).values).containsEntry(3, before + 2);
            clock.advance(Duration.ofSeconds(61));
            RecordedReadings later = Units.read(connection, settings.channels());
            assertThat(later.values).containsEntry(3, before + 5);
            assertThat(later.bad).hasSize(2);
        }
    }

    @Test
    void aServerThatWasRestartedIsReachedAgain() throws Exception {
        DeviceSettings settings = Units.device(address(), "a: holding/3");
        try (Connection connection = driver.open(settings)) {
            Units.read(connection, settings.channels());
            server.kill();
            assertThatThrownBy(() -> Units.read(connection, settings.channels()))
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> driver.open(settings)).hasMessageContaining("refused");
            server.start();
        }
        assertThat(Units.read(driver, settings).values).isEqualTo(Map.of(0, 3L));
    }
}
