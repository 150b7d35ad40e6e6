package org.headgate.driver.mqtt;

import java.io.IOException;
import java.util.function.Consumer;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Discovered;
import org.headgate.device.api.Discovery;
import org.headgate.device.api.InvalidSettingException;

record MqttDiscovery(World world) implements Discovery {
    @Override
    public String where() {
        return "a broker such as mqtt://127.0.0.1:1883";
    }

    @Override
    public void search(DeviceSettings place, Consumer<Discovered> found) throws InvalidSettingException, IOException {
    }
}
