package org.headgate.features;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.headgate.config.api.Change;
import org.headgate.config.api.Configurations;
import org.headgate.device.api.DriverChange;
import org.headgate.device.api.DriverRequest;
import org.headgate.features.Keeping.Kept;
import org.headgate.features.RefusedException.Remedy;
import org.headgate.features.Targets.Target;
import org.osgi.framework.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes drivers: finds out what a request means, says what it touches, does it, and undoes it when the driver does not come up. The
 * order on disk is file, history of what ran until then, wish: whenever the process dies, the next start brings the version of the wish,
 * and a rollback the one that ran before it. Blocks; one thread at a time.
 */
final class DriverChanges {
    static final String FILE = GatewaySettings.FILE;
    static final String KEY = GatewaySettings.DRIVERS;

    /** Who changes drivers when nobody asked for it: the folder of deployed files. */
    static final String BY = "drivers";

    /** How long a driver may take until it offers itself. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(DriverChanges.class);

    private final Catalog catalog;
    private final Framework framework;
    private final Depot depot;
    private final Configurations configurations;
    private final Targets targets;
    private final Keeping keeping;

    DriverChanges(Catalog catalog, Framework framework, Depot depot, Configurations configurations, Keeping keeping) {
        this.keeping = keeping;
        this.catalog = catalog;
        this.framework = framework;
        this.depot = depot;
        this.configurations = configurations;
        this.targets = new Targets(catalog, framework, depot);
    }

    /** Does what the gateway itself asks for, or nothing. */
    DriverChange change(DriverRequest request, boolean touchingOthers, Consumer<DriverChange> before) throws Exception {
        return change(request, BY, touchingOthers, before);
    }

    /** Does what somebody asks for, or nothing. */
    DriverChange change(DriverRequest request, String by, boolean touchingOthers, Consumer<DriverChange> before)
            throws Exception {
        Wishes wishes = wishes();
        Target target = targets.of(request, wishes);
        Optional<FeatureId> running = targets.running(target.driver());
        // Without its files the features service has forgotten the feature, not the bundle.
        Set<String> own = running.isPresent()
                ? catalog.locations(running.get())
                : framework.locations(depot.location(target.driver()));
        if (target.file().isPresent()) {
            targets.check(target.file().get(), own);
        }
        boolean asWished = wishes.of(target.driver()).equals(target.wish());
        boolean orphaned = target.feature().isEmpty() && !own.isEmpty();
        boolean replaced = !running.equals(target.feature()) || orphaned;
        if (!replaced && asWished) {
            return plan(target, running, Set.of());
        }
        Optional<FeatureId> until = running.isEmpty() && target.feature().isEmpty()
                ? targets.leftBehind(target.driver(), own, wishes)
                : running;
        DriverChange plan = plan(target, until, replaced ? own : Set.of());
        before.accept(plan);
        if (!plan.others().isEmpty() && !touchingOthers) {
            throw new RefusedException(target.said() + ": " + String.join(", ", plan.others())
                    + " would be restarted, too (expected: --yes)");
        }
        Optional<FeatureId> stored = store(target);
        try {
            if (replaced && target.feature().isEmpty()) {
                remove(until, own);
            } else if (replaced) {
                swap(target, own);
            }
            remember(target, by, wishes);
        } catch (Exception failed) {
            String undone = undo(target, running, own, stored);
            throw failed instanceof InterruptedException
                    ? failed
                    : new RefusedException(said(target.said(), failed) + undone, remedy(failed));
        }
        try {
            if (target.wish().isPresent()) {
                depot.remember(target.driver(), target.wish().get());
            }
            prune(Set.of(target.driver()));
            catalog.tidy();
        } catch (Exception later) {
            // What was asked for is done; the next start tidies up.
            LOG.warn("{}: old versions are still there: {}", target.driver(), later.getMessage());
        }
        return plan;
    }

    Wishes wishes() {
        return Wishes.parse(configurations.value(FILE, KEY));
    }

    /** Deletes what no rollback of these drivers, nor one of the whole set-up, can bring back; nothing where that is not known. */
    void prune(Collection<String> drivers) throws Exception {
        Optional<Kept> needed = keeping.kept();
        if (needed.isEmpty()) {
            return;
        }
        for (String driver : drivers) {
            Optional<String> wish = wishes().of(driver);
            Set<String> kept = new HashSet<>(needed.get().versions(driver));
            wish.ifPresent(kept::add);
            depot.previous(driver, wish, targets.distribution(driver).isPresent())
                    .ifPresent(kept::add);
            depot.keepOnly(driver, kept);
        }
    }

    private DriverChange plan(Target target, Optional<FeatureId> running, Set<String> own) {
        String before = running.map(FeatureId::version).orElse("");
        String after = target.feature().map(FeatureId::version).orElse("");
        boolean older = !before.isEmpty()
                && !after.isEmpty()
                && Version.parseVersion(after).compareTo(Version.parseVersion(before)) < 0;
        return new DriverChange(
                target.driver(),
                before,
                after,
                framework.names(own),
                framework.dependents(own),
                older ? after + " is older than " + before : "");
    }

