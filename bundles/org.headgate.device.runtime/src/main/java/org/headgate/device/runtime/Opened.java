package org.headgate.device.runtime;

import java.io.IOException;
import java.util.List;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.Driver;
import org.headgate.device.api.InvalidSettingException;

/** A connection and the channels that it was opened for. */
record Opened(Connection connection, List<Channel> channels) {
    /** Asks the driver for its own channels, joins them with the configured ones and connects; may block. */
    static Opened open(Driver driver, DeviceConfiguration configuration) throws InvalidSettingException, IOException {
        List<Channel> merged = configuration.merge(driver.channels(configuration.settings()));
        if (merged.isEmpty()) {
            throw new InvalidSettingException(
                    "channel.NAME", "", "at least one channel, for example channel.x = SOURCE");
        }
        return new Opened(driver.open(configuration.settings().withChannels(merged)), merged);
    }
}
