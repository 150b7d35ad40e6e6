package org.headgate.driver.scpi;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.headgate.data.api.Type;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Driver;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Clock;
import org.headgate.system.api.HostNames;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Measuring instruments that speak SCPI (SCPI-1999, IEEE 488.2) over TCP, by default on LXI's port 5025. */
@Component
public final class ScpiDriver implements Driver {
    private static final Pattern ADDRESS = Pattern.compile("([A-Za-z0-9.-]+)(?::([0-9]{1,5}))?");
    private static final Pattern QUERY = Pattern.compile("[*:]?[A-Za-z][A-Za-z0-9:]*\\?( [A-Za-z0-9@(),:.+-]+)?");
    private static final int PORT = 5025;

    private final HostNames names;
    private final Clock clock;

    /** A driver that looks hosts up by calls, and measures its time-outs with a clock. */
    @Activate
    public ScpiDriver(@Reference Calls calls, @Reference Clock clock) {
        this.names = new HostNames(calls);
        this.clock = clock;
    }

    @Override
    public String name() {
        return "scpi";
    }

    /** What every instrument can say, for a device whose file names no channels. */
    @Override
    public List<Channel> channels(DeviceSettings settings) throws InvalidSettingException {
        check(settings);
        return List.of(Channel.readable("identity", "*IDN?", Type.STRING, ""));
    }

    @Override
    public void check(DeviceSettings settings) throws InvalidSettingException {
        address(settings);
        settings.requireKnown(List.of());
        for (Channel channel : settings.channels()) {
            if (!QUERY.matcher(channel.source()).matches()) {
                throw new InvalidSettingException(
                        "channel." + channel.name(), channel.source(), "MEAS:VOLT:DC? or VOLT?");
            }
        }
    }

    @Override
    public Connection open(DeviceSettings settings) throws InvalidSettingException, IOException {
        check(settings);
        return ScpiConnection.to(address(settings), names, settings.timeout(), clock);
    }

    private static InetSocketAddress address(DeviceSettings settings) throws InvalidSettingException {
        Matcher parts = ADDRESS.matcher(settings.address());
        int port = !parts.matches() ? -1 : parts.group(2) == null ? PORT : Integer.parseInt(parts.group(2));
        if (port < 1 || port > 65_535) {
            throw new InvalidSettingException("address", settings.address(), "HOST or HOST:PORT");
        }
        return InetSocketAddress.createUnresolved(parts.group(1), port);
    }
}
