package org.headgate.uplink.runtime;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.headgate.config.api.Instance;
import org.headgate.config.api.Settings;
import org.headgate.host.Machine;
import org.headgate.outbox.api.Outbox;
import org.headgate.stream.api.Events;
import org.headgate.system.api.Storage;
import org.headgate.system.api.kit.SimulatedSystem;
import org.headgate.uplink.api.RemoteCommands;

/** What an uplink stands on in simulated time. */
record Ground(SimulatedSystem system, FakeBus bus, Outbox outbox, Storage var, UplinkRegistry registry, Events events) {
    private static final Path NOWHERE = Path.of("/nonexistent");

    /** Starts the uplink of a file with these keys, which knows no secret and carries out no command. */
    Uplink uplink(Map<String, String> keys) {
        return uplink(keys, UplinkSettings.Vault.EMPTY, registry::commands);
    }

    /** Starts the uplink {@code cloud} of a file with these keys; empty values are left out. */
    Uplink uplink(Map<String, String> keys, UplinkSettings.Vault vault, Supplier<Optional<RemoteCommands>> commands) {
        return uplink(keys, vault, commands, new Machine(NOWHERE, NOWHERE));
    }

    /** The same on a machine with network interfaces. */
    Uplink uplink(
            Map<String, String> keys,
            UplinkSettings.Vault vault,
            Supplier<Optional<RemoteCommands>> commands,
            Machine machine) {
        Map<String, String> all = new LinkedHashMap<>(Map.of("transport", "fake", "address", "fake://server"));
        all.putAll(keys);
        all.values().removeIf(String::isEmpty);
        Instance instance = new Instance("cloud", "headgate.uplink-cloud.cfg", new Settings(all), Optional.empty());
        Uplink uplink = new Uplink(
                UplinkSettings.of(instance, "gw-1", vault),
                new Surroundings(bus, outbox, system, system, system, system, events, new Network(machine, system)),
                registry.memory("cloud", system, system, var),
                commands);
        uplink.start();
        registry.add(uplink);
        return uplink;
    }
}
