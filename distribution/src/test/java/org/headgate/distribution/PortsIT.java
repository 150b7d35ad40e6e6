package org.headgate.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.headgate.distribution.RunningGateway.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What keeps a gateway from its start keeps it from going back, too: no setting of a port may. */
class PortsIT {
    @Test
    void noPortInTheSettingsKeepsTheGatewayFromItsStart(@TempDir Path other) throws Exception {
        try (RunningGateway blocked = new RunningGateway(other);
                ServerSocket broker = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket taken = new ServerSocket(blocked.consolePort(), 1, InetAddress.getLoopbackAddress())) {
            String settings = "console.port = " + taken.getLocalPort() + "\nbroker = true\n";
            Files.writeString(other.resolve("etc/headgate.gateway.cfg"), settings);
            Files.writeString(other.resolve("etc/headgate.broker.cfg"), "port = " + broker.getLocalPort() + "\n");
            blocked.start();
            String port =
                    Files.readString(other.resolve("var/run/console.port")).strip();
            String console = "headgate.gateway.cfg: console.port: " + taken.getLocalPort()
                    + " is in use by another program; the console listens on " + port + " until the next start";
            String mqtt = "headgate.broker.cfg: port: " + broker.getLocalPort() + " is in use by another program";
            assertThat(port).isNotEqualTo(String.valueOf(taken.getLocalPort()));
            assertThat(blocked.output()).contains("headgate: " + console, "headgate: " + mqtt);
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                assertThat(blocked.exec("gateway:status").out()).contains(console, mqtt);
                assertThat(blocked.log()).contains(console, mqtt);
            });
            assertThat(blocked.launcher("run").status()).as("a second one").isEqualTo(4);
            assertThat(blocked.launcher("console", "gateway:version").status()).isZero();
            blocked.stop();
            for (String nonsense : List.of("abc", "22")) {
                Files.writeString(other.resolve("etc/headgate.gateway.cfg"), "console.port = " + nonsense + "\n");
                Result started = blocked.launcher("start");
                try {
                    assertThat(started.status()).as(started.toString()).isZero();
                    assertThat(started.err())
                            .contains("console.port: " + nonsense + " is no port (expected: 1024 to 65535)");
                } finally {
                    blocked.launcher("stop");
                }
            }
        }
    }
}
