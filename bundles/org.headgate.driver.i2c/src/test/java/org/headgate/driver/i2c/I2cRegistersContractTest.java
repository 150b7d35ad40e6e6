package org.headgate.driver.i2c;

import com.pi4j.context.Context;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headgate.chips.ChipChoice;
import org.headgate.data.api.Type;
import org.headgate.device.api.Access;
import org.headgate.device.api.Channel;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Driver;
import org.headgate.device.api.kit.DriverContract;
import org.headgate.device.api.kit.FaultyPeer;
import org.junit.jupiter.api.AfterEach;

/** What every driver must do, with a chip of registers. */
class I2cRegistersContractTest implements DriverContract {
    private final FakeBus bus = new FakeBus();
    private final Context context = bus.context();
    private final Driver driver = new I2cDriver(context, bus, new ChipChoice(List.of()), (time, closed) -> {});

    I2cRegistersContractTest() {
        bus.chip(0x40).set(2, 0x1F, 0x40, 0, 0x55);
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
        return new DeviceSettings(
                "meter",
                "i2c-1/0x40",
                Duration.ofSeconds(1),
                List.of(
                        new Channel(
                                "bus", "0x02", Type.LONG, "", Access.READ, Map.of("type", "uint16", "bits", "15..3")),
                        new Channel("limit", "0x05", Type.LONG, "", Access.READ_WRITE, Map.of("type", "uint8")),
                        new Channel(
                                "on", "5", Type.BOOLEAN, "", Access.READ_WRITE, Map.of("type", "bool", "bits", "6")),
                        new Channel("far", "0x1234/16", Type.DOUBLE, "", Access.READ, Map.of("type", "float32"))),
                Map.of());
    }

    @Override
    public Optional<FaultyPeer> peer() {
        return Optional.of(new FakePeer(bus, reachable()));
    }
}
