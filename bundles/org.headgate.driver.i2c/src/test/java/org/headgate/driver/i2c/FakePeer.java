package org.headgate.driver.i2c;

import java.util.EnumSet;
import java.util.Set;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.kit.Fault;
import org.headgate.device.api.kit.FaultyPeer;

/** A chip on a {@link FakeBus} that behaves as badly as it is asked to. */
record FakePeer(FakeBus bus, DeviceSettings settings) implements FaultyPeer {
    @Override
    public Set<Fault> faults() {
        return EnumSet.of(Fault.REFUSE, Fault.HANG, Fault.DISCONNECT, Fault.GARBAGE);
    }

    /** A bus that hangs ends each transfer after the kernel's patience: here at once. */
    @Override
    public void provoke(Fault fault) {
        bus.trouble(
                switch (fault) {
                    case REFUSE -> FakeBus.Trouble.ABSENT;
                    case HANG -> FakeBus.Trouble.STUCK;
                    case DISCONNECT -> FakeBus.Trouble.UNPLUGGED_MID_TRANSFER;
                    case GARBAGE -> FakeBus.Trouble.DAMAGED_ANSWERS;
                    case SLOW -> FakeBus.Trouble.NONE;
                });
    }

    @Override
    public void heal() {
        bus.trouble(FakeBus.Trouble.NONE);
    }

    @Override
    public void close() {
        heal();
    }
}
