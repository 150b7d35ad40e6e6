package org.headgate.device.api.kit;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Driver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The contract for a {@link LineDriver} with one defect, or none, over a real socket and through the faulty proxy. */
class LineContract implements DriverContract {
    private final LineDriver driver;
    private LinePeer device;

    LineContract(Defect defect) {
        driver = new LineDriver(defect);
    }

    @BeforeEach
    void start() throws IOException {
        device = new LinePeer();
    }

    @AfterEach
    void stop() throws IOException {
        driver.close();
        device.close();
    }

    @Override
    public Driver driver() {
        return driver;
    }

    @Override
    public DeviceSettings reachable() {
        return at(device.address().getPort());
    }

    @Override
    public List<String> places() {
        return List.of(reachable().address());
    }

    @Override
    public Optional<FaultyPeer> peer() throws IOException {
        LinePeer another = new LinePeer();
        return Optional.of(new ProxiedPeer(another, another.address(), LineContract::at));
    }

    @Override
    public boolean hasChecksum() {
        return true;
    }

    private static DeviceSettings at(int port) {
        return new DeviceSettings("line", String.valueOf(port), Duration.ofMillis(150), List.of(), Map.of());
    }
}
