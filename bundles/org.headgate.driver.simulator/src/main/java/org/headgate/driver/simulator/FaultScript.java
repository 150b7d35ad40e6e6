package org.headgate.driver.simulator;

import java.util.ArrayList;
import java.util.List;
import org.headgate.device.api.Channel;
import org.headgate.device.api.InvalidSettingException;

/**
 * What goes wrong with a device, and when: faults separated by semicolons, and {@code repeat D} to begin again after D.
 *
 * @param faults in the order of the text
 * @param repeat in nanoseconds; 0 for a script that runs once
 */
record FaultScript(List<Fault> faults, long repeat) {
    static final FaultScript NONE = new FaultScript(List.of(), 0);

    /** Parses the option {@code faults}. */
    static FaultScript parse(String text) throws InvalidSettingException {
        List<Fault> faults = new ArrayList<>();
        long repeat = 0;
        for (String part : text.split(";")) {
            if (part.strip().startsWith("repeat ") && repeat == 0) {
                repeat = Fault.nanos(part.strip().substring("repeat ".length()), part);
                if (repeat == 0) {
                    throw Fault.wrong(part);
                }
            } else if (!part.isBlank()) {
                faults.add(Fault.parse(part));
            }
        }
        for (Fault fault : faults) {
            if (repeat > 0 && fault.at() + fault.length() > repeat) {
                throw new InvalidSettingException(
                        "faults", text.strip(), "a repeat that is no shorter than the script");
            }
        }
        return new FaultScript(List.copyOf(faults), repeat);
    }

    /** Refuses a script that names a channel which the device does not have. */
    void check(List<Channel> channels) throws InvalidSettingException {
        List<String> names = channels.stream().map(Channel::name).toList();
        for (Fault fault : faults) {
            if (fault.kind() == Fault.Kind.BAD && !names.contains(fault.channel())) {
                throw new InvalidSettingException("faults", fault.channel(), "a channel of this device");
            }
        }
    }

    /** What lasts at a time since the script's clock started. */
    List<Fault> at(long nanos) {
        if (faults.isEmpty()) {
            return faults;
        }
        long within = within(nanos);
        return faults.stream().filter(fault -> fault.lasts(within)).toList();
    }

    /** How long a fault that lasts still does. */
    long left(Fault fault, long nanos) {
        return fault.at() + fault.length() - within(nanos);
    }

    /** When, up to a time, a fault that flaps has last broken all connections. */
    long lastBreak(Fault fault, long nanos) {
        return nanos - (within(nanos) - fault.at()) % 1_000_000_000L;
    }

    private long within(long nanos) {
        return repeat == 0 ? nanos : nanos % repeat;
    }
}
