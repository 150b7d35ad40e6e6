package org.headgate.device.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.headgate.command.api.Command;
import org.headgate.command.api.CommandResult;
import org.headgate.command.api.Origin;
import org.headgate.config.api.Instance;
import org.headgate.data.api.FlowSnapshot;
import org.headgate.data.api.Row;
import org.headgate.device.api.DeviceState;
import org.headgate.device.api.DeviceStatus;
import org.headgate.device.channels.Profile;
import org.headgate.stream.api.Event;
import org.headgate.stream.api.OverflowPolicy;
import org.headgate.stream.bus.MemoryStreamBus;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Randomness;
import org.headgate.system.api.Scheduler;
import org.headgate.system.api.Storage;
import org.headgate.system.api.kit.MemoryStorage;
import org.headgate.system.api.kit.SimulatedSystem;

/** A machine hall: a registry of devices in simulated time, and what comes out of it. */
final class Hall {
    final SimulatedSystem system = new SimulatedSystem(3);
    final MemoryStreamBus bus = new MemoryStreamBus(system);
    final List<Event> events = new ArrayList<>();
    final Map<String, List<Row>> rows = new HashMap<>();
    final DeviceRegistry registry;

    Hall() {
        this(new MemoryStorage());
    }

    /** A hall whose disk has seen another run. */
    Hall(Storage storage) {
        registry = new DeviceRegistry(world(system, system, system, system, storage));
        bus.subscribe("test", List.of("*"), 1_000_000, OverflowPolicy.DROP_OLDEST, this::note);
    }

    private World world(Clock clock, Scheduler scheduler, Calls calls, Randomness randomness, Storage storage) {
        return new World(
                bus, events::add, clock, scheduler, calls, randomness, storage, new Punctuality(), new Buses(clock));
    }

    private void note(String stream, Row row) {
        rows.computeIfAbsent(stream, any -> new ArrayList<>()).add(row);
    }

    /** Adds a device of the driver {@code fake}; the pairs are the keys and values of its file. */
    DeviceFile add(String name, String... pairs) {
        DeviceFile file = new DeviceFile(name, () -> instance(name, pairs));
        registry.add(file);
        system.run();
        return file;
    }

    static Instance instance(String name, String... pairs) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> keys = new ArrayList<>();
        if (!Arrays.asList(pairs).contains("driver")) {
            keys.add("driver");
            properties.put("driver", "fake");
        }
        for (int i = 0; i < pairs.length; i += 2) {
            keys.add(pairs[i]);
            properties.put(pairs[i], pairs[i + 1]);
        }
        properties.put(Instance.KEYS, keys.toArray(String[]::new));
        properties.put(Instance.NAME, name);
        properties.put(Instance.FILE, "headgate.device-" + name + ".cfg");
        return Instance.of(properties);
    }

    static Profile profile(String name, String... pairs) {
        return Profile.of(instance(name, pairs));
    }

    /** Installs a driver. */
    void bind(FakeDriver driver) {
        registry.bind(driver);
        system.run();
    }

    /** Uninstalls a driver; says whether everything that it had opened is closed. */
    boolean unbind(FakeDriver driver) {
        CompletableFuture<Void> closed = registry.forget(driver);
        system.run();
        return closed.isDone();
    }

    /** Removes a device's file; says whether the device is closed. */
    boolean remove(DeviceFile file) {
        CompletableFuture<Void> closed = registry.drop(file);
        system.run();
        return closed.isDone();
    }

    DeviceStatus status(String device) {
        return registry.device(device).orElseThrow();
    }

    DeviceState state(String device) {
        return status(device).state();
    }

    List<Row> rows(String device) {
        return rows.getOrDefault(device, List.of());
    }

    Row last(String device) {
        return rows(device).get(rows(device).size() - 1);
    }

    CompletableFuture<CommandResult> submit(String device, String channel, String value) {
        return registry.write(Command.of(
                        "device.write",
                        Map.of("device", device, "channel", channel, "value", value),
                        Origin.console("admin")))
                .toCompletableFuture();
    }

    /** Writes and returns the answer's message, with its status in front unless it is done. */
    String write(String device, String channel, String value) {
        CompletableFuture<CommandResult> answer = submit(device, channel, value);
        system.run();
        CommandResult result = answer.join();
        return (result.isDone() ? "" : result.status() + " ") + result.message();
    }

    FlowSnapshot flow(String device) {
        return Optional.of(registry.flows()).stream()
                .flatMap(List::stream)
                .filter(flow -> flow.to().equals(device))
                .findFirst()
                .orElseThrow();
    }
}
