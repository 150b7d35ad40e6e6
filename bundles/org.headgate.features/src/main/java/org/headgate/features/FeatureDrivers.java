package org.headgate.features;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.karaf.features.BootFinished;
import org.apache.karaf.features.FeaturesService;
import org.headgate.config.api.Configurations;
import org.headgate.config.api.Gateway;
import org.headgate.config.api.Revisions;
import org.headgate.config.api.Settings;
import org.headgate.config.text.SettingsText;
import org.headgate.device.api.DriverChange;
import org.headgate.device.api.DriverRequest;
import org.headgate.device.api.DriverStatus;
import org.headgate.device.api.Drivers;
import org.headgate.stream.api.Event;
import org.headgate.stream.api.Events;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Scheduler;
import org.headgate.system.api.Storage;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The drivers as features of Karaf. Changes come from the console, from {@code deploy/} and from the configuration, and take turns. */
@Component(service = {Drivers.class, FeatureDrivers.class})
public final class FeatureDrivers implements Drivers {
    private static final Logger LOG = LoggerFactory.getLogger(FeatureDrivers.class);

    private final Catalog catalog;
    private final Configurations configurations;
    private final DriverChanges changes;
    private final Reconciliation reconciliation;
    private final DriverStates states;
    private final Turns turns;
    private final Events events;
    /** Which of all changes was the last of each driver. */
    private final Map<String, Long> changed = new ConcurrentHashMap<>();

    private final AtomicLong count = new AtomicLong();
    /** By who has found them. */
    private final Map<String, List<String>> warnings = new ConcurrentSkipListMap<>();

    /**
     * For the service registry.
     *
     * @param bootFinished is there when the features service has read its repositories: before that it knows no feature
     */
    @Activate
    public FeatureDrivers(
            BundleContext context,
            @Reference FeaturesService service,
            @Reference BootFinished bootFinished,
            @Reference DriverServices services,
            @Reference Configurations configurations,
            @Reference Revisions revisions,
            @Reference Gateway gateway,
            @Reference Storage storage,
            @Reference Events events,
            @Reference Scheduler scheduler,
            @Reference Calls calls,
            @Reference Clock clock) {
        this(
                service,
                new RunningBundles(context, services),
                new Depot(storage, gateway.home()),
                configurations,
                revisions,
                events,
                scheduler,
                calls,
                clock);
        tellOfTheStart(context.getProperty("headgate.start.warnings"));
    }

    private FeatureDrivers(
            FeaturesService service,
            Framework framework,
            Depot depot,
            Configurations configurations,
            Revisions revisions,
            Events events,
            Scheduler scheduler,
            Calls calls,
            Clock clock) {
        this(
                new KarafCatalog(service, depot::owns),
                framework,
                depot,
                configurations,
                revisions,
                events,
                scheduler,
                calls,
                clock);
    }

    FeatureDrivers(
            Catalog catalog,
            Framework framework,
            Depot depot,
            Configurations configurations,
            Revisions revisions,
            Events events,
            Scheduler scheduler,
            Calls calls,
            Clock clock) {
        this.catalog = catalog;
        this.configurations = configurations;
        changes = new DriverChanges(catalog, framework, depot, configurations, new Keeping(revisions));
        reconciliation = new Reconciliation(catalog, framework, depot, changes);
        states = new DriverStates(catalog, framework, depot, changes);
        turns = new Turns(scheduler.loop("drivers"), calls, clock);
        this.events = events;
    }

    @Deactivate
    void stop() {
        turns.close();
    }

    /** Makes the installed features what the configuration wants, when it is its turn. */
    CompletionStage<List<String>> settle() {
        return turns.takeSurely(DriverChanges.KEY, this::reconciled).whenComplete((found, failure) -> {
            if (failure != null) {
                LOG.warn("the wanted drivers could not be installed: {}", failure.getMessage());
            }
            warn(DriverChanges.FILE, failure == null ? found : List.of("drivers: " + failure.getMessage()));
        });
    }

