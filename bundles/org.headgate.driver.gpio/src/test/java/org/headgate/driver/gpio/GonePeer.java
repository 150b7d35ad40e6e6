package org.headgate.driver.gpio;

import java.util.Set;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.kit.Fault;
import org.headgate.device.api.kit.FaultyPeer;

/** A chip that can be unplugged. */
record GonePeer(Bench bench, DeviceSettings settings) implements FaultyPeer {
    @Override
    public Set<Fault> faults() {
        return Set.of(Fault.REFUSE, Fault.DISCONNECT);
    }

    @Override
    public void provoke(Fault fault) {
        bench.inputs.refusesLines = "gpiochip4 is gone";
    }

    @Override
    public void heal() {
        bench.inputs.refusesLines = "";
    }

    @Override
    public void close() {
        heal();
    }
}
