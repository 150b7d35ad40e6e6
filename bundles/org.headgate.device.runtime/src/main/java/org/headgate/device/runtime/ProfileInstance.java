package org.headgate.device.runtime;

import java.util.Map;
import org.headgate.config.api.Instance;
import org.headgate.device.channels.Profile;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One file {@code headgate.profile-NAME.cfg}: exists as long as the file does. An edit does not make a new one: the devices would be
 * without a profile in between, and be stopped twice.
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = Profile.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class ProfileInstance {
    private static final Logger LOG = LoggerFactory.getLogger(ProfileInstance.class);

    private final DeviceRegistry registry;
    private Profile profile;

    @Activate
    public ProfileInstance(@Reference DeviceRegistry registry, Map<String, Object> properties) {
        this.registry = registry;
        edited(properties);
    }

    @Modified
    synchronized void edited(Map<String, Object> properties) {
        profile = Profile.of(Instance.of(properties));
        profile.invalid().ifPresent(why -> LOG.warn("profile {}: INVALID {}", profile.name(), why));
        registry.add(profile);
    }

    @Deactivate
    synchronized void stop() {
        registry.remove(profile);
    }
}
