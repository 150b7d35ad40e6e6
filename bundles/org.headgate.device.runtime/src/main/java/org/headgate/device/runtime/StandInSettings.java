package org.headgate.device.runtime;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.headgate.config.api.Configurations;
import org.headgate.config.api.Instance;
import org.headgate.config.api.Settings;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;

/**
 * Hands the keys {@code simulate} and {@code simulate.recording} of the gateway's file to the devices. It stays through an edit, because in
 * the instant between two instances outputs would reach the hardware.
 */
@Component(
        service = StandInSettings.class,
        immediate = true,
        configurationPid = "headgate.gateway",
        configurationPolicy = ConfigurationPolicy.OPTIONAL)
public final class StandInSettings {
    private static final String FILE = "headgate.gateway.cfg";

    private final DeviceRegistry registry;
    private final Function<String, Optional<String>> raw;

    @Activate
    public StandInSettings(
            @Reference DeviceRegistry registry,
            @Reference Configurations configurations,
            Map<String, Object> properties) {
        this(registry, key -> configurations.value(FILE, key), properties);
    }

    /**
     * For tests.
     *
     * @param raw a key's value as it stands in the gateway's file, even if that is broken
     */
    StandInSettings(DeviceRegistry registry, Function<String, Optional<String>> raw, Map<String, Object> properties) {
        this.registry = registry;
        this.raw = raw;
        change(properties);
    }

    @Modified
    void change(Map<String, Object> properties) {
        Instance gateway = Instance.of(properties);
        Settings settings = gateway.settings();
        if (gateway.broken().isPresent()) {
            // A typo elsewhere in the file must not let outputs reach the hardware: what stands there for us still
            // holds.
            Map<String, String> own = new HashMap<>();
            StandIns.KEYS.forEach(key -> raw.apply(key).ifPresent(value -> own.put(key, value)));
            settings = new Settings(own);
        }
        registry.simulate(StandIns.of(settings));
    }
}
