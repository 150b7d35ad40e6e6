package org.headgate.commands.driver;

import java.util.List;
import org.headgate.device.api.DeviceState;
import org.headgate.device.api.DeviceStatus;
import org.headgate.device.api.Devices;

/** The devices that do not yet do what is wished: still real, or still simulated. */
final class PendingDevices {
    private static final String SIMULATOR = "simulator";
    private static final long PERIOD_MILLIS = 100;
    private static final int LOOKS = 100;

    private final Devices devices;
    private final Pause pause;

    PendingDevices(Devices devices, Pause pause) {
        this.devices = devices;
        this.pause = pause;
    }

    /** Lets time pass. */
    interface Pause {
        void millis(long count) throws InterruptedException;
    }

    /** Their names, after 10 s at most; empty as soon as there are none. */
    List<String> await(SimulationWish wish) throws InterruptedException {
        List<String> pending = now(wish);
        for (int look = 0; look < LOOKS && !pending.isEmpty(); look++) {
            pause.millis(PERIOD_MILLIS);
            pending = now(wish);
        }
        return pending;
    }

    /** Their names. */
    List<String> now(SimulationWish wish) {
        return devices.list().stream()
                .filter(PendingDevices::isReal)
                .filter(device -> device.simulated() != wish.isFor(device.name()))
                .map(DeviceStatus::name)
                .toList();
    }

    /** Whether there is something that could be replaced, and a connection to it. */
    private static boolean isReal(DeviceStatus device) {
        return !device.driver().equals(SIMULATOR)
                && !(device.state() instanceof DeviceState.Invalid)
                && !(device.state() instanceof DeviceState.Disabled);
    }
}
