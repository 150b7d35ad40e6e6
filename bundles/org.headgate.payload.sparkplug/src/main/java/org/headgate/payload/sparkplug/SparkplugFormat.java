package org.headgate.payload.sparkplug;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.headgate.command.api.Commands;
import org.headgate.data.api.Column;
import org.headgate.device.api.Devices;
import org.headgate.stream.api.StreamBus;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Scheduler;
import org.headgate.system.api.Storage;
import org.headgate.uplink.api.Outlet;
import org.headgate.uplink.api.PayloadFormat;
import org.headgate.uplink.api.PayloadSession;
import org.headgate.uplink.api.PayloadSettings;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * {@code format = sparkplug}: Sparkplug B 3.0 (Eclipse Foundation, 2022-11-16). The gateway is an edge node; each stream, of a device or of a
 * rule, is a device of it: a rule may appear at any time, and costs one birth then instead of all of them. What outlives a connection is here:
 * which metrics each stream has, so that births can be complete at once, and bdSeq.
 */
@Component
public final class SparkplugFormat implements PayloadFormat {
    private final World world;
    private final Calls calls;
    private final Storage storage;
    private final Map<String, Lasting> uplinks = new ConcurrentHashMap<>();

    /** For the service registry. */
    @Activate
    public SparkplugFormat(
            @Reference Clock clock,
            @Reference Scheduler scheduler,
            @Reference Calls calls,
            @Reference Storage storage,
            @Reference StreamBus bus,
            @Reference Devices devices,
            @Reference Commands commands) {
        this.world = new World(clock, scheduler, bus, devices, commands);
        this.storage = storage;
        this.calls = calls;
    }

    /** What an uplink's sessions leave to the next one. */
    private record Lasting(Map<String, List<Column>> known, BirthCount births) {}

    @Override
    public String name() {
        return "sparkplug";
    }

    @Override
    public void check(PayloadSettings settings) {
        EdgeOptions.of(settings);
    }

    @Override
    public boolean tellsState() {
        return true;
    }

    @Override
    public boolean mayBeCompressed() {
        return false;
    }

    /** A host answers what it does not know with a rebirth request, or shows it as a fault of the node: nothing is said for a test. */
    @Override
    public List<String> trialSubscriptions(PayloadSettings settings) {
        return EdgeOptions.of(settings).subscriptions();
    }

    @Override
    public PayloadSession open(PayloadSettings settings, Outlet outlet) {
        EdgeOptions options = EdgeOptions.of(settings);
        Lasting lasting = uplinks.computeIfAbsent(
                options.uplink(),
                uplink -> new Lasting(new ConcurrentHashMap<>(), new BirthCount(storage, calls, uplink)));
        return new EdgeSession(options, world, lasting.known(), lasting.births(), outlet);
    }
}