    /** Runs something that must not happen while a driver is changed. */
    <T> CompletionStage<T> inTurn(String name, Callable<T> call) {
        return turns.take(name, call);
    }

    /** Takes a file into the depot; in turn only. */
    void keep(Object owner, DriverFile file, Path path) throws Exception {
        changes.keep(owner, file, path);
    }

    /** Deletes what nothing names; in turn only. */
    void prune(Object owner) throws Exception {
        changes.pruneAll(owner);
    }

    private List<String> reconciled() throws Exception {
        boolean broken = configurations
                .text(DriverChanges.FILE)
                .filter(text -> SettingsText.parse(text).broken().isPresent())
                .isPresent();
        if (broken) {
            return List.of(DriverChanges.FILE + " cannot be read; the drivers stay as they are");
        }
        Set<FeatureId> before = catalog.installed();
        Settings gateway = new Settings(configurations.values(DriverChanges.FILE));
        List<String> found = reconciliation.run(GatewaySettings.of(gateway).broker());
        if (!catalog.installed().equals(before)) {
            count.incrementAndGet();
        }
        return found;
    }

    /** How many changes there have been; what was refused before may succeed when there are more. */
    long changes() {
        return count.get();
    }

    /** Which of these changes was the last of a driver by request; 0 for none. */
    long lastChange(String driver) {
        return changed.getOrDefault(driver, 0L);
    }

    /** Repeats what the launcher found in the settings before there was a log: one line each. */
    void tellOfTheStart(String lines) {
        List<String> said = lines == null
                ? List.of()
                : lines.lines().filter(line -> !line.isBlank()).toList();
        said.forEach(line -> LOG.warn("{}", line));
        warn("", said);
    }

    /** Replaces what somebody has to warn of. */
    void warn(String source, List<String> lines) {
        warnings.put(source, List.copyOf(lines));
    }

    @Override
    public List<DriverStatus> list() {
        return states.list();
    }

    @Override
    public CompletionStage<DriverChange> change(
            DriverRequest request, boolean touchingOthers, Consumer<DriverChange> before) {
        return change(request, DriverChanges.BY, touchingOthers, before);
    }

    @Override
    public CompletionStage<DriverChange> change(
            DriverRequest request, String by, boolean touchingOthers, Consumer<DriverChange> before) {
        return turns.take(name(request), () -> changes.change(request, by, touchingOthers, before))
                .whenComplete((done, failure) -> {
                    if (failure == null) {
                        tell(request, done);
                    }
                });
    }

    @Override
    public List<String> warnings() {
        List<String> all = new ArrayList<>();
        warnings.values().forEach(all::addAll);
        return all;
    }

    /** What a request is about, as far as that is known before it is looked at. */
    private static String name(DriverRequest request) {
        if (request instanceof DriverRequest.FromFile from) {
            return String.valueOf(from.file().getFileName());
        }
        if (request instanceof DriverRequest.Named named) {
            return named.name();
        }
        return request instanceof DriverRequest.Rollback back ? back.name() : ((DriverRequest.Remove) request).name();
    }

    private void tell(DriverRequest request, DriverChange change) {
        if (change.isNothing()) {
            return;
        }
        changed.put(change.driver(), count.incrementAndGet());
        String state = change.after().isEmpty()
                ? "REMOVED"
                : request instanceof DriverRequest.Rollback
                        ? "ROLLED_BACK"
                        : change.before().isEmpty() ? "INSTALLED" : "UPDATED";
        String versions = change.before().isEmpty()
                ? change.after()
                : change.after().isEmpty() ? change.before() : change.before() + " to " + change.after();
        LOG.info("driver {} {} {}", change.driver(), state, versions);
        events.raise(Event.of(Event.Kind.DRIVER, change.driver(), state, versions));
    }
}
