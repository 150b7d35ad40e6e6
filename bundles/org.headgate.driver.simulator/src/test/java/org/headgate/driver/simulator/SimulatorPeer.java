package org.headgate.driver.simulator;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.kit.Fault;
import org.headgate.device.api.kit.FaultyPeer;
import org.headgate.system.api.kit.SimulatedSystem;

/** The simulator as its own peer: a script with each fault in a part of an hour, and a clock that is put forward to it. */
final class SimulatorPeer implements FaultyPeer {
    private static final List<Fault> ORDER =
            Arrays.asList(null, Fault.REFUSE, Fault.HANG, Fault.GARBAGE, Fault.DISCONNECT, Fault.SLOW);
    private static final String SCRIPT =
            "10m refuse 10m; 20m timeout 10m; 30m garbage 10m; 40m flap 10m; 50m slow 50ms 10m; repeat 60m";

    private final SimulatedSystem system;
    private long minute;

    SimulatorPeer(SimulatedSystem system) {
        this.system = system;
    }

    @Override
    public DeviceSettings settings() {
        // Only the device's name differs from one peer to the next, so each has a machine and a script's clock of its
        // own.
        return new DeviceSettings(
                "boiler" + System.identityHashCode(this),
                "boiler",
                Duration.ofMillis(300),
                List.of(),
                Map.of("faults", SCRIPT));
    }

    @Override
    public Set<Fault> faults() {
        return EnumSet.allOf(Fault.class);
    }

    @Override
    public void provoke(Fault fault) {
        go(ORDER.indexOf(fault) * 10 + 5);
    }

    @Override
    public void heal() {
        go(5);
    }

    @Override
    public void close() {
        // There is nothing to stop.
    }

    private void go(int toMinute) {
        long minutes = Math.floorMod(toMinute - minute, 60);
        minute = toMinute;
        system.advance(Duration.ofMinutes(minutes == 0 ? 60 : minutes));
    }
}
