package org.headgate.uplink.runtime;

import java.util.Map;
import org.headgate.config.api.Gateway;
import org.headgate.config.api.HomeFiles;
import org.headgate.config.api.Instance;
import org.headgate.config.api.NamedFiles;
import org.headgate.config.api.Secrets;
import org.headgate.host.Machine;
import org.headgate.outbox.api.Outbox;
import org.headgate.stream.api.Events;
import org.headgate.stream.api.StreamBus;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Randomness;
import org.headgate.system.api.Scheduler;
import org.headgate.system.api.Storage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** An uplink for each {@code headgate.uplink-NAME.cfg}. */
@Component(
        service = {},
        immediate = true,
        configurationPid = "headgate.uplink",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class ConfiguredUplink {
    private final UplinkRegistry registry;
    private final Uplink uplink;

    /** For the service registry. */
    @Activate
    public ConfiguredUplink(
            Map<String, Object> properties,
            @Reference UplinkRegistry registry,
            @Reference Gateway gateway,
            @Reference Secrets secrets,
            @Reference StreamBus bus,
            @Reference Outbox outbox,
            @Reference Scheduler scheduler,
            @Reference Calls calls,
            @Reference Clock clock,
            @Reference Randomness randomness,
            @Reference Events events,
            @Reference Storage var) {
        this.registry = registry;
        UplinkSettings settings = UplinkSettings.of(
                Instance.of(properties),
                gateway.id(),
                new UplinkSettings.Vault(
                        secrets::resolve, new NamedFiles(new HomeFiles(gateway.home()), secrets)::content));
        uplink = new Uplink(
                settings,
                new Surroundings(
                        bus,
                        outbox,
                        scheduler,
                        calls,
                        clock,
                        randomness,
                        events,
                        new Network(Machine.of(gateway.home()), calls)),
                registry.memory(settings.name(), clock, calls, var),
                registry::commands);
        uplink.start();
        registry.add(uplink);
    }

    @Deactivate
    void close() {
        registry.remove(uplink);
        Budget.await(uplink.close());
    }
}
