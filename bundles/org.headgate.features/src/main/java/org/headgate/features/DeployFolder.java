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
 * that is no driver is reported once, and changes nothing. Its state belongs to the loop.
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
    /** Files that were refused, as they were then, and why. */
    private final Map<String, Stamp> refused = new HashMap<>();

    private final Map<String, String> reasons = new TreeMap<>();
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
        found.forEach((file, stamp) -> {
            Deployed.Entry known = deployed.get(file);
            boolean settled = known != null && known.stamp().equals(stamp) || stamp.equals(refused.get(file));
            if (isAtRest(file, Optional.of(stamp)) && !settled && busy.isEmpty()) {
                install(file, stamp);
            }
        });
        for (String file : List.copyOf(deployed.keySet())) {
            // After what is new: a file that was renamed is an update, not a removal.
            if (!found.containsKey(file) && isAtRest(file, Optional.empty()) && busy.isEmpty()) {
                remove(file, deployed.get(file));
            }
        }
        if (reasons.keySet().removeIf(file -> !found.containsKey(file))) {
            refused.keySet().retainAll(found.keySet());
            warn();
        }
        seen.keySet().retainAll(union(found.keySet(), deployed.keySet()));
    }

    private boolean isAtRest(String file, Optional<Stamp> stamp) {
        return stamp.equals(seen.put(file, stamp));
    }

    private void install(String file, Stamp stamp) {
        change(
                file,
                new DriverRequest.FromFile(files.path(file), Purpose.EITHER),
                plan -> {},
                done -> {
                    refused.remove(file);
                    reasons.remove(file);
                    deployed.put(file, new Deployed.Entry(stamp, done.driver(), done.after()));
                },
                why -> {
                    refused.put(file, stamp);
                    reasons.put(file, NAME + "/" + file + " changed nothing: " + why);
                    LOG.warn("{}; put a better one in its place or delete it", reasons.get(file));
                });
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
                new DriverRequest.Remove(entry.driver()),
                plan -> {
                    if (!plan.before().equals(entry.version())) {
                        throw new IllegalStateException(entry.driver() + " " + plan.before() + " is installed since");
                    }
                },
                done -> deployed.remove(file),
                why -> {
                    deployed.remove(file);
                    LOG.info("{}/{} is gone; no driver was removed: {}", NAME, file, why);
                });
    }

    private void change(
            String file,
            DriverRequest request,
            Consumer<DriverChange> before,
            Consumer<DriverChange> done,
            Consumer<String> failed) {
        busy.add(file);
        // Whoever uses what this driver exports is not asked here: then a person has to, with the command.
        drivers.change(request, false, before)
                .whenCompleteAsync(
                        (change, failure) -> {
                            busy.remove(file);
                            if (failure == null) {
                                done.accept(change);
                            } else {
                                Throwable cause =
                                        failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
                                failed.accept(cause.getMessage() == null ? cause.toString() : cause.getMessage());
                            }
                            warn();
                            save();
                        },
                        loop);
    }

    private void warn() {
        drivers.warn(NAME, List.copyOf(reasons.values()));
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
