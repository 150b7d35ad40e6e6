package org.headgate.driver.w1;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.headgate.data.api.Type;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Discovery;
import org.headgate.device.api.Driver;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.host.Machine;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** DS18B20 and its relatives: thermometers on 1-Wire, which the kernel talks to. Those of one bus take turns. */
@Component
public final class W1Driver implements Driver {
    static final String NAME = "w1";
    static final Channel TEMPERATURE = Channel.readable("temperature", "temperature", Type.DOUBLE, "Cel");

    /** The longest conversion, with 12 bits (DS18B20, 19-7487, Table 2), where the kernel does not say how long this sensor takes. */
    private static final int CONVERSION_MILLIS = 750;
    /** To send the commands, and to be called in time. */
    private static final int OVERHEAD_MILLIS = 100;

    private final OneWire buses;

    /** A driver of the machine that we run on. */
    @Activate
    public W1Driver() {
        this(Machine.of(Path.of("/")));
    }

    W1Driver(Machine machine) {
        this.buses = new OneWire(machine);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Channel> channels(DeviceSettings settings) throws InvalidSettingException {
        settings.requireKnown(List.of());
        SensorAddress.parse(settings.address());
        return List.of(TEMPERATURE);
    }

    /** The bus that the sensor is on; a search of all of them counts as one of the first. */
    @Override
    public String bus(DeviceSettings settings) throws InvalidSettingException {
        String address = settings.address();
        if (address.isEmpty() || SensorAddress.isMaster(address)) {
            return address.isEmpty() ? SensorAddress.FIRST_MASTER : address;
        }
        return SensorAddress.parse(address).master();
    }

    @Override
    public void check(DeviceSettings settings) throws InvalidSettingException {
        channels(settings);
        for (Channel channel : settings.channels()) {
            if (!channel.source().equals(TEMPERATURE.source())) {
                throw new InvalidSettingException("channel." + channel.name(), channel.source(), TEMPERATURE.source());
            }
        }
    }

    @Override
    public Optional<Discovery> discovery() {
        return Optional.of(new W1Discovery(buses));
    }

    @Override
    public Connection open(DeviceSettings settings) throws InvalidSettingException, IOException {
        check(settings);
        SensorAddress sensor = SensorAddress.parse(settings.address());
        buses.require(sensor);
        int conversion = buses.text(sensor, "conv_time")
                .filter(text -> text.matches("[1-9][0-9]{0,4}"))
                .map(Integer::valueOf)
                .orElse(CONVERSION_MILLIS);
        // The kernel cannot be interrupted while it waits: every read would count as hung.
        if (settings.timeout().toMillis() < conversion + OVERHEAD_MILLIS) {
            throw new InvalidSettingException(
                    "timeout",
                    settings.timeout().toMillis() + "ms",
                    "at least " + (conversion + OVERHEAD_MILLIS) + "ms, since this sensor measures for " + conversion
                            + " ms");
        }
        return new W1Connection(buses, sensor);
    }
}
