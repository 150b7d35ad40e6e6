package org.headgate.driver.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.headgate.device.api.ActionNeededException;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Discovered;
import org.headgate.device.api.kit.PeerProcess;
import org.headgate.system.api.kit.MovedClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a server of another make with a certificate store of its own. */
class NodeSecurityTest {
    @TempDir
    Path folder;

    private int port;

    private PeerProcess server(String store) {
        return PeerProcess.node(
                Path.of("src/test/peers/secure.js").toAbsolutePath(),
                folder.resolve("secure.log"),
                port,
                folder.resolve(store));
    }

    @Test
    void isTrustedByBothSidesOneAfterTheOther() throws Exception {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Ground ground;
        try (PeerProcess server = server("first")) {
            server.start();
            // Its clock stands still from here on, after the server has dated its certificate.
            ground = new Ground(folder.resolve("home"));
            ground.keep("pw", "let me in".getBytes(StandardCharsets.UTF_8));
            String trust = shown(ground);
            assertThatThrownBy(() -> ground.visit(device("trust", trust)))
                    .isInstanceOf(ActionNeededException.class)
                    .hasMessageStartingWith("the server refused ours ("
                            + ground.keyring.own().fingerprint().brief() + ", file "
                            + folder.resolve("home/files/opcua-client.der") + ")");
            server.tell("trust");
            await().atMost(Duration.ofSeconds(20)).until(() -> server.lines().contains("trusted"));
            for (String policy : List.of("auto", "Basic256Sha256", "Aes128_Sha256_RsaOaep")) {
                for (String mode : List.of("sign", "sign-and-encrypt")) {
                    ground.visit(device("trust", trust, "policy", policy, "security", mode));
                }
            }
            ground.visit(device("trust", trust, "user", "operator", "password", "@pw"));
            ground.keep("pw", "guessed".getBytes(StandardCharsets.UTF_8));
            assertThatThrownBy(() -> ground.visit(device("trust", trust, "user", "operator", "password", "@pw")))
                    .isInstanceOf(ActionNeededException.class)
                    .hasMessageStartingWith("the server refused the user operator (Bad_");
            // Nor that of the user who was refused.
            NodeOpcUaTest.assertNoSession(server);
            assertThat(found(ground, trust))
                    .extracting(Discovered.Point::text)
                    .contains("nsu=urn:plant;s=temperature double access=rw unit=Cel");
        }
        try (PeerProcess server = server("second")) {
            server.start();
            assertThatThrownBy(() -> ground.visit(device("trust", "AB".repeat(32))))
                    .isInstanceOf(UntrustedException.class)
                    .hasMessageStartingWith("server certificate has changed from AB:AB:AB:AB... to ");
        }
    }

    private DeviceSettings device(String... keysAndValues) {
        return Ground.device("opc.tcp://127.0.0.1:" + port, keysAndValues);
    }

    private String shown(Ground ground) throws Exception {
        try {
            ground.visit(device());
            throw new AssertionError("trusted without being asked");
        } catch (UntrustedException unknown) {
            return unknown.seen().toString();
        }
    }

    private List<Discovered.Point> found(Ground ground, String trust) throws Exception {
        Reactor reactor = Ground.loaded();
        List<Discovered> found = new ArrayList<>();
        try {
            DeviceSettings place = new DeviceSettings(
                    "discover",
                    "opc.tcp://127.0.0.1:" + port,
                    Duration.ofSeconds(20),
                    List.of(),
                    Map.of("trust", trust));
            new ServerDiscovery(ground.keyring, reactor, new MovedClock()).search(place, found::add);
            return found.get(0).points();
        } finally {
            reactor.stop();
        }
    }
}
