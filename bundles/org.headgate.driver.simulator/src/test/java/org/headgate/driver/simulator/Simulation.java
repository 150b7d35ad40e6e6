package org.headgate.driver.simulator;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.kit.RecordedReadings;
import org.headgate.system.api.kit.SimulatedSystem;

/** A simulator in a simulated world, where a call that would hang throws {@link SimulatedSystem.Hang}. */
final class Simulation {
    final SimulatedSystem system = new SimulatedSystem(1);
    final SimulatorDriver driver;

    Simulation(Path home) {
        driver = new SimulatorDriver(home, system, HangingGate::new);
    }

    static DeviceSettings settings(String address, Map<String, String> options, Channel... channels) {
        return new DeviceSettings("boiler", address, Duration.ofSeconds(1), List.of(channels), options);
    }

    DeviceSettings complete(DeviceSettings settings) throws Exception {
        return settings.channels().isEmpty() ? settings.withChannels(driver.channels(settings)) : settings;
    }

    Connection open(DeviceSettings settings) throws Exception {
        return driver.open(complete(settings));
    }

    void advance(String seconds) {
        system.advance(Duration.ofMillis((long) (Double.parseDouble(seconds) * 1000)));
    }

    /** The values by name; a BAD one is its reason. */
    Map<String, Object> read(Connection connection, DeviceSettings settings) throws Exception {
        List<Channel> channels = complete(settings).channels();
        RecordedReadings readings = new RecordedReadings();
        connection.read(channels, readings);
        Map<String, Object> values = new TreeMap<>();
        readings.values.forEach((i, value) -> values.put(channels.get(i).name(), value));
        readings.bad.forEach((i, why) -> values.put(channels.get(i).name(), "BAD " + why));
        return values;
    }

    private static final class HangingGate implements Gate {
        private boolean open;

        @Override
        public void hold(long nanos) throws java.io.IOException {
            if (open) {
                throw new java.io.IOException("closed");
            }
            throw new SimulatedSystem.Hang();
        }

        @Override
        public void open() {
            open = true;
        }
    }
}
