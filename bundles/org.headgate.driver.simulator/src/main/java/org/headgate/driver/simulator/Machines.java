package org.headgate.driver.simulator;

import java.util.HashMap;
import java.util.Map;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.system.api.Clock;

/**
 * The machines by their devices' names. One is kept while it has a connection and an hour longer; a device whose address or options
 * have changed gets a new one. Thread-safe.
 */
final class Machines {
    private static final long KEPT_NANOS = 3_600_000_000_000L;
    private static final int KEPT = 1000;

    private final Clock clock;
    private final Map<String, Entry> entries = new HashMap<>();
    private long lastCleared;

    Machines(Clock clock) {
        this.clock = clock;
    }

    /** The machine of a device, which is {@linkplain #release released} as often as it was asked for. */
    synchronized Machine acquire(DeviceSettings settings, Maker maker) throws InvalidSettingException {
        Entry entry = entries.get(settings.device());
        if (entry == null || !entry.is(settings)) {
            Entry fresh = new Entry(settings, maker.make());
            forgetOld();
            entries.put(settings.device(), fresh);
            entry = fresh;
        }
        entry.users++;
        return entry.machine;
    }

    /** A connection to a machine was closed. */
    void release(DeviceSettings settings, Machine machine) {
        if (isLast(settings, machine)) {
            // Not while others wait for this monitor: closing a file may take its time.
            synchronized (machine) {
                machine.plant().release();
            }
        }
    }

    private synchronized boolean isLast(DeviceSettings settings, Machine machine) {
        Entry entry = entries.get(settings.device());
        if (entry == null || entry.machine != machine) {
            return true;
        }
        entry.users--;
        entry.since = clock.monotonicNanos();
        return entry.users == 0;
    }

    /** How many machines are remembered. */
    synchronized int size() {
        return entries.size();
    }

    /** What was not used for an hour goes, and beyond so many everything that is not used. */
    private void forgetOld() {
        long now = clock.monotonicNanos();
        boolean tooMany = entries.size() > KEPT && entries.size() % KEPT == 0;
        if (tooMany || now - lastCleared > KEPT_NANOS / 60) {
            lastCleared = now;
            entries.values().removeIf(entry -> entry.users == 0 && (tooMany || now - entry.since > KEPT_NANOS));
        }
    }

    /** Makes the machine of a device that is opened for the first time. */
    interface Maker {
        Machine make() throws InvalidSettingException;
    }

    private static final class Entry {
        private final String address;
        private final Map<String, String> options;
        private final Machine machine;
        private int users;
        private long since;

        Entry(DeviceSettings settings, Machine machine) {
            this.address = settings.address();
            this.options = settings.options();
            this.machine = machine;
        }

        boolean is(DeviceSettings settings) {
            return address.equals(settings.address()) && options.equals(settings.options());
        }
    }
}
