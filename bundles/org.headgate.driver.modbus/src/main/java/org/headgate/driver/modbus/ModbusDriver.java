package org.headgate.driver.modbus;

import java.io.IOException;
import java.util.LinkedHashMap;
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
import org.headgate.system.api.Deadline;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Modbus TCP, RTU, and RTU over TCP. */
@Component(service = {Driver.class, ModbusDriver.class})
public final class ModbusDriver implements Driver {
    /** A unit has hundreds of channels, a site hundreds of units; whoever has more learns some of it twice. */
    private static final int MOST_UNITS = 4096;

    private final Lines lines;
    private final Clock clock;
    private final Sightings sightings = new Sightings();
    private final Map<UnitAddress, Learnt> learnt = new LinkedHashMap<>();

    /** What is known of a unit for as long as the driver runs, however often it goes and comes. */
    private record Learnt(Splits splits, Slowness slowness) {}

    /** A driver for units on some lines. */
    @Activate
    public ModbusDriver(@Reference Lines lines, @Reference Clock clock) {
        this.lines = lines;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "modbus";
    }

    /** What registers a unit has cannot be asked. */
    @Override
    public List<Channel> channels(DeviceSettings settings) throws InvalidSettingException {
        Setup.parse(settings.withChannels(List.of()));
        return List.of();
    }

    @Override
    public String bus(DeviceSettings settings) throws InvalidSettingException {
        return UnitAddress.bus(settings.address()).medium();
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
    public Optional<Discovery> discovery() {
        return Optional.of(new BusDiscovery(lines::open, clock, sightings));
    }

    /** What searches have seen, for the command that shows it. */
    Sightings sightings() {
        return sightings;
    }

    @Override
    public Connection open(DeviceSettings settings) throws InvalidSettingException, IOException {
        Setup setup = Setup.parse(settings);
        Deadline deadline = Deadline.in(setup.patience(), clock);
        Line line = lines.open(setup.address().bus(), setup.patience());
        Learnt unit = learnt(setup.address());
        ModbusConnection connection = new ModbusConnection(setup, line, unit.splits(), unit.slowness(), clock);
        try {
            connection.probe(settings.channels(), deadline);
            return connection;
        } catch (IOException | RuntimeException silent) {
            connection.close();
            throw silent;
        }
    }

    private Learnt learnt(UnitAddress address) {
        synchronized (learnt) {
            if (learnt.size() >= MOST_UNITS) {
                learnt.clear();
            }
            return learnt.computeIfAbsent(address, any -> new Learnt(new Splits(), new Slowness()));
        }
    }
}
