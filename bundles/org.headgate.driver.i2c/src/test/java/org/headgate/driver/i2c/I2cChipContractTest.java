package org.headgate.driver.i2c;

import com.pi4j.context.Context;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headgate.chips.ChipChoice;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Driver;
import org.headgate.device.api.kit.DriverContract;
import org.headgate.device.api.kit.FaultyPeer;
import org.junit.jupiter.api.AfterEach;

/** What every driver must do, with a chip that it hands to the library of chips. */
class I2cChipContractTest implements DriverContract {
    private final FakeBus bus = new FakeBus();
    private final Context context = bus.context();
    private final Driver driver =
            new I2cDriver(context, bus, new ChipChoice(List.of(new FakeChipKind())), (time, closed) -> {});

    I2cChipContractTest() {
        bus.chip(0x76).set(0xD0, FakeChipKind.ID).set(0x10, 1, 2);
    }

    @AfterEach
    void end() {
        context.shutdown();
    }

    @Override
    public Driver driver() {
        return driver;
    }

    @Override
    public DeviceSettings reachable() {
        return new DeviceSettings("env", "i2c-1/0x76", Duration.ofSeconds(1), List.of(), Map.of("chip", "fake280"));
    }

    /** A chip that is identified is found with a profile, which only the runtime understands: see I2cSearchTest. */
    @Override
    public List<String> places() {
        bus.chip(0x20);
        return List.of("i2c-1/0x20");
    }

    @Override
    public Optional<FaultyPeer> peer() {
        return Optional.of(new FakePeer(bus, reachable()));
    }
}
