package org.headgate.driver.uart;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headgate.data.api.Type;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Discovery;
import org.headgate.device.api.Driver;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.host.Machine;
import org.headgate.serial.PortSettings;
import org.headgate.serial.SerialPorts;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Clock;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Devices on serial lines that speak in frames: lines of text, or bytes with a length, a delimiter or a pause. */
@Component
public final class UartDriver implements Driver {
    private final SerialPorts ports;
    private final Lines lines;

    /** A driver for the ports of this machine. */
    @Activate
    public UartDriver(@Reference Calls calls, @Reference Clock clock) {
        this(Machine.of(Path.of("/")), calls, clock);
    }

    UartDriver(Machine machine, Calls calls, Clock clock) {
        this.ports = SerialPorts.of(machine);
        this.lines = new Lines(ports, calls, clock);
    }

    @Override
    public String name() {
        return "uart";
    }

    /** What a line knows of itself: how many frames were right, and how many were not. */
    @Override
    public List<Channel> channels(DeviceSettings settings) throws InvalidSettingException {
        Setup.parse(settings.withChannels(List.of()));
        return List.of(
                Channel.readable("frames", "count/frames", Type.LONG, ""),
                Channel.readable("errors", "count/errors", Type.LONG, ""));
    }

    @Override
    public String bus(DeviceSettings settings) throws InvalidSettingException {
        return settings.address().isEmpty()
                ? ""
                : PortSettings.parse(settings.address()).path();
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
    public Map<String, Map<String, String>> profiles() {
        return Map.of("nmea0183", Nmea.profile());
    }

    @Override
    public Optional<Discovery> discovery() {
        return Optional.of(new PortDiscovery(ports));
    }

    @Override
    public Connection open(DeviceSettings settings) throws InvalidSettingException, IOException {
        return new UartConnection(Setup.parse(settings), lines);
    }
}
