package org.headgate.system.jvm;

import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The key {@code clock} of {@code headgate.gateway.cfg}. Apart from the clock, which nearly everything refers to and which an
 * edit must not make anew; without a configuration the clock goes on by itself.
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = "headgate.gateway",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class ClockSetting {
    private static final Logger LOG = LoggerFactory.getLogger(ClockSetting.class);

    /** As {@code Instance.BROKEN} of config.api, which this bundle does not need otherwise. */
    private static final String BROKEN = "headgate.broken";

    /** For the service registry. */
    @Activate
    public ClockSetting(Map<String, Object> properties, @Reference SystemClock clock) {
        if (properties.containsKey(BROKEN)) {
            // What it said before holds; that it cannot be read, its loader says.
            return;
        }
        String text = String.valueOf(properties.getOrDefault("clock", "auto"));
        clock.trust(Trust.of(text).orElseGet(() -> {
            LOG.warn("headgate.gateway.cfg: clock: {} (expected: auto, kernel or trusted)", text);
            return Trust.AUTO;
        }));
    }
}
