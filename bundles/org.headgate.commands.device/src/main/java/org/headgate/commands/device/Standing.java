package org.headgate.commands.device;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headgate.commands.kit.Settling;
import org.headgate.commands.kit.Settling.Patience;
import org.headgate.console.api.Invocation;
import org.headgate.device.api.DeviceState;
import org.headgate.device.api.DeviceStatus;
import org.headgate.device.api.Devices;
import org.headgate.system.api.Scheduler;

/** Waits until a device has come to a state that lasts, and says in a line what that is and what to do. */
final class Standing {
    /** A time-out, and that again on a busy machine: what has not answered by then says so by its state. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private static final Duration DRIVERS_TURN = Duration.ofSeconds(1);
    /** As long as an edit may take. */
    private static final Duration EDITS_TURN = Duration.ofSeconds(2);
    /** The time of a device that is not there; no clock says it. */
    static final long NONE = Long.MIN_VALUE;

    private final Devices devices;
    private final Settling settling;

    Standing(Devices devices, Scheduler scheduler) {
        this.devices = devices;
        settling = new Settling(scheduler);
    }

    /** Since when a device stands where it does: tells the one that an edit has made from the one before. */
    long since(String device) {
        return devices.device(device).map(DeviceStatus::sinceNanos).orElse(NONE);
    }

    /**
     * Where a device stands once that lasts.
     *
     * @param before what {@link #since} said before the edit; an edit takes effect a moment after it was written
     * @return empty when it is not there (any more)
     */
    Optional<DeviceStatus> await(Invocation invocation, String device, long before) throws InterruptedException {
        Watched watched = new Watched(device, before);
        settling.await(invocation, () -> look(watched), PATIENCE, "waiting for " + device);
        return devices.device(device);
    }

    /** Where devices stand that an edit has just made: all of them together are waited for no longer than one. */
    Map<String, Optional<DeviceStatus>> awaitNew(Invocation invocation, List<String> names)
            throws InterruptedException {
        List<Watched> waiting = new ArrayList<>(
                names.stream().map(name -> new Watched(name, NONE)).toList());
        settling.await(
                invocation,
                () -> {
                    waiting.removeIf(one -> look(one).isPresent());
                    return waiting.isEmpty() ? Optional.of(names) : Optional.empty();
                },
                PATIENCE,
                "waiting for " + String.join(", ", names));
        Map<String, Optional<DeviceStatus>> seen = new LinkedHashMap<>();
        names.forEach(name -> seen.put(name, devices.device(name)));
        return seen;
    }

    /** A device, and how long what it is now is not taken for what it will be. */
    private record Watched(String device, long before, Patience forEdit, Patience forDriver) {
        Watched(String device, long before) {
            this(device, before, new Patience(EDITS_TURN), new Patience(DRIVERS_TURN));
        }

        /** A device whose driver is there waits for it, too, until its loop has had its turn. */
        private boolean lasts(DeviceState state) {
            return state instanceof DeviceState.WaitingForDriver
                    ? !forDriver.takesLook()
                    : !(state instanceof DeviceState.Connecting);
        }
    }

    /** Where a device stands, once it is the one after the edit and that lasts. */
    private Optional<DeviceStatus> look(Watched watched) {
        Optional<DeviceStatus> status = devices.device(watched.device);
        boolean old =
                status.map(DeviceStatus::sinceNanos).orElse(NONE) == watched.before && watched.forEdit.takesLook();
        return status.filter(one -> !old && watched.lasts(one.state()));
    }

    /** Waits until a device is gone. */
    void awaitGone(Invocation invocation, String device) throws InterruptedException {
        settling.await(
                invocation,
                () -> Optional.of(device).filter(name -> devices.device(name).isEmpty()),
                PATIENCE,
                "waiting for " + device);
    }

    /** Whether no row comes from a device in this state, until something changes. */
    static boolean isSilent(DeviceState state) {
        return !(state instanceof DeviceState.Online
                || state instanceof DeviceState.Degraded
                || state instanceof DeviceState.Connecting);
    }

    /** {@code boiler: ONLINE, 4 channels}, or why not and what to do. */
    static String line(String name, Optional<DeviceStatus> seen) {
        if (seen.isEmpty()) {
            return name + ": not there yet; device:list shows it when it is";
        }
        DeviceStatus device = seen.get();
        DeviceState state = device.state();
        String line = name + ": " + state.label();
        if (state instanceof DeviceState.Online) {
            int channels = device.channels().size();
            return line + ", " + channels + (channels == 1 ? " channel" : " channels")
                    + (device.simulated() ? " (SIMULATED)" : "");
        }
        return line + (state.detail().isEmpty() ? "" : ", " + state.detail()) + next(device);
    }

    private static String next(DeviceStatus device) {
        String name = device.name();
        DeviceState state = device.state();
        if (state instanceof DeviceState.WaitingForDriver waiting) {
            return ": driver:install " + waiting.driver();
        }
        if (state instanceof DeviceState.Disabled) {
            return "; device:enable " + name + " switches it on";
        }
        if (state instanceof DeviceState.Invalid) {
            return "; device:set " + name + " KEY=VALUE mends it";
        }
        if (state instanceof DeviceState.Offline || state instanceof DeviceState.Degraded) {
            return "; device:test " + name + " tells more";
        }
        return state instanceof DeviceState.Connecting ? ", still; device:info " + name + " tells more" : "";
    }
}
