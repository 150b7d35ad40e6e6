package org.headgate.driver.mqtt;

import java.io.IOException;
import org.headgate.device.api.Channel;
import org.headgate.system.api.Deadline;

/** Where the values of a device come from, and go to. What comes is given to its {@link Intake}. */
interface Feed {
    /** Makes the device tell its values, where that is possible, or finds out whether the broker is there; blocks. */
    void refresh(Deadline deadline) throws IOException;

    /** Writes a channel; blocks. */
    void write(Channel channel, Object value, Deadline deadline) throws IOException;

    /** Nothing comes any more. */
    void close();
}
