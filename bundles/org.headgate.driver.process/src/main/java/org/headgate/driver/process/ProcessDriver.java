package org.headgate.driver.process;

import java.io.IOException;
import java.util.List;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Driver;
import org.headgate.device.api.InvalidSettingException;
import org.osgi.service.component.annotations.Component;

/** Programs that print rows. */
@Component
public final class ProcessDriver implements Driver {
    @Override
    public String name() {
        return "process";
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
