package org.headgate.features;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
    private final Set<FeatureId> expected = ConcurrentHashMap.newKeySet();

    Keeping(Revisions revisions) {
        this.revisions = revisions;
    }

    /** The versions of a driver that the newest revisions name, at most {@link #MOST}, and all that are expected. */
    Set<String> versions(String driver) {
        Set<String> versions = new LinkedHashSet<>();
        for (Revision revision : revisions.list()) {
            if (versions.size() == MOST) {
                break;
            }
            wishes(revision.number())
                    .flatMap(wishes -> wishes.of(driver))
                    .filter(version -> !version.isEmpty())
                    .ifPresent(versions::add);
        }
        for (FeatureId id : expected) {
            if (id.driver().equals(driver)) {
                versions.add(id.version());
            }
        }
        return versions;
    }

    /** Somebody will name it. */
    void expect(FeatureId version) {
        expected.add(version);
    }

    /** Whoever was about to name something has done so by now, or never will. */
    void expectNothing() {
        expected.clear();
    }

    private Optional<Wishes> wishes(long revision) {
        try {
            Map<String, String> files = revisions.files(revision);
            return SettingsText.parse(files.getOrDefault(GatewaySettings.FILE, ""))
                    .entry(GatewaySettings.DRIVERS)
                    .map(entry -> Wishes.parse(Optional.of(entry.value())));
        } catch (IOException damaged) {
            // Its versions cannot be known; what others name stays.
            LOG.debug("revision {} names no drivers", revision, damaged);
            return Optional.empty();
        }
    }
}
