package org.headgate.lab;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Driver;

/** A device of a profile that its driver brings with it, with all of its channels. */
final class ProfiledDevice implements AutoCloseable {
    private final List<Channel> channels;
    private final Connection connection;

    ProfiledDevice(Driver driver, String address, String profile) throws Exception {
        DeviceSettings bare = LabDevice.settings(address, driver.profiles().get(profile));
        channels = driver.channels(bare);
        connection = driver.open(bare.withChannels(channels));
    }

    /** What its channels read, by their names. */
    Map<String, Object> read() throws IOException {
        Map<String, Object> named = new HashMap<>();
        LabDevice.read(connection, channels.toArray(Channel[]::new))
                .forEach((index, value) -> named.put(channels.get(index).name(), value));
        return named;
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
