package org.headgate.driver.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        DeviceSettings quick =
                Station.at("https://127.0.0.1:" + server.getAddress().getPort() + path, options);
        DeviceSettings settings = new DeviceSettings(
                quick.device(), quick.address(), Duration.ofSeconds(20), List.of(Station.FAN), quick.options());
        HttpDriver driver = new HttpDriver(new Home().vault(folder), new Inbox(), () -> {}, new MovedClock());
        RecordedReadings readings = new RecordedReadings();
        try (Connection connection = driver.open(settings)) {
            connection.read(settings.channels(), readings);
        }
        return readings.number(0);
    }
}
