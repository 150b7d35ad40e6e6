package org.headgate.device.runtime;

import java.util.Map;
import org.headgate.config.api.Instance;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** One file {@code headgate.device-NAME.cfg}: exists as long as the file does. */
@Component(
        service = {},
        immediate = true,
        configurationPid = "headgate.device",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class DeviceInstance {
    private final DeviceRegistry registry;
    private final DeviceConfiguration configuration;

    @Activate
    public DeviceInstance(@Reference DeviceRegistry registry, Map<String, Object> properties) {
        this(registry, DeviceConfiguration.of(Instance.of(properties)));
    }

    DeviceInstance(DeviceRegistry registry, DeviceConfiguration configuration) {
        this.registry = registry;
        this.configuration = configuration;
        registry.add(configuration);
    }

    @Deactivate
    void stop() {
        registry.remove(configuration);
    }
}
