package org.headgate.driver.opcua;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Discovery;
import org.headgate.device.api.Driver;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.system.api.Clock;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** OPC UA servers. */
@Component
public final class OpcUaDriver implements Driver {
    static final String NAME = "opcua";

    private final Clock clock;
    private final Keyring keyring;
    private final Reactor reactor;

    /** A driver for servers in the networks of this machine. */
    @Activate
    public OpcUaDriver(@Reference Clock clock, @Reference Keyring keyring, @Reference Reactor reactor) {
        this.clock = clock;
        this.keyring = keyring;
        this.reactor = reactor;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Channel> channels(DeviceSettings settings) throws InvalidSettingException {
        Setup.parse(settings.withChannels(List.of()), keyring);
        return List.of();
    }

    @Override
    public void check(DeviceSettings settings) throws InvalidSettingException {
        Setup.parse(settings, keyring);
    }

    @Override
    public Map<String, String> defaults(DeviceSettings settings) {
        return Setup.DEFAULTS;
    }

    @Override
    public Optional<Discovery> discovery() {
        return Optional.of(new ServerDiscovery(keyring, reactor, clock));
    }

    @Override
    public Connection open(DeviceSettings settings) throws InvalidSettingException, IOException {
        Setup setup = Setup.parse(settings, keyring);
        return new OpcUaConnection(setup, new Dial(setup.address(), setup.timeout(), setup.security(), reactor, clock));
    }
}
