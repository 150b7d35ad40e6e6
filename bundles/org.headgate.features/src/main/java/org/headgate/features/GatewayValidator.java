package org.headgate.features;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.karaf.features.FeaturesService;
import org.headgate.config.api.Instance;
import org.headgate.config.api.SetUp;
import org.headgate.config.api.Validator;
import org.headgate.system.api.Storage;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges {@code headgate.gateway.cfg}: its keys, and whether the drivers that it names can be had. Looks for those and for the
 * home itself: the services that know them need the configurations, which ask this one.
 */
@Component(service = Validator.class)
public final class GatewayValidator implements Validator {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayValidator.class);

    private static final String HOME = "headgate.home";

    private final Catalog catalog;
    private final Depot depot;

    /** For the service registry. */
    @Activate
    public GatewayValidator(BundleContext context, @Reference FeaturesService service, @Reference Storage storage) {
        this(new Depot(storage, Path.of(String.valueOf(context.getProperty(HOME)))), service);
    }

    private GatewayValidator(Depot depot, FeaturesService service) {
        this(new KarafCatalog(service, depot::owns), depot);
    }

    GatewayValidator(Catalog catalog, Depot depot) {
        this.catalog = catalog;
        this.depot = depot;
    }

    @Override
    public String kind() {
        return "gateway";
    }

    @Override
    public List<String> problems(Instance instance, SetUp whole) {
        if (instance.broken().isPresent()) {
            return List.of(instance.broken().get());
        }
        GatewaySettings settings = GatewaySettings.of(instance.settings());
        List<String> problems = new ArrayList<>();
        instance.settings().problems().forEach(problem -> problems.add(problem.toString()));
        if (settings.broker() && settings.consolePort() == BrokerValidator.port(whole)) {
            problems.add(GatewaySettings.CONSOLE_PORT + ": " + settings.consolePort()
                    + " is the broker's (expected: another one)");
        }
        Set<FeatureId> distribution = distribution();
        for (Map.Entry<String, String> wish : settings.wishes().versions().entrySet()) {
            unavailable(wish.getKey(), wish.getValue(), distribution).ifPresent(problems::add);
        }
        return problems;
    }

    private Optional<String> unavailable(String driver, String version, Set<FeatureId> distribution) {
        if (version.isEmpty() && distribution.isEmpty()) {
            return Optional.empty(); // Too early: it is not known yet what there is.
        }
        try {
            return Reconciliation.feature(depot, driver, version, distribution).isPresent()
                    ? Optional.empty()
                    : Optional.of(Reconciliation.unavailable(driver, version, distribution));
        } catch (IOException unreadable) {
            LOG.warn("HOME/var/drivers cannot be read: {}", unreadable.getMessage());
            return Optional.empty();
        }
    }

    private Set<FeatureId> distribution() {
        try {
            return catalog.distribution();
        } catch (Exception early) {
            LOG.debug("the features are not known yet", early);
            return Set.of();
        }
    }
}
