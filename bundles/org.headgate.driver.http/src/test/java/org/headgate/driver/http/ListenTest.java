package org.headgate.driver.http;

import java.nio.file.Path;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Driver;
import org.headgate.device.api.kit.DriverContract;
import org.headgate.system.api.kit.MovedClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The driver's contract for a device that posts; it talks to nobody by itself, so nobody can be disturbed. */
class ListenTest implements DriverContract {
    @TempDir
    private Path folder;

    private HttpDriver driver;

    @BeforeEach
    void start() {
        driver = new HttpDriver(
                new Home().vault(folder), new Inbox(any -> true), () -> {}, Home.NAMES, new MovedClock());
    }

    @Override
    public int openings() {
        return FEW_OPENINGS;
    }

    @Override
    public Driver driver() {
        return driver;
    }

    /** Only what can be read before the first message: a write goes to a web socket, which nobody has opened. */
    @Override
    public DeviceSettings reachable() {
        DeviceSettings settings = JettySite.device("meter");
        return settings.withChannels(Counters.CHANNELS);
    }
}
