package org.headgate.driver.simulator;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.headgate.config.api.HomeFiles;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Discovery;
import org.headgate.device.api.Driver;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.system.api.Clock;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Machines that exist in formulas and recordings only: for the demo, for tests and for finishing a site at the desk. */
@Component
public final class SimulatorDriver implements Driver {
    private static final String BOILER = "boiler";
    static final String MIRROR = "mirror";
    private static final String EXPECTED = BOILER + ", " + MIRROR + ", " + Recording.PREFIX + "FILE, or no address";

    private final HomeFiles files;
    private final Clock clock;
    private final Supplier<Gate> gates;
    private final Machines machines;

    /** A driver that finds recordings in the home that the framework property {@code headgate.home} names. */
    @Activate
    public SimulatorDriver(BundleContext context, @Reference Clock clock) {
        this(Path.of(String.valueOf(context.getProperty("headgate.home"))), clock, Gate.Threads::new);
    }

    SimulatorDriver(Path home, Clock clock, Supplier<Gate> gates) {
        this.files = new HomeFiles(home);
        this.clock = clock;
        this.gates = gates;
        this.machines = new Machines(clock);
    }

    @Override
    public String name() {
        return "simulator";
    }

    @Override
    public List<Channel> channels(DeviceSettings settings) throws InvalidSettingException {
        return machine(settings).plant().channels();
    }

    @Override
    public void check(DeviceSettings settings) throws InvalidSettingException {
        check(machine(settings), settings.channels());
    }

    @Override
    public Map<String, String> defaults(DeviceSettings settings) {
        return Options.defaults(settings);
    }

    @Override
    public Optional<Discovery> discovery() {
        return Optional.of(new Models(files));
    }

    @Override
    public Connection open(DeviceSettings settings) throws InvalidSettingException, IOException {
        Machine machine = machines.acquire(settings, () -> machine(settings));
        boolean opened = false;
        try {
            connect(machine, settings.channels());
            Connection connection =
                    new SimulatedConnection(machine, gates.get(), () -> machines.release(settings, machine));
            opened = true;
            return connection;
        } finally {
            if (!opened) {
                machines.release(settings, machine);
            }
        }
    }

    private static void connect(Machine machine, List<Channel> channels) throws InvalidSettingException, IOException {
        synchronized (machine) {
            check(machine, channels);
            SimulatedConnection.knock(machine);
            machine.plant().open();
        }
    }

    private static void check(Machine machine, List<Channel> channels) throws InvalidSettingException {
        machine.script().check(channels);
        for (Channel channel : channels) {
            machine.plant().check(channel);
        }
    }

    private Machine machine(DeviceSettings settings) throws InvalidSettingException {
        Options options = Options.of(settings);
        return new Machine(plant(settings, options), options.faults(), clock);
    }

    private Plant plant(DeviceSettings settings, Options options) throws InvalidSettingException {
        String address = settings.address();
        if (address.isEmpty() || address.equals(BOILER)) {
            return new Boiler(options.seed(), options.noise(), options.periodSeconds());
        }
        if (address.equals(MIRROR)) {
            // Thirty meters of one kind must not go up and down together.
            long own = options.seed() * 31 + settings.device().hashCode();
            return new Mirror(new Signal(own, options.noise(), options.periodSeconds()));
        }
        if (address.startsWith(Recording.PREFIX) && address.length() > Recording.PREFIX.length()) {
            return new Recording(
                    files, address.substring(Recording.PREFIX.length()), settings.device(), options.loop());
        }
        throw new InvalidSettingException("address", address, EXPECTED);
    }
}
