package org.headgate.driver.http;

import java.io.IOException;
import java.util.List;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Driver;
import org.headgate.device.api.InvalidSettingException;
import org.osgi.service.component.annotations.Component;

/** HTTP endpoints, and devices that post. */
@Component
public final class HttpDriver implements Driver {
    @Override
    public String name() {
        return "http";
    }

    @Override
    public List<Channel> channels(DeviceSettings settings) throws InvalidSettingException {
        return List.of();
    }

    @Override
    public Connection open(DeviceSettings settings) throws InvalidSettingException, IOException {
        throw new IOException("not there yet");
    }
}
