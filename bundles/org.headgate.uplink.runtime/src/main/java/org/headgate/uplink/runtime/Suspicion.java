package org.headgate.uplink.runtime;

import java.time.Duration;

/**
 * Finds the message on which a server hangs up instead of refusing it (MQTT 3.1.1 has no other way, 4.8). After the link was
 * lost some times with the same message waiting longest, that one is sent alone, over a link that has held for a while
 * without it; when the link breaks soon after that again, it is the message's fault. A bad network rarely looks like this.
 */
final class Suspicion {
    /** How long a link must hold before the suspect is sent. */
    static final Duration QUIET = Duration.ofSeconds(5);

    private static final long SOON = Duration.ofSeconds(10).toNanos();
    private static final int LOSSES = 3;
    private static final long NOBODY = -1;

    private long suspect = NOBODY;
    private int losses;

    /** Whether messages are to go one at a time. */
    boolean alone() {
        return losses >= LOSSES;
    }

    /**
     * The link was lost.
     *
     * @param first the position of the batch that has waited longest for its acknowledgement
     * @param inFlight how many were on their way
     * @param waitedNanos how long the first one was
     * @return whether the first one is to blame
     */
    boolean lost(long first, int inFlight, long waitedNanos) {
        if (first != suspect) {
            suspect = first;
            losses = 1;
            return false;
        }
        boolean guilty = alone() && inFlight == 1 && waitedNanos <= SOON;
        losses++;
        return guilty;
    }

    /** A batch was acknowledged or refused. */
    void settled(long position) {
        if (position == suspect) {
            suspect = NOBODY;
            losses = 0;
        }
    }
}
