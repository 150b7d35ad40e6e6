package org.headgate.device.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.headgate.command.api.Command;
import org.headgate.command.api.CommandResult;
import org.headgate.data.api.Flow;
import org.headgate.data.api.FlowSnapshot;
import org.headgate.data.api.FlowSource;
import org.headgate.data.api.Row;
import org.headgate.device.api.DeviceStatus;
import org.headgate.device.api.Devices;
import org.headgate.device.api.Driver;
import org.headgate.device.api.PollStatistics;
import org.headgate.stream.api.StreamBus;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Randomness;
import org.headgate.system.api.Scheduler;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings devices and drivers together, in whatever order they come and go. The one place that holds {@link Driver} services:
 * when one leaves, everything it opened is closed within {@link #PATIENCE_SECONDS} or abandoned, and it is forgotten.
 */
@Component(service = {DeviceRegistry.class, Devices.class, FlowSource.class})
public final class DeviceRegistry implements Devices, FlowSource {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceRegistry.class);
    private static final long PATIENCE_SECONDS = 5;

    private final World world;
    private final Map<String, Driver> drivers = new ConcurrentSkipListMap<>();
    private final Map<String, Device> devices = new ConcurrentSkipListMap<>();
    /** Counters outlive the device, so that an edit of its file does not break the sums of the edges behind it. */
    private final Map<String, Flow> flows = new ConcurrentSkipListMap<>();

    @Activate
    public DeviceRegistry(
            @Reference StreamBus bus,
            @Reference Clock clock,
            @Reference Scheduler scheduler,
            @Reference Calls calls,
            @Reference Randomness randomness) {
        this(new World(bus, clock, scheduler, calls, randomness));
    }

    DeviceRegistry(World world) {
        this.world = world;
    }

    @Deactivate
    void stop() {
        await(new ArrayList<>(devices.values()).stream().map(Device::stop).toList());
        devices.clear();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    synchronized void bind(Driver driver) {
        Driver other = drivers.putIfAbsent(driver.name(), driver);
        if (other != null) {
            LOG.warn("two bundles offer the driver {}; the first one is used", driver.name());
            return;
        }
        devices.values().stream()
                .filter(device -> device.driverName().equals(driver.name()))
                .forEach(device -> device.driverCame(driver));
    }

    void unbind(Driver driver) {
        List<CompletableFuture<Void>> closing;
        synchronized (this) {
            if (!drivers.remove(driver.name(), driver)) {
                return;
            }
            closing = devices.values().stream()
                    .map(device -> device.driverGone(driver))
                    .toList();
        }
        await(closing);
    }

    synchronized void add(DeviceConfiguration configuration) {
        Device device = new Device(configuration, world, flow(configuration.driver(), configuration.name()));
        devices.put(configuration.name(), device);
        device.start();
        Optional.ofNullable(drivers.get(configuration.driver())).ifPresent(device::driverCame);
    }

    void remove(DeviceConfiguration configuration) {
        Device device = devices.remove(configuration.name());
        if (device != null) {
            await(List.of(device.stop()));
        }
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
        Device found = devices.get(device);
        return found == null ? CompletableFuture.failedFuture(unknown(device)) : found.read();
    }

    /** Has a device written to; the answer never fails. */
    CompletionStage<CommandResult> write(Command command) {
        Device found = devices.get(command.argument("device"));
        return found == null
                ? CompletableFuture.completedFuture(CommandResult.refused(
                        command, unknown(command.argument("device")).getMessage()))
                : found.write(
                        command,
                        command.argument("channel"),
                        command.argument("value"),
                        command.origin().toString());
    }

    @Override
    public PollStatistics polls() {
        return new PollStatistics(0, 0, 0, 0, 0);
    }

    @Override
    public void resetPolls() {}

    @Override
    public List<FlowSnapshot> flows() {
        return flows.values().stream().map(Flow::snapshot).toList();
    }

    private Flow flow(String driver, String device) {
        // Publishing is one step, so nothing is ever queued on this edge.
        return flows.computeIfAbsent(device + " " + driver, any -> new Flow("driver:" + driver, device, () -> 0));
    }

    private IllegalArgumentException unknown(String device) {
        return new IllegalArgumentException("no device " + device
                + (devices.isEmpty() ? "; none is configured" : "; there are: " + String.join(", ", devices.keySet())));
    }

    private static void await(List<CompletableFuture<Void>> closing) {
        try {
            CompletableFuture.allOf(closing.toArray(CompletableFuture[]::new)).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException hung) {
            LOG.warn("a driver did not close its connections within {} s; its threads are abandoned", PATIENCE_SECONDS);
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
