package org.headgate.config;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.headgate.config.StoredRevision.Trial;
import org.headgate.system.api.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The change that waits to be confirmed, as the disk says it; with the lock of {@link EtcFiles} only. */
final class Waiting {
    private static final Logger LOG = LoggerFactory.getLogger(Waiting.class);

    private final RevisionFolder revisions;
    private final Clock clock;

    Waiting(RevisionFolder revisions, Clock clock) {
        this.revisions = revisions;
        this.clock = clock;
    }

    /** The newest revision, where it is to be confirmed: one that is being made before all others, those of an editor left out. */
    Optional<StoredRevision> find() throws IOException {
        Optional<StoredRevision> decided = revisions.decided();
        if (decided.isPresent()) {
            return decided.filter(some -> some.trial().isPresent());
        }
        List<Long> numbers = revisions.numbers();
        for (int i = numbers.size() - 1; i >= 0; i--) {
            try {
                StoredRevision newest = revisions.read(numbers.get(i));
                if (!newest.byHand()) {
                    return Optional.of(newest).filter(some -> some.trial().isPresent());
                }
            } catch (RevisionFolder.DamagedException damaged) {
                LOG.warn(damaged.getMessage());
            }
        }
        return Optional.empty();
    }

    /** How long it waits still: by the wall clock, but never longer than was asked for. */
    Duration left(StoredRevision tried) {
        Trial trial = tried.trial().orElseThrow();
        long left = trial.deadlineMillis() - clock.epochNanos() / 1_000_000;
        return Duration.ofMillis(Math.max(0, Math.min(left, trial.withinMillis())));
    }
}
