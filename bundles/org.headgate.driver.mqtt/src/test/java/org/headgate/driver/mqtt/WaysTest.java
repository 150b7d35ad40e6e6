package org.headgate.driver.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.kit.ReportedRows;
import org.headgate.mqtt.client.kit.Mosquitto;
import org.headgate.mqtt.client.kit.TestProxy;
import org.headgate.tls.kit.Certificates;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Devices behind brokers that are reached by TLS and through proxies. All ways in all combinations are tested with the client. */
class WaysTest {
    @TempDir
    private Path folder;

    private final List<Connection> open = new ArrayList<>();
    private RealTime time;
    private Certificates made;
    private MqttDriver driver;
    private Mosquitto broker;
    private int tls;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(Mosquitto.isInstalled(), "mosquitto is not installed: sudo apt-get install mosquitto");
        assumeTrue(Certificates.isInstalled(), "openssl is not installed: sudo apt-get install openssl");
        Awaitility.doNotCatchUncaughtExceptionsByDefault();
        made = new Certificates(folder)
                .authority("ca")
                .authority("other-ca")
                .signed("ca", "broker", "DNS:localhost,IP:127.0.0.1")
                .signed("ca", "gateway", "");
        broker = new Mosquitto(folder, "user " + System.getProperty("user.name"));
        tls = broker.tlsListener(folder, "broker", "require_certificate true", "cafile " + folder.resolve("ca.pem"));
        broker.start();
        time = new RealTime();
        driver = new MqttDriver(time.world(made::read));
    }

    @AfterEach
    void stop() throws Exception {
        open.forEach(Connection::close);
        if (driver != null) {
            driver.close();
            time.close();
        }
        if (broker != null) {
            broker.close();
        }
    }

    private DeviceSettings bulb(String name, String... lines) {
        return Site.device(
                broker.port(),
                Duration.ofSeconds(5),
                name,
                Stream.concat(
                                Stream.of(
                                        "topic = z/{device}",
                                        "write = z/{device}",
                                        "channel.mode = /mode string access=rw payload={\"mode\":{}}"),
                                Stream.of(lines))
                        .toArray(String[]::new));
    }

    /** What is written comes back by the subscription. */
    private void goesThere(DeviceSettings settings) throws Exception {
        ReportedRows rows = new ReportedRows();
        Connection connection = driver.open(settings);
        open.add(connection);
        connection.subscribe(settings.channels(), rows);
        connection.write(settings.channels().get(0), "eco");
        rows.awaitFirst("eco");
    }

    @Test
    void aBrokerWithTlsIsJudgedByItsAuthorityAndShownOurCertificate() throws Exception {
        String address = "address = mqtts://localhost:" + tls;
        String[] ours = {address, "tls.ca = ca.pem", "tls.certificate = gateway.pem", "tls.key = gateway.key"};
        goesThere(bulb("a", ours));
        goesThere(bulb("b", ours));
        assertThat(driver.connections()).isEqualTo(1);
        assertThatThrownBy(() -> driver.open(bulb("c", address, "tls.ca = other-ca.pem")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the authority ca that signed the server's certificate is not trusted");
        assertThatThrownBy(() -> driver.open(bulb("c", address, "tls.ca = ca.pem")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the server wants a client certificate");
        assertThat(driver.connections())
                .as("a refused one is none, and ends no other")
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "socks5"})
    void aBrokerBehindAProxyIsReachedByThatProxyAlone(String kind) throws Exception {
        Files.writeString(folder.resolve("proxy-password"), "pass word\n");
        try (TestProxy proxy = TestProxy.start("gw", "pass word")) {
            String address = "address = mqtt://localhost:" + broker.port();
            String way = "proxy = " + kind + "://127.0.0.1:" + proxy.port();
            goesThere(bulb("a", address, way, "proxy.user = gw", "proxy.password = @proxy-password"));
            goesThere(bulb("b", address, way, "proxy.user = gw", "proxy.password = @proxy-password"));
            assertThat(proxy.asked()).containsExactly("localhost:" + broker.port());
            // The same broker without the proxy is another connection.
            goesThere(bulb("c", address));
            assertThat(driver.connections()).isEqualTo(2);
            assertThatThrownBy(() -> driver.open(bulb("d", address, way)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("check proxy.user and proxy.password");
            ReportedRows rows = new ReportedRows();
            DeviceSettings late = bulb("e", address, way, "proxy.user = gw", "proxy.password = @proxy-password");
            Connection connection = driver.open(late);
            open.add(connection);
            connection.subscribe(late.channels(), rows);
            proxy.cut();
            Site.until(() -> rows.failure().startsWith("the broker is gone: "));
            Site.until(() -> driver.connections() == 1);
        }
    }
}
