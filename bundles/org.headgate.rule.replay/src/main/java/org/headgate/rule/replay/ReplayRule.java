package org.headgate.rule.replay;

import java.time.Duration;
import org.headgate.rule.language.Query;

/**
 * A rule that is replayed.
 *
 * @param name the name of its stream
 * @param query its text, parsed
 * @param timing which time it runs in
 */
public record ReplayRule(String name, Query query, Timing timing) {
    /**
     * The time of a rule.
     *
     * @param event whether rows belong to their own time, and not to the one at which they arrive
     * @param late how far behind the newest row one may come, in event time
     */
    public record Timing(boolean event, Duration late) {
        /** Rows belong to the instant at which they arrive. */
        public static final Timing PROCESSING = new Timing(false, Duration.ZERO);
    }
}
