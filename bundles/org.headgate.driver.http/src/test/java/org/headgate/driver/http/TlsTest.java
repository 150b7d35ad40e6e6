package org.headgate.driver.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.kit.RecordedReadings;
import org.headgate.system.api.kit.MovedClock;
import org.headgate.tls.ServerIdentity;
import org.headgate.tls.TlsSettings;
import org.headgate.tls.kit.Certificates;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Polls over TLS, of a server that shows what {@link ServerIdentity} has made of PEM files. */
class TlsTest {
    private static final char[] PASSWORD = "for this file only".toCharArray();

    @TempDir
    private Path folder;

    @Test
    void aServerIsTrustedByItsAuthorityAndRefusedInWordsWithoutIt() throws Exception {
        Assumptions.assumeTrue(Certificates.isInstalled(), "openssl is not installed: sudo apt-get install openssl");
        Path files = Files.createDirectories(folder.resolve("files"));
        Certificates certificates = new Certificates(files).authority("ca").signed("ca", "server", "IP:127.0.0.1");
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
        server.setHttpsConfigurator(new HttpsConfigurator(context(certificates)));
        server.createContext("/", exchange -> Station.say(exchange, 200, "{\"fan\":4}"));
        server.createContext("/away", exchange -> {
            exchange.getResponseHeaders().set("Location", "http://127.0.0.1:1/clear");
            Station.say(exchange, 302, "");
        });
        server.start();
        try {
            assertThat(fan(server, "/", "tls.ca=ca.pem")).isEqualTo(4);
            assertThatThrownBy(() -> fan(server, "/"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("tls.ca");
            assertThatThrownBy(() -> fan(server, "/away", "tls.ca=ca.pem", "redirects=1"))
                    .hasMessageContaining("leads from https to http://127.0.0.1:");
            assertThatThrownBy(() -> fan(server, "/", "tls.ca=none.pem")).hasMessageContaining("a file in HOME/files");
        } finally {
            server.stop(0);
        }
    }

    /** The tickets that come with a handshake are not what nobody asked for: else each poll would cost one. */
    @Test
    void aConnectionIsKeptUntilSomethingComesThatNobodyAskedFor() throws Exception {
        Assumptions.assumeTrue(Certificates.isInstalled(), "openssl is not installed: sudo apt-get install openssl");
        Path files = Files.createDirectories(folder.resolve("files"));
        Certificates certificates = new Certificates(files).authority("ca").signed("ca", "server", "IP:127.0.0.1");
        List<Socket> accepted = new CopyOnWriteArrayList<>();
        try (ServerSocket server = context(certificates)
                .getServerSocketFactory()
                .createServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> serve(server, accepted), "server");
            thread.setDaemon(true);
            thread.start();
            DeviceSettings settings = settings(server.getLocalPort(), "/", "tls.ca=ca.pem");
            try (Connection connection = driver().open(settings)) {
                // What follows the handshake has come by then.
                LockSupport.parkNanos(300_000_000);
                for (int i = 0; i < 5; i++) {
                    assertThat(fan(connection, settings)).isEqualTo(4);
                }
                assertThat(accepted).hasSize(1);
                accepted.get(0).getOutputStream().write(answer(9));
                // Nothing shows that it has come.
                LockSupport.parkNanos(300_000_000);
                assertThat(fan(connection, settings)).isEqualTo(4);
                assertThat(accepted).hasSize(2);
            }
        }
    }

    /** One connection after the other. */
    private static void serve(ServerSocket server, List<Socket> accepted) {
        byte[] request = new byte[4096];
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                accepted.add(socket);
                while (socket.getInputStream().read(request) > 0) {
                    socket.getOutputStream().write(answer(4));
                }
            } catch (IOException gone) {
                continue; // The client has hung up, or the server is closed.
            }
        }
    }

    private static byte[] answer(int fan) {
        return ("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{\"fan\":" + fan + "}")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private SSLContext context(Certificates certificates) throws Exception {
        TlsSettings settings =
                TlsSettings.of(Map.of("tls.certificate", "server.pem", "tls.key", "server.key"), certificates::read);
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(new ByteArrayInputStream(ServerIdentity.pkcs12(settings, PASSWORD)), PASSWORD);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        assertThatThrownBy(() -> ServerIdentity.pkcs12(TlsSettings.of(Map.of(), name -> Optional.empty()), PASSWORD))
                .hasMessageStartingWith("tls.key: missing");
        return context;
    }

    private double fan(HttpsServer server, String path, String... options) throws Exception {
        DeviceSettings settings = settings(server.getAddress().getPort(), path, options);
        try (Connection connection = driver().open(settings)) {
            return fan(connection, settings);
        }
    }

    private static double fan(Connection connection, DeviceSettings settings) throws IOException {
        RecordedReadings readings = new RecordedReadings();
        connection.read(settings.channels(), readings);
        return readings.number(0);
    }

    private HttpDriver driver() throws IOException {
        return new HttpDriver(new Home().vault(folder), new Inbox(any -> true), () -> {}, Home.NAMES, new MovedClock());
    }

    private static DeviceSettings settings(int port, String path, String... options) {
        DeviceSettings quick = Station.at("https://127.0.0.1:" + port + path, options);
        return new DeviceSettings(
                quick.device(), quick.address(), Duration.ofSeconds(20), List.of(Station.FAN), quick.options());
    }
}