    /** Takes a file into the depot, unless it is there already; returns what would have to be deleted again. */
    private Optional<FeatureId> store(Target target) throws Exception {
        return target.file().isEmpty()
                ? Optional.empty()
                : store(target.file().get(), target.path().orElseThrow());
    }

    /** Takes a file in that a later change of the wish will name; it stays until its owner expects nothing any more. */
    void keep(Object owner, DriverFile file, Path path) throws Exception {
        if (depot.has(file.feature()) && !depot.isSame(file, part -> DriverFileReader.open(path, part))) {
            throw new RefusedException(
                    file.file() + ": another build of this version is kept here (expected: the same)");
        }
        keeping.expect(owner, file.feature());
        if (!depot.has(file.feature())) {
            store(file, path);
        }
    }

    /** Deletes what nothing names, now that what an owner expected has been named or never will be. */
    void pruneAll(Object owner) throws Exception {
        keeping.expectNothing(owner);
        prune(keptDrivers());
    }

    private Optional<FeatureId> store(DriverFile file, Path path) throws Exception {
        if (depot.isSame(file)) {
            return Optional.empty();
        }
        try {
            depot.store(file, part -> DriverFileReader.open(path, part));
            if (!DriverFileReader.digest(path).equals(file.digest())) {
                depot.delete(file.feature());
                throw new RefusedException(file.file() + ": changed while it was read");
            }
        } catch (IOException failed) {
            depot.delete(file.feature());
            depot.sweep();
            throw new RefusedException(said(file.file(), failed));
        }
        return Optional.of(file.feature());
    }

    private void remove(Optional<FeatureId> feature, Set<String> own) throws Exception {
        if (feature.isPresent()) {
            try {
                catalog.uninstall(Set.of(feature.get()));
            } catch (IllegalArgumentException forgotten) {
                LOG.debug("{}: {}", feature.get(), forgotten.getMessage());
            }
        }
        // What is left belongs to no feature: its files are lost.
        framework.uninstall(own);
        framework.release(own);
    }

    private void swap(Target target, Set<String> own) throws Exception {
        FeatureId feature = target.feature().get();
        catalog.install(Set.of(feature), repositories(feature));
        Set<String> now = catalog.locations(feature);
        framework.release(union(own, now));
        Optional<String> problem = framework.awaitDriver(target.driver(), now, PATIENCE);
        if (problem.isPresent()) {
            throw new RefusedException(target.said() + ": " + problem.get(), Remedy.ANOTHER_CHANGE);
        }
    }

    /** The history learns of the new version after the wish only: one that was cut off never ran, and no rollback brings it. */
    private void remember(Target target, String by, Wishes wishes) throws IOException {
        Optional<String> until = wishes.of(target.driver());
        if (until.isPresent()) {
            depot.remember(target.driver(), until.get());
        }
        String wanted = wishes().with(target.driver(), target.wish()).toString();
        configurations.change(Change.by(by, target.said()).set(FILE, KEY, wanted));
    }

    /** Everything back; returns what to add to the reason when not even that can be done: then the next start will. */
    private String undo(Target target, Optional<FeatureId> running, Set<String> own, Optional<FeatureId> stored) {
        try {
            restore(target, running, own);
            if (stored.isPresent()) {
                depot.delete(stored.get());
            }
            return "";
        } catch (Exception failed) {
            LOG.warn("{}: cannot go back: {}", target.driver(), failed.getMessage());
            return "; going back failed, too: restart the gateway";
        }
    }

    /** Back to what ran before. */
    private void restore(Target target, Optional<FeatureId> running, Set<String> own) throws Exception {
        Set<String> failed = target.feature().isPresent()
                ? catalog.locations(target.feature().get())
                : Set.of();
        Set<FeatureId> installed = catalog.installed();
        if (running.isPresent()) {
            if (!running.equals(target.feature())) {
                catalog.install(Set.of(running.get()), repositories(running.get()));
                framework.awaitDriver(target.driver(), own, PATIENCE);
            }
        } else if (target.feature().filter(installed::contains).isPresent()) {
            catalog.uninstall(Set.of(target.feature().get()));
        }
        if (!running.equals(target.feature())) {
            framework.release(union(failed, own));
        }
        catalog.tidy();
    }

    Set<URI> repositories(FeatureId feature) throws IOException {
        return feature.isDriver() && depot.has(feature) ? Set.of(depot.repository(feature)) : Set.of();
    }

    private static Remedy remedy(Exception failure) {
        return failure instanceof RefusedException refused ? refused.remedy() : Remedy.TIME;
    }

    private static String said(String what, Exception failure) {
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        String line = message.lines().findFirst().orElse("").strip();
        return failure instanceof RefusedException ? line : what + ": " + line;
    }

    private static Set<String> union(Set<String> some, Set<String> others) {
        Set<String> all = new HashSet<>(some);
        all.addAll(others);
        return all;
    }

    /** All drivers that the depot knows. */
    List<String> keptDrivers() throws IOException {
        return depot.versions().stream().map(FeatureId::driver).distinct().toList();
    }
}
