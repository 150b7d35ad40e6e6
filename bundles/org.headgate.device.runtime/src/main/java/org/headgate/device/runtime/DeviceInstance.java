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
    private final DeviceFile file;

    @Activate
    public DeviceInstance(
            @Reference DeviceRegistry registry,
            @Reference StandInSettings standInsAreKnown,
            Map<String, Object> properties) {
        this.registry = registry;
        // Read anew each time: what is wrong with it depends on the profiles that are there.
        this.file = new DeviceFile(Instance.of(properties).name(), () -> Instance.of(properties));
        registry.add(file);
    }

    @Deactivate
    void stop() {
        registry.remove(file);
    }
}
