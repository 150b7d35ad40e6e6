package org.headgate.device.runtime;

import java.util.Map;
import org.headgate.config.api.Instance;
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
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class StandInSettings {
    private final DeviceRegistry registry;

    @Activate
    public StandInSettings(@Reference DeviceRegistry registry, Map<String, Object> properties) {
        this.registry = registry;
        change(properties);
    }

    @Modified
    void change(Map<String, Object> properties) {
        registry.simulate(StandIns.of(Instance.of(properties).settings()));
    }
}
