package org.headgate.driver.opcua;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Driver;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.system.api.Clock;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** OPC UA servers. */
@Component
public final class OpcUaDriver implements Driver {
    private final Clock clock;
    private final Reactor reactor = new Reactor();

    /** A driver for servers in the networks of this machine. */
    @Activate
    public OpcUaDriver(@Reference Clock clock) {
        this.clock = clock;
    }

    @Override
    public String name() {
        return "opcua";
    }

    @Override
    public List<Channel> channels(DeviceSettings settings) throws InvalidSettingException {
        Setup.parse(settings.withChannels(List.of()));
        return List.of();
    }

    @Override
    public void check(DeviceSettings settings) throws InvalidSettingException {
        Setup.parse(settings);
    }

    @Override
    public Map<String, String> defaults(DeviceSettings settings) {
        return Setup.DEFAULTS;
    }

    @Override
    public Connection open(DeviceSettings settings) throws InvalidSettingException, IOException {
        Setup setup = Setup.parse(settings);
        return new OpcUaConnection(setup, new Dial(setup.address(), setup.timeout(), setup.security(), reactor, clock));
    }

    @Deactivate
    void stop() {
        reactor.stop();
    }
}
