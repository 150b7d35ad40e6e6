package org.headgate.driver.host;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Discovery;
import org.headgate.device.api.Driver;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.host.Machine;
import org.headgate.host.Sampler;
import org.headgate.system.api.Clock;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The Linux machine that the gateway runs on, from /proc and /sys. */
@Component
public final class HostDriver implements Driver {
    private static final Path ROOT = Path.of("/");

    private final Machine machine;
    private final Clock clock;

    /** A driver that watches the file system on which the home lies. */
    @Activate
    public HostDriver(BundleContext context, @Reference Clock clock) {
        this(ROOT, home(context), clock);
    }

    HostDriver(Path root, Path disk, Clock clock) {
        this.machine = new Machine(root, disk);
        this.clock = clock;
    }

    @Override
    public String name() {
        return "host";
    }

    @Override
    public List<Channel> channels(DeviceSettings settings) throws InvalidSettingException {
        checkKeys(settings);
        boolean hot = machine.temperature().isPresent();
        return Arrays.stream(Source.values())
                .filter(source -> hot || source != Source.TEMPERATURE)
                .map(Source::channel)
                .toList();
    }

    @Override
    public void check(DeviceSettings settings) throws InvalidSettingException {
        checkKeys(settings);
        for (Channel channel : settings.channels()) {
            if (Source.of(channel.source()) == null) {
                throw new InvalidSettingException(
                        "channel." + channel.name(), channel.source(), "one of " + String.join(", ", Source.names()));
            }
        }
    }

    /** There is but one machine, and it can always be read. */
    @Override
    public Optional<Discovery> discovery() {
        return Optional.of(new ThisMachine(machine));
    }

    @Override
    public Connection open(DeviceSettings settings) throws InvalidSettingException {
        check(settings);
        return new HostConnection(new Sampler(machine, clock));
    }

    static void checkKeys(DeviceSettings settings) throws InvalidSettingException {
        if (!settings.address().isEmpty()) {
            throw new InvalidSettingException("address", settings.address(), "no address: this machine");
        }
        settings.requireKnown(List.of());
    }

    private static Path home(BundleContext context) {
        String home = context.getProperty("headgate.home");
        return home == null ? ROOT : Path.of(home);
    }
}
