package org.headgate.features;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.karaf.features.BootFinished;
import org.apache.karaf.features.FeaturesService;
import org.headgate.config.api.Instance;
import org.headgate.config.api.Settings;
import org.headgate.config.api.Texts;
import org.headgate.system.api.Calls;
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
    /** A driver {@code x} is the feature {@code headgate-driver-x}. */
    static final String DRIVER = "headgate-driver-";

    private static final Logger LOG = LoggerFactory.getLogger(WantedFeatures.class);
    private static final String BROKER = "headgate-broker";
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Catalog catalog;

    /**
     * For the service registry.
     *
     * @param bootFinished is there when the features service has read its repositories: before that it knows no feature
     */
    @Activate
    public WantedFeatures(
            @Reference FeaturesService service,
            @Reference BootFinished bootFinished,
            @Reference Calls calls,
            Map<String, Object> properties) {
        this(new KarafCatalog(service), calls, Instance.of(properties).settings());
    }

    WantedFeatures(Catalog catalog, Calls calls, Settings settings) {
        this.catalog = catalog;
        Set<String> wanted = wanted(settings);
        settings.problems().forEach(problem -> LOG.warn("headgate.gateway.cfg: {}", problem));
        calls.submit(
                "features",
                () -> reconcile(wanted),
                PATIENCE,
                Runnable::run,
                outcome -> outcome.failure()
                        .ifPresent(failure ->
                                LOG.warn("the wanted drivers could not be installed: {}", failure.getMessage())));
    }

    private static Set<String> wanted(Settings settings) {
        // Read elsewhere: the identity by the configuration's loader, the port by the launcher, limits by the command
        // router, what to simulate by the device runtime.
        settings.text("id");
        settings.number("console.port", 1, 65_535, 8101);
        settings.text("command.rate");
        settings.text("command.burst");
        settings.text("simulate");
        settings.text("simulate.recording");
        Set<String> wanted = new LinkedHashSet<>();
        List<String> drivers = settings.text("drivers").map(Texts::list).orElse(List.of("host", "simulator"));
        drivers.forEach(driver -> wanted.add(DRIVER + driver));
        if (settings.flag("broker", false)) {
            wanted.add(BROKER);
        }
        return wanted;
    }

    private boolean reconcile(Set<String> wanted) throws Exception {
        Set<String> available = catalog.available();
        Set<String> installed = catalog.installed();
        Set<String> missing = new TreeSet<>(wanted);
        missing.removeAll(installed);
        Set<String> unknown = new TreeSet<>(missing);
        unknown.removeAll(available);
        missing.removeAll(unknown);
        for (String feature : unknown) {
            LOG.warn(
                    "headgate.gateway.cfg: drivers: {} is not in this distribution; there are: {}",
                    name(feature),
                    drivers(available));
        }
        Set<String> unwanted = new TreeSet<>(installed);
        unwanted.removeIf(
                feature -> wanted.contains(feature) || !feature.startsWith(DRIVER) && !feature.equals(BROKER));
        if (!unwanted.isEmpty()) {
            catalog.uninstall(unwanted);
            LOG.info("uninstalled {}", unwanted);
        }
        if (!missing.isEmpty()) {
            catalog.install(missing);
            LOG.info("installed {}", missing);
        }
        return true;
    }

    private static String drivers(Set<String> available) {
        return String.join(
                ", ",
                available.stream()
                        .filter(feature -> feature.startsWith(DRIVER))
                        .map(WantedFeatures::name)
                        .sorted()
                        .toList());
    }

    private static String name(String feature) {
        return feature.startsWith(DRIVER) ? feature.substring(DRIVER.length()) : feature;
    }
}
