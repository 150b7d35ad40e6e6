package org.headgate.driver.opcua;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headgate.data.api.Type;
import org.headgate.device.api.Access;
import org.headgate.device.api.Channel;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Driver;
import org.headgate.device.api.kit.DriverContract;
import org.headgate.device.api.kit.FaultyPeer;
import org.headgate.device.api.kit.ProxiedPeer;
import org.headgate.system.api.kit.MovedClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The driver's contract, with Milo's own server. */
class OpcUaDriverTest implements DriverContract {
    @TempDir
    Path home;

    private OpcUaDriver driver;
    private Reactor reactor;
    private MiloServer server;

    @BeforeEach
    void start() throws IOException {
        reactor = Ground.loaded();
        driver = new OpcUaDriver(new MovedClock(), new Ground(home).keyring, reactor);
        server = new MiloServer();
    }

    @AfterEach
    void stop() {
        server.close();
        reactor.stop();
    }

    @Override
    public int openings() {
        return FEW_OPENINGS;
    }

    @Override
    public Driver driver() {
        return driver;
    }

    @Override
    public DeviceSettings reachable() {
        return at(server.port(), Duration.ofSeconds(20));
    }

    @Override
    public List<String> places() {
        return List.of(server.url());
    }

    @Override
    public DeviceSettings place(String address) {
        return new DeviceSettings("discover", address, Duration.ofSeconds(20), List.of(), Map.of("security", "none"));
    }

    @Override
    public Optional<FaultyPeer> peer() throws IOException {
        MiloServer another = new MiloServer();
        return Optional.of(new ProxiedPeer(another, another.address(), port -> at(port, Duration.ofSeconds(2))));
    }

    private static DeviceSettings at(int port, Duration timeout) {
        return new DeviceSettings(
                "press",
                "opc.tcp://127.0.0.1:" + port,
                timeout,
                List.of(
                        channel("temp", "nsu=urn:press;s=double", Type.DOUBLE, Access.READ_WRITE),
                        channel("count", "nsu=urn:press;s=int16", Type.LONG, Access.READ_WRITE),
                        channel("name", "nsu=urn:press;s=string", Type.STRING, Access.READ_WRITE),
                        channel("on", "nsu=urn:press;s=bool", Type.BOOLEAN, Access.READ_WRITE),
                        channel("broken", "nsu=urn:press;s=broken", Type.DOUBLE, Access.READ),
                        channel("gone", "nsu=urn:press;s=gone", Type.DOUBLE, Access.READ),
                        channel("reset", "method:i=85/nsu=urn:press;s=reset", Type.STRING, Access.WRITE)),
                Map.of("sampling", "100ms", "security", "none"));
    }

    static Channel channel(String name, String source, Type type, Access access) {
        return new Channel(name, source, type, "", access, Map.of());
    }
}
