package org.headgate.features;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.headgate.config.api.Gateway;
import org.headgate.device.api.DriverChange;
import org.headgate.device.api.DriverRequest;
import org.headgate.device.api.DriverRequest.Purpose;
import org.headgate.features.DroppedFiles.Stamp;
import org.headgate.features.RefusedException.Remedy;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Loop;
import org.headgate.system.api.Scheduler;
import org.headgate.system.api.Storage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code HOME/deploy}: a jar or kar that is put there is installed, another one in its place updates the driver, and deleting it
 * removes the driver, as the commands would. A file is taken when two looks have found it alike, so that a half-copied one is not. One
 * that is no driver is reported once, and changes nothing; what was refused for a reason that may pass is tried again. Its state belongs to the loop.
 */
@Component(
        service = {},
        immediate = true)
public final class DeployFolder {
    private static final Duration PERIOD = Duration.ofMillis(500);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final String NAME = "deploy";
    private static final Logger LOG = LoggerFactory.getLogger(DeployFolder.class);

    private final FeatureDrivers drivers;
    private final DroppedFiles files;
    private final Deployed memory;
    private final Loop loop;
    private final Calls calls;
    private final SortedMap<String, Deployed.Entry> deployed = new TreeMap<>();
    /** Files as they were seen last; an absent one that is known is there with nothing. */
    private final Map<String, Optional<Stamp>> seen = new HashMap<>();

    private final Refusals refusals = new Refusals();
    private final Set<String> busy = new HashSet<>();

    /** Begins to watch the folder. */
    @Activate
    public DeployFolder(
            @Reference FeatureDrivers drivers,
            @Reference Gateway gateway,
            @Reference Storage storage,
            @Reference Scheduler scheduler,
            @Reference Calls calls) {
        this(drivers, new DroppedFiles(gateway.home().resolve(NAME)), new Deployed(storage), scheduler, calls);
    }

    DeployFolder(FeatureDrivers drivers, DroppedFiles files, Deployed memory, Scheduler scheduler, Calls calls) {
        this.drivers = drivers;
        this.files = files;
        this.memory = memory;
        this.calls = calls;
        loop = scheduler.loop(NAME);
        calls.submit(
                NAME,
                () -> {
                    files.prepare();
                    return memory.load();
                },
                TIMEOUT,
                loop,
                known -> {
                    known.value().ifPresent(deployed::putAll);
                    look();
                });
    }

    @Deactivate
    void close() {
        loop.close();
    }

    private void look() {
        calls.submit(NAME, files::list, TIMEOUT, loop, found -> {
            found.value().ifPresent(this::compare);
            loop.schedule(PERIOD, this::look);
        });
    }

    private void compare(SortedMap<String, Stamp> found) {
        refusals.look();
        found.forEach((file, stamp) -> {
            Deployed.Entry known = deployed.get(file);
            if (isAtRest(file, Optional.of(stamp))
                    && (known == null || !known.stamp().equals(stamp))
                    && isTime(file, Optional.of(stamp))) {
                install(file, stamp);
            }
        });
        for (String file : List.copyOf(deployed.keySet())) {
            // After what is new: a file that was renamed is an update, not a removal.
            if (!found.containsKey(file) && isAtRest(file, Optional.empty()) && isTime(file, Optional.empty())) {
                remove(file, deployed.get(file));
            }
        }
        Set<String> all = union(found.keySet(), deployed.keySet());
        if (refusals.retain(all)) {
            warn();
        }
        seen.keySet().retainAll(all);
    }

    private boolean isTime(String file, Optional<Stamp> stamp) {
        return busy.isEmpty() && !refusals.isSettled(file, stamp, drivers.changes());
    }

    private boolean isAtRest(String file, Optional<Stamp> stamp) {
        return stamp.equals(seen.put(file, stamp));
    }

    private void install(String file, Stamp stamp) {
        Optional<Long> refused = refusals.since(file, Optional.of(stamp));
        change(
                file,
                Optional.of(stamp),
                new DriverRequest.FromFile(files.path(file), Purpose.EITHER),
                plan -> {
                    if (refused.isPresent() && drivers.lastChange(plan.driver()) > refused.get()) {
                        throw new Superseded(plan);
                    }
                },
                done -> deployed.put(file, new Deployed.Entry(stamp, done.driver(), done.after())),
                why -> LOG.warn(
                        "{}/{} changed nothing: {}; put a better one in its place or delete it", NAME, file, why));
    }

    private void remove(String file, Deployed.Entry entry) {
        boolean copied = deployed.entrySet().stream()
                .anyMatch(other -> !other.getKey().equals(file) && entry.isSame(other.getValue()));
        if (copied) {
            // Under another name it is still there: the driver goes with the last of them.
            deployed.remove(file);
            save();
            return;
        }
        change(
                file,
                Optional.empty(),
                new DriverRequest.Remove(entry.driver()),
                plan -> {
                    if (!plan.before().equals(entry.version())) {
                        throw new Superseded(plan);
                    }
                },
                done -> deployed.remove(file),
                why -> LOG.info("{}/{} is gone; no driver was removed: {}", NAME, file, why));
    }

    private void change(
            String file,
            Optional<Stamp> stamp,
            DriverRequest request,
            Consumer<DriverChange> before,
            Consumer<DriverChange> done,
            Consumer<String> news) {
        busy.add(file);
        long changes = drivers.changes();
        // Whoever uses what this driver exports is not asked here: then a person has to, with the command.
        drivers.change(request, false, before)
                .whenCompleteAsync(
                        (change, failure) -> {
                            busy.remove(file);
                            if (failure == null) {
                                refusals.remove(file);
                                done.accept(change);
                            } else {
                                refuse(file, stamp, cause(failure), changes, news);
                            }
                            warn();
                            save();
                        },
                        loop);
    }

    private void refuse(String file, Optional<Stamp> stamp, Throwable cause, long changes, Consumer<String> news) {
        String why = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        Remedy remedy = cause instanceof RefusedException refused
                ? refused.remedy()
                : cause instanceof Superseded ? Remedy.ANOTHER_FILE : Remedy.TIME;
        if (stamp.isEmpty() && remedy == Remedy.ANOTHER_FILE) {
            // There is nothing to be removed.
            deployed.remove(file);
            news.accept(why);
        } else if (refusals.add(file, stamp, NAME + "/" + file + " changed nothing: " + why, remedy, changes)) {
            news.accept(why);
        }
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
    }

    /** Something else has changed the driver since. */
    private static final class Superseded extends RuntimeException {
        private static final long serialVersionUID = 1;

        Superseded(DriverChange plan) {
            super(
                    plan.before().isEmpty()
                            ? plan.driver() + " was removed since"
                            : plan.driver() + " " + plan.before() + " is installed since");
        }
    }

    private void warn() {
        drivers.warn(NAME, refusals.lines());
    }

    private void save() {
        SortedMap<String, Deployed.Entry> now = new TreeMap<>(deployed);
        calls.submit(
                NAME,
                () -> {
                    memory.save(now);
                    return true;
                },
                TIMEOUT,
                loop,
                saved ->
                        saved.failure().ifPresent(why -> LOG.warn("{} is not remembered: {}", NAME, why.getMessage())));
    }

    private static Set<String> union(Set<String> some, Set<String> others) {
        Set<String> all = new HashSet<>(some);
        all.addAll(others);
        return all;
    }
}
