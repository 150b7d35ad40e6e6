package org.headgate.features;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.headgate.config.api.Revision;
import org.headgate.config.api.Revisions;
import org.headgate.config.text.SettingsText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which versions of a driver are kept beside the one that is wanted and the one before it: those that a revision names, so that going
 * back to it brings the driver back, too, and those that somebody is about to name. Thread-safe.
 */
final class Keeping {
    /** A driver may have 64 MiB; of one that changes often the newest revisions' versions must do. */
    static final int MOST = 5;

    private static final Logger LOG = LoggerFactory.getLogger(Keeping.class);

    private final Revisions revisions;
    /** What is about to be named, by who is about to name it. */
    private final Map<Object, Set<FeatureId>> expected = new ConcurrentHashMap<>();

    Keeping(Revisions revisions) {
        this.revisions = revisions;
    }

    /**
     * What must be kept at this moment; empty when the revisions cannot be asked, since then nobody knows what they name. Reads each
     * revision once.
     */
    Optional<Kept> kept() {
        try {
            List<Wishes> newest = new ArrayList<>();
            for (Revision revision : revisions.list()) {
                wishes(revision.number()).ifPresent(newest::add);
            }
            Set<FeatureId> all = new LinkedHashSet<>();
            expected.values().forEach(all::addAll);
            return Optional.of(new Kept(newest, all));
        } catch (RuntimeException unknown) {
            LOG.warn("old versions of drivers stay: the revisions cannot be asked: {}", unknown.getMessage());
            return Optional.empty();
        }
    }

    /**
     * What must be kept.
     *
     * @param newest the drivers that the revisions name, the newest first
     * @param expected what somebody is about to name
     */
    record Kept(List<Wishes> newest, Set<FeatureId> expected) {
        /** The versions of a driver that the newest revisions name, at most {@link #MOST}, and all that are expected. */
        Set<String> versions(String driver) {
            Set<String> versions = newest.stream()
                    .flatMap(wishes -> wishes.of(driver).stream())
                    .filter(version -> !version.isEmpty())
                    .distinct()
                    .limit(MOST)
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            expected.stream().filter(id -> id.driver().equals(driver)).forEach(id -> versions.add(id.version()));
            return versions;
        }
    }

    /** Somebody will name it. */
    void expect(Object owner, FeatureId version) {
        expected.computeIfAbsent(owner, first -> ConcurrentHashMap.newKeySet()).add(version);
    }

    /** Who was about to name something has done so by now, or never will; what others are about to name stays. */
    void expectNothing(Object owner) {
        expected.remove(owner);
    }

    private Optional<Wishes> wishes(long revision) {
        try {
            Map<String, String> files = revisions.files(revision);
            return SettingsText.parse(files.getOrDefault(GatewaySettings.FILE, ""))
                    .entry(GatewaySettings.DRIVERS)
                    .map(entry -> Wishes.parse(Optional.of(entry.value())));
        } catch (IOException unreadable) {
            // One that is damaged is not listed, and one that is not kept any more names nothing.
            if (revisions.list().stream().anyMatch(kept -> kept.number() == revision)) {
                throw new UncheckedIOException(unreadable);
            }
            return Optional.empty();
        }
    }
}
