package org.headgate.driver.modbus;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Driver;
import org.headgate.device.api.kit.DriverContract;
import org.headgate.device.api.kit.FaultyPeer;
import org.headgate.device.api.kit.PeerProcess;
import org.headgate.device.api.kit.ProxiedPeer;
import org.headgate.system.api.kit.MovedClock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The driver's contract over frames with a checksum, through what a serial device server would be; against pymodbus. */
class ModbusRtuTcpTest implements DriverContract {
    @TempDir
    private static Path folder;

    private static PeerProcess server;

    private final ModbusDriver driver = Units.driver(folder, new MovedClock());

    @BeforeAll
    static void start() throws IOException {
        server = Units.python(folder, "rtu-tcp");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static DeviceSettings at(int port) {
        return Units.device(
                "rtu-tcp:127.0.0.1:" + port + ",unit=1",
                "a: holding/0 uint16",
                "b: holding/9 int16 access=rw",
                "c: input/20 uint32",
                "d: coil/3 bool");
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
    public List<String> places() {
        return List.of("rtu-tcp:127.0.0.1:" + Units.address(server).getPort());
    }

    @Override
    public DeviceSettings reachable() {
        return at(Units.address(server).getPort());
    }

    @Override
    public Optional<FaultyPeer> peer() throws IOException {
        return Optional.of(new ProxiedPeer(
                () -> {}, Units.address(server), port -> Units.within(at(port), Duration.ofSeconds(1))));
    }

    @Override
    public boolean hasChecksum() {
        return true;
    }
}
