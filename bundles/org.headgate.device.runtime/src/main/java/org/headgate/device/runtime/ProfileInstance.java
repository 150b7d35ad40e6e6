package org.headgate.device.runtime;

import java.util.Map;
import org.headgate.config.api.Instance;
import org.headgate.device.channels.Profile;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One file {@code headgate.profile-NAME.cfg}: exists as long as the file does. */
@Component(
        service = {},
        immediate = true,
        configurationPid = Profile.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class ProfileInstance {
    private static final Logger LOG = LoggerFactory.getLogger(ProfileInstance.class);

    private final DeviceRegistry registry;
    private final Profile profile;

    @Activate
    public ProfileInstance(@Reference DeviceRegistry registry, Map<String, Object> properties) {
        this.registry = registry;
        this.profile = Profile.of(Instance.of(properties));
        profile.invalid().ifPresent(why -> LOG.warn("profile {}: INVALID {}", profile.name(), why));
        registry.add(profile);
    }

    @Deactivate
    void stop() {
        registry.remove(profile);
    }
}
