package org.headgate.driver.simulator;

import java.util.List;
import org.headgate.device.api.Channel;

/**
 * A simulated machine: what it shows is a function of its settings, of time and of what was written to it. Used by one
 * thread at a time. Faults (no answer, garbage, flapping) wrap a plant's connection and are no part of it.
 */
interface Plant {
    /** Everything that can be read or written. */
    List<Channel> channels();

    /** Lets the machine run up to a time, in nanoseconds since it was switched on. */
    void advance(long nanos);

    /** The value of a source now; truth values are 1 and 0, NaN stands for no such source. */
    double value(String source);

    /** Writes a source; the value is a Boolean or a Number. Sources that cannot be written are not asked for. */
    void write(String source, Object value);
}
