package org.headgate.driver.http;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Driver;
import org.headgate.device.api.kit.DriverContract;
import org.headgate.device.api.kit.FaultyPeer;
import org.headgate.device.api.kit.ProxiedPeer;
import org.headgate.system.api.kit.MovedClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The driver's contract for a device that is asked. */
class PollTest implements DriverContract {
    @TempDir
    private Path folder;

    private HttpDriver driver;
    private Station station;

    @BeforeEach
    void start() throws IOException {
        driver = new HttpDriver(
                new Home().vault(folder), new Inbox(any -> true), () -> {}, Home.NAMES, new MovedClock());
        station = new Station();
    }

    @AfterEach
    void stop() {
        station.close();
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
        return Station.at(station.address().getPort(), Duration.ofSeconds(20));
    }

    @Override
    public Optional<FaultyPeer> peer() throws IOException {
        Station another = new Station();
        return Optional.of(new ProxiedPeer(another, another.address(), Station::at));
    }
}
