package org.headgate.driver.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Dictionary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.headgate.config.api.Instance;
import org.headgate.config.api.Settings;
import org.headgate.device.api.ActionNeededException;
import org.headgate.system.api.kit.MovedClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** What the HTTP service is told, and when. */
class ServerTest {
    @TempDir
    private Path folder;

    private final List<Map<String, Object>> told = new ArrayList<>();
    private final Crowd crowd = new Crowd(new MovedClock());

    private ConfigurationAdmin admin() {
        Configuration configuration = (Configuration) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Configuration.class}, (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("updateIfDifferent");
                    Dictionary<?, ?> properties = (Dictionary<?, ?>) arguments[0];
                    Map<String, Object> copy = new TreeMap<>();
                    Collections.list(properties.keys()).forEach(key -> copy.put(key.toString(), properties.get(key)));
                    told.add(copy);
                    return true;
                });
        return (ConfigurationAdmin) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ConfigurationAdmin.class}, (proxy, method, arguments) -> {
                    assertThat(arguments).containsExactly(Server.PID, null);
                    return configuration;
                });
    }

    private Server server(String... lines) throws IOException {
        return new Server(instance(lines), admin(), crowd, new Home().vault(folder), new KeyFile(folder, null, null));
    }

    private static Instance instance(String... lines) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String line : lines) {
            values.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
        }
        return new Instance("http", ServerSettings.FILE, new Settings(values), Optional.empty());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void thereIsNoPortBeforeADeviceListensAndNoneWhenTheDriverIsGone() throws Exception {
        int port = freePort();
        Server server = server("listen=127.0.0.1:" + port);
        assertThat(told).hasSize(1);
        assertThat(told.get(0)).containsEntry("org.apache.felix.http.enable", false);
        server.open();
        server.open();
        assertThat(told).hasSize(2);
        assertThat(told.get(1))
                .containsEntry("org.apache.felix.http.enable", true)
                .containsEntry("org.apache.felix.https.enable", false)
                .containsEntry("org.apache.felix.http.host", "127.0.0.1")
                .containsEntry("org.osgi.service.http.port", port);
        assertThat(told)
                .as("whoever comes is bounded, and not told what we are")
                .allSatisfy(properties -> assertThat(properties)
                        .containsEntry("org.apache.felix.http.timeout", 30_000)
                        .containsEntry("org.apache.felix.http.jetty.threadpool.max", 6)
                        .containsEntry("org.apache.felix.http.jetty.headerBufferSize", 8192)
                        .containsEntry("org.apache.felix.http.jetty.sendServerHeader", false));
        server.close();
        assertThat(told.get(2)).containsEntry("org.apache.felix.http.enable", false);
    }

    @Test
    void aPortOfSomebodyElseIsNamedAndTriedAgain() throws Exception {
        Server server;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            server = server("listen=127.0.0.1:" + taken.getLocalPort());
            assertThatThrownBy(server::open)
                    .isInstanceOf(ActionNeededException.class)
                    .hasMessageStartingWith("127.0.0.1:" + taken.getLocalPort() + " cannot be listened on");
            assertThat(told).hasSize(1);
        }
        server.open();
        assertThat(told).hasSize(2);
    }

    @Test
    void asManyMayConnectAsItsFileSays() throws Exception {
        server("connections=4");
        List<String> closed = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            crowd.onOpened(CrowdTest.connection(CrowdTest.endPoint("c" + i, null, closed)));
        }
        assertThat(closed).containsExactly("c0", "c1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "listen=8480 | listen: 8480 (expected: ADDRESS:PORT of this machine",
                "listen=localhost:8480 | listen: localhost:8480 (expected: ADDRESS:PORT",
                "listen=127.0.0.1:0 | listen: 127.0.0.1:0 (expected: ADDRESS:PORT",
                "listen=127.0.0.1:65536 | listen: 127.0.0.1:65536 (expected: ADDRESS:PORT",
                "listen=0.0.0.0:8480 | listen: 0.0.0.0:8480 (expected: an address of the loopback interface, or tls.",
                "listen=[::]:8480 | listen: [::]:8480 (expected: an address of the loopback",
                "tls.certificate=a.pem | tls.certificate: a.pem (expected: tls.key beside it",
                "connections=3 | connections: 3 (expected: ",
                "connections=many | connections: many (expected: ",
                "port=1 | port: 1 (expected: "
            })
    void aWrongFileIsNamedAndNothingIsListenedTo(String line, String message) throws Exception {
        Server server = server(line);
        assertThatThrownBy(server::open).hasMessageStartingWith("headgate.http.cfg: " + message);
        assertThat(told).hasSize(1);
        assertThat(new ServerValidator().problems(instance(line), null))
                .singleElement()
                .asString()
                .startsWith(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "listen=[::1]:8480 |",
                "listen=127.0.0.7:1 |",
                "listen=0.0.0.0:8480 | clear-text=true",
                "listen=192.0.2.1:8480 | tls.key=@id"
            })
    void whatMayBeListenedOnIsTaken(String first, String second) {
        Instance instance = second == null ? instance(first) : instance(first, second);
        assertThat(new ServerValidator().problems(instance, null)).isEmpty();
    }
}
