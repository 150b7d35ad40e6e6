package org.headgate.driver.gpio;

import java.util.List;
import java.util.Optional;
import org.headgate.data.api.Type;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Driver;
import org.headgate.device.api.kit.DriverContract;
import org.headgate.device.api.kit.FaultyPeer;
import org.junit.jupiter.api.AfterEach;

/** On lines that, unlike real ones, may be requested twice: the contract opens a device beside itself. */
class GpioContractTest implements DriverContract {
    private final Bench bench = new Bench();

    @AfterEach
    void stop() {
        bench.close();
    }

    @Override
    public Driver driver() {
        return bench.driver;
    }

    @Override
    public Optional<FaultyPeer> peer() {
        return Optional.of(new GonePeer(bench, reachable()));
    }

    @Override
    public List<String> places() {
        return List.of("", "pinctrl-rp1");
    }

    @Override
    public DeviceSettings reachable() {
        return Bench.settings(
                "auto",
                Bench.input("button", "GPIO17", Type.BOOLEAN, "bias=up", "active=low"),
                Bench.input("parts", "GPIO17", Type.LONG, "mode=count"),
                Bench.input("speed", "GPIO17", Type.DOUBLE, "mode=frequency"),
                Bench.input("lost", "17", Type.LONG, "mode=lost"),
                Bench.output("lamp", "27"));
    }
}
