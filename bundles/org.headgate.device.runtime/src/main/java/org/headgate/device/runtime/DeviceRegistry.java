package org.headgate.device.runtime;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.headgate.command.api.Command;
import org.headgate.command.api.CommandResult;
import org.headgate.config.api.Instance;
import org.headgate.config.api.Texts;
import org.headgate.data.api.FlowSnapshot;
import org.headgate.data.api.FlowSource;
import org.headgate.data.api.Row;
import org.headgate.device.api.DeviceStatus;
import org.headgate.device.api.Devices;
import org.headgate.device.api.Driver;
import org.headgate.device.api.PollStatistics;
import org.headgate.device.channels.Profile;
import org.headgate.stream.api.Events;
import org.headgate.stream.api.StreamBus;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Randomness;
import org.headgate.system.api.Scheduler;
import org.headgate.system.api.Storage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings devices, profiles and drivers together, in whatever order they come and go. The one place that holds {@link Driver} services:
 * when one leaves, everything it opened is closed within {@link Patience#LONGEST} or abandoned, and it is forgotten.
 */
@Component(service = {DeviceRegistry.class, Devices.class, FlowSource.class})
public final class DeviceRegistry implements Devices, FlowSource {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceRegistry.class);

    private final World world;
    private final Patience patience;
    private final DriverSet drivers = new DriverSet();
    private final Map<String, DeviceFile> files = new ConcurrentSkipListMap<>();
    private final Map<String, Device> devices = new ConcurrentSkipListMap<>();
    private final Map<String, Profile> profiles = new ConcurrentHashMap<>();
    /** Counters outlive the device, so that an edit of its file does not break the sums of the edges behind it. */
    private final Map<String, DeviceFlow> flows = new ConcurrentSkipListMap<>();

    private volatile StandIns standIns = StandIns.NONE;

    @Activate
    public DeviceRegistry(
            @Reference StreamBus bus,
            @Reference Events events,
            @Reference Clock clock,
            @Reference Scheduler scheduler,
            @Reference Calls calls,
            @Reference Randomness randomness,
            @Reference Storage storage) {
        this(new World(bus, events, clock, scheduler, calls, randomness, storage, new Punctuality(), new Buses(clock)));
    }

    DeviceRegistry(World world) {
        this.world = world;
        this.patience = new Patience(world.clock());
    }

    @Deactivate
    void stop() {
        patience.await(all(devices.values().stream().map(Device::stop).toList()));
        devices.clear();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    synchronized void bind(Driver driver) {
        if (drivers.add(driver)) {
            use(driver);
        } else {
            LOG.warn("two bundles offer the driver {}; the first one is used as long as it is there", driver.name());
        }
    }

    void unbind(Driver driver) {
        patience.await(forget(driver));
    }

    /** Takes a driver out of use; the future completes when everything that it has opened is closed. */
    synchronized CompletableFuture<Void> forget(Driver driver) {
        if (!drivers.remove(driver)) {
            return CompletableFuture.completedFuture(null);
        }
        List<CompletableFuture<Void>> closing = devices.values().stream()
                .map(device -> device.driverGone(driver))
                .toList();
        drivers.get(driver.name()).ifPresent(this::use);
        return all(closing);
    }

    synchronized void add(DeviceFile file) {
        files.put(file.name(), file);
        begin(file);
    }

    void remove(DeviceFile file) {
        patience.await(drop(file));
    }

    /** Stops the device of a file; the future completes when it is closed. */
    synchronized CompletableFuture<Void> drop(DeviceFile file) {
        files.remove(file.name(), file);
        Device device = devices.remove(file.name());
        return device == null ? CompletableFuture.completedFuture(null) : device.stop();
    }

    synchronized void add(Profile profile) {
        profiles.put(profile.name(), profile);
        beginAnew(device -> names(device, profile));
    }

    synchronized void remove(Profile profile) {
        profiles.remove(profile.name(), profile);
        beginAnew(device -> names(device, profile));
    }

    /** Says for which devices the simulator stands in; those for which that changes begin anew. */
    synchronized void simulate(StandIns wanted) {
        standIns = wanted;
        beginAnew(file -> {
            Device device = devices.get(file.name());
            return device != null
                    && !device.configuration().standIn().equals(read(file).standIn());
        });
    }

    @Override
    public List<DeviceStatus> list() {
        return devices.values().stream().map(Device::status).toList();
    }

    @Override
    public Optional<DeviceStatus> device(String name) {
        return Optional.ofNullable(devices.get(name)).map(Device::status);
    }

    @Override
    public CompletionStage<Row> read(String device) {
        return find(device)
                .map(found -> found.read(List.of()))
                .orElseGet(() -> CompletableFuture.failedFuture(unknown(device)));
    }

    /** Has a device written to; the answer never fails. */
    CompletionStage<CommandResult> write(Command command) {
        String device = command.argument("device");
        Device found = devices.get(device);
        return found == null
                ? CompletableFuture.completedFuture(
                        CommandResult.refused(command, unknown(device).getMessage()))
                : found.write(command);
    }

    @Override
    public PollStatistics polls() {
        return world.punctuality().statistics();
    }

    @Override
    public void resetPolls() {
        world.punctuality().reset();
    }

    @Override
    public List<FlowSnapshot> flows() {
        return flows.values().stream().map(DeviceFlow::snapshot).toList();
    }

    private static boolean names(DeviceFile file, Profile profile) {
        return file.content()
                .get()
                .settings()
                .text("profile")
                .filter(profile.name()::equals)
                .isPresent();
    }

    private DeviceConfiguration read(DeviceFile file) {
        return read(file.name(), file.content().get());
    }

    /** Reads a device's file with the profiles that there are. */
    DeviceConfiguration read(String name, Instance content) {
        return DeviceConfiguration.of(
                content,
                (profile, driver) -> Optional.ofNullable(profiles.get(profile))
                        .or(() -> ProfileSource.ofDriver(profile, driver, drivers.get(driver))),
                standIns.address(name));
    }

    World world() {
        return world;
    }

    Optional<Device> find(String name) {
        return Optional.ofNullable(devices.get(name));
    }

    Optional<DeviceFile> file(String name) {
        return Optional.ofNullable(files.get(name));
    }

    /** Makes the device of a file, in the place of the one that was stopped. */
    private void begin(DeviceFile file) {
        DeviceConfiguration configuration = read(file);
        String openedBy = configuration.openedBy();
        DeviceFlow flow = flows.computeIfAbsent(
                configuration.name() + " " + openedBy, any -> new DeviceFlow(openedBy, configuration.name()));
        Device device =
                new Device(configuration, world, flow, drivers.get(openedBy), () -> driver(configuration.driver()));
        devices.put(configuration.name(), device);
        device.start();
    }

    /** Stops devices and makes them from their files again, without holding up whoever asks. */
    private void beginAnew(Predicate<DeviceFile> which) {
        List<DeviceFile> concerned = files.values().stream().filter(which).toList();
        for (DeviceFile file : concerned) {
            Device old = devices.get(file.name());
            if (old != null) {
                old.stop()
                        .completeOnTimeout(null, Patience.LONGEST.toMillis(), TimeUnit.MILLISECONDS)
                        .whenComplete((stopped, failure) -> replace(file, old));
            }
        }
    }

    private synchronized void replace(DeviceFile file, Device old) {
        // An edit of the file in between has made a newer one already.
        if (files.get(file.name()) == file && devices.get(file.name()) == old) {
            begin(file);
        }
    }

    private void use(Driver driver) {
        offer(driver);
        // Its stand-ins have the channels, and its own profiles the keys, that only it knows.
        beginAnew(file -> Optional.ofNullable(devices.get(file.name()))
                .map(Device::configuration)
                .filter(one -> one.driver().equals(driver.name()))
                .filter(one -> one.standIn().isPresent() || hasProfileOfDriver(one))
                .isPresent());
    }

    private boolean hasProfileOfDriver(DeviceConfiguration configuration) {
        return configuration
                .profile()
                .map(Profile::name)
                .filter(name -> !profiles.containsKey(name))
                .isPresent();
    }

    private void offer(Driver driver) {
        devices.values().stream()
                .filter(device -> device.configuration().openedBy().equals(driver.name()))
                .filter(device -> !device.configuration().driver().equals(driver.name())
                        || !hasProfileOfDriver(device.configuration()))
                .forEach(device -> device.driverCame(driver));
    }

    /** The driver in use; whoever asks keeps it no longer than for one answer. */
    synchronized Optional<Driver> driver(String name) {
        return drivers.get(name);
    }

    /** What to say of a device that is not there: on one line. */
    IllegalArgumentException unknown(String device) {
        return new IllegalArgumentException("no device " + device
                + (devices.isEmpty()
                        ? "; none is configured"
                        : Texts.nearest(device, devices.keySet())
                                        .map(nearest -> "; did you mean " + nearest + "?")
                                        .orElse(";")
                                + " device:list shows them"));
    }

    private static CompletableFuture<Void> all(List<CompletableFuture<Void>> futures) {
        return CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new));
    }
}
