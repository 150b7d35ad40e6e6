package org.headgate.driver.opcua;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.headgate.device.api.DeviceSettings;
import org.headgate.system.api.kit.MovedClock;
import org.headgate.system.api.kit.SilentNameServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostNameTest {
    @TempDir
    private Path home;

    @Test
    void aNameServerThatHangsTakesTheTimeOfTheDeviceOnly() throws Exception {
        Reactor reactor = new Reactor(new SilentNameServer());
        try {
            reactor.loaded().join();
            OpcUaDriver driver = new OpcUaDriver(new MovedClock(), new Ground(home).keyring, reactor);
            DeviceSettings settings = new DeviceSettings(
                    "press",
                    "opc.tcp://press.example:4840",
                    Duration.ofMillis(250),
                    List.of(),
                    Map.of("security", "none"));
            assertThatThrownBy(() -> driver.open(settings))
                    .isInstanceOf(SocketTimeoutException.class)
                    .hasMessageContaining("no address for the host press.example within 200 ms");
        } finally {
            reactor.stop();
        }
    }
}
