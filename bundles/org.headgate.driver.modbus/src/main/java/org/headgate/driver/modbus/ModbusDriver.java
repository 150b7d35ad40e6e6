package org.headgate.driver.modbus;

import java.io.IOException;
import java.util.List;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Driver;
import org.headgate.device.api.InvalidSettingException;
import org.osgi.service.component.annotations.Component;

/** Modbus TCP and RTU. */
@Component
public final class ModbusDriver implements Driver {
    @Override
    public String name() {
        return "modbus";
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
