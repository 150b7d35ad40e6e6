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
    /** Nothing waits for it but what never ends. */
    private static final Duration LONG = Duration.ofSeconds(20);
    /** What the cases of a disturbed peer wait for again and again. */
    private static final Duration SHORT = Duration.ofMillis(300);

    /** What a case of a defect waits for will not come. */
    private static final Duration WITH_A_DEFECT = Duration.ofSeconds(3);

    private final Defect defect;
    private final LineDriver driver;
    private LinePeer device;

    LineContract(Defect defect) {
        this.defect = defect;
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
        return at(device.address().getPort(), LONG);
    }

    @Override
    public List<String> places() {
        return List.of(reachable().address());
    }

    @Override
    public Optional<FaultyPeer> peer() throws IOException {
        LinePeer another = new LinePeer();
        return Optional.of(new ProxiedPeer(another, another.address(), port -> at(port, SHORT)));
    }

    @Override
    public boolean hasChecksum() {
        return true;
    }

    /** What a defect leaves is waited for in full. */
    @Override
    public Duration closedWithin() {
        return defect == Defect.NONE ? CLOSED_WITHIN : WITH_A_DEFECT;
    }

    @Override
    public Duration margin() {
        return defect == Defect.NONE ? DriverContract.super.margin() : WITH_A_DEFECT;
    }

    @Override
    public int openings() {
        return defect == Defect.NONE ? OPENINGS : FEW_OPENINGS;
    }

    private static DeviceSettings at(int port, Duration timeout) {
        return new DeviceSettings("line", String.valueOf(port), timeout, List.of(), Map.of());
    }
}
