package org.headgate.driver.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Driver;
import org.headgate.device.api.kit.DriverContract;
import org.headgate.device.api.kit.RecordedReadings;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.Test;

/** The contract and plausible values, on the machine that runs the test. */
class ThisMachineTest implements DriverContract {
    private final SimulatedSystem system = new SimulatedSystem(1);
    private final HostDriver driver = new HostDriver(Path.of("/"), Path.of("/"), system);

    @Override
    public Driver driver() {
        return driver;
    }

    @Override
    public DeviceSettings reachable() {
        return new DeviceSettings("host", "", Duration.ofSeconds(1), List.of(), Map.of());
    }

    @Test
    void saysWhatIsPlausible() throws Exception {
        system.advance(Duration.ofSeconds(1));
        List<Channel> channels = complete().channels();
        Map<String, Double> values = new HashMap<>();
        RecordedReadings readings = new RecordedReadings();
        try (Connection connection = driver.open(complete())) {
            system.advance(Duration.ofSeconds(1));
            connection.read(channels, readings);
        }
        assertThat(readings.bad).isEmpty();
        readings.values.keySet().forEach(i -> values.put(channels.get(i).name(), readings.number(i)));
        assertThat(values.get("memory_total")).isBetween(64e6, 64e12);
        assertThat(values.get("memory_available")).isBetween(1e6, values.get("memory_total"));
        assertThat(values.get("memory_used")).isBetween(0.1, 100.0);
        assertThat(values.get("disk_total")).isGreaterThan(1e6);
        assertThat(values.get("disk_used")).isBetween(0.0, 100.0);
        assertThat(values.get("uptime")).isGreaterThan(1);
        assertThat(values.get("load")).isBetween(0.0, 10_000.0);
        assertThat(values.get("net_rx")).isGreaterThanOrEqualTo(0);
        assertThat(values.get("disk_written")).isGreaterThanOrEqualTo(0);
    }
}
