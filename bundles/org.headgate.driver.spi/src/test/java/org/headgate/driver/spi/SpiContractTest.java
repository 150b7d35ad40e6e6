package org.headgate.driver.spi;

import com.pi4j.context.Context;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.headgate.chips.ChipChoice;
import org.headgate.data.api.Type;
import org.headgate.device.api.Access;
import org.headgate.device.api.Channel;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Driver;
import org.headgate.device.api.kit.DriverContract;
import org.headgate.device.api.kit.Fault;
import org.headgate.device.api.kit.FaultyPeer;
import org.headgate.linux.SpiNode;
import org.junit.jupiter.api.AfterEach;

/** What every driver must do. */
class SpiContractTest implements DriverContract {
    private final FakeSpi fake = new FakeSpi();
    private final Context context = fake.context();
    private final Driver driver =
            new SpiDriver(context, () -> List.of(new SpiNode(0, 0)), new ChipChoice(List.of()), (time, closed) -> {});

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
                "adc",
                "spi0.0,mode=3,speed=500kHz",
                Duration.ofSeconds(1),
                List.of(
                        new Channel("id", "0x50", Type.LONG, "", Access.READ, Map.of("type", "uint8")),
                        new Channel("limit", "0x21", Type.LONG, "", Access.READ_WRITE, Map.of("type", "uint8")),
                        new Channel(
                                "on", "0x22", Type.BOOLEAN, "", Access.READ_WRITE, Map.of("type", "bool", "bits", "6")),
                        new Channel("raw", "exchange/060000", Type.LONG, "", Access.READ, Map.of("type", "uint16"))),
                Map.of());
    }

    @Override
    public Optional<FaultyPeer> peer() {
        return Optional.of(new FaultyPeer() {
            @Override
            public DeviceSettings settings() {
                return reachable();
            }

            @Override
            public Set<Fault> faults() {
                return EnumSet.of(Fault.REFUSE, Fault.DISCONNECT, Fault.GARBAGE);
            }

            @Override
            public void provoke(Fault fault) {
                fake.trouble(
                        switch (fault) {
                            case REFUSE -> FakeSpi.Trouble.NO_NODE;
                            case DISCONNECT -> FakeSpi.Trouble.BROKEN;
                            case GARBAGE -> FakeSpi.Trouble.DAMAGED;
                            default -> FakeSpi.Trouble.NONE;
                        });
            }

            @Override
            public void heal() {
                fake.trouble(FakeSpi.Trouble.NONE);
            }

            @Override
            public void close() throws IOException {
                heal();
            }
        });
    }
}
