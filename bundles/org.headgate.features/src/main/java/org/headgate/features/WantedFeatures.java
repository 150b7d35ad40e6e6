package org.headgate.features;

import java.util.Map;
import org.headgate.config.api.Instance;
import org.headgate.config.api.Settings;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * At each start and after each edit of {@code headgate.gateway.cfg}: installs the drivers that it names and uninstalls those that
 * it does not. So a cache that was wiped loses nothing. What is installed by hand in between stays until then.
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = "headgate.gateway",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class WantedFeatures {
    private static final Logger LOG = LoggerFactory.getLogger(WantedFeatures.class);

    /** For the service registry. */
    @Activate
    public WantedFeatures(@Reference FeatureDrivers drivers, Map<String, Object> properties) {
        Instance gateway = Instance.of(properties);
        if (gateway.broken().isPresent()) {
            LOG.warn(
                    "{} {}; the drivers stay as they are",
                    DriverChanges.FILE,
                    gateway.broken().get());
            return;
        }
        Settings settings = gateway.settings();
        GatewaySettings.of(settings);
        settings.problems().stream()
                // Of the drivers their turn says more.
                .filter(problem -> !problem.key().equals(GatewaySettings.DRIVERS))
                .forEach(problem -> LOG.warn("{}: {}", GatewaySettings.FILE, problem));
        drivers.settle();
    }
}
