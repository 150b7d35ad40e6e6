package org.headgate.driver.http;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.headgate.data.api.Type;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.kit.RecordedReadings;
import org.headgate.system.api.HostNames;
import org.headgate.system.api.kit.MovedClock;
import org.headgate.system.api.kit.SilentNameServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostNameTest {
    @TempDir
    private Path folder;

    @Test
    void aNameServerThatHangsTakesTheTimeOfTheDeviceOnly() throws Exception {
        HttpDriver driver = new HttpDriver(
                new Home().vault(folder),
                new Inbox(any -> true),
                () -> {},
                new HostNames(new SilentNameServer()),
                new MovedClock());
        DeviceSettings settings = new DeviceSettings(
                "roof",
                "http://roof.example/status",
                Duration.ofMillis(250),
                List.of(Channel.readable("load", "/load", Type.DOUBLE, "")),
                Map.of());
        assertThatThrownBy(() -> {
                    try (Connection connection = driver.open(settings)) {
                        connection.read(settings.channels(), new RecordedReadings());
                    }
                })
                .hasMessageContaining("no address for the host roof.example within")
                .hasMessageContaining("does the name server (DNS) answer?");
    }
}
