package org.headgate.uplink.runtime;

import java.time.Duration;
import java.util.Optional;

/**
 * Finds the message on which a server hangs up instead of refusing it (MQTT 3.1.1 has no other way, 4.8). After the link was
 * lost some times with the same message waiting longest, that one is sent alone, over a link that has held for a while
 * without it; when the link breaks soon after that again, it is the message's fault. A bad network rarely looks like this.
 */
final class Suspicion {
    /** How long a link must hold before the suspect is sent. */
    static final Duration QUIET = Duration.ofSeconds(5);
    /** How long a server may take to answer. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final long SOON = Duration.ofSeconds(10).toNanos();
    private static final int LOSSES = 3;

    private final Poison poison = new Poison();
    private final Arrived arrived = new Arrived();
    private Optional<Poison.Key> suspect = Optional.empty();
    private int losses;

    /** What was found out; may be asked by any thread. */
    Poison poison() {
        return poison;
    }

    /** What has arrived of batches that have not as a whole; may be asked by any thread. */
    Arrived arrived() {
        return arrived;
    }

    /** Whether messages are to go one at a time. */
    boolean alone() {
        return losses >= LOSSES;
    }

    /**
     * The link was lost.
     *
     * @param first the message that has waited longest for its acknowledgement, of those that carry a batch
     * @param inFlight how many were on their way
     * @param waitedNanos how long the first one was
     */
    void lost(Flight first, int inFlight, long waitedNanos) {
        Poison.Key key = first.shipment().orElseThrow().key(first.piece().from());
        if (!suspect.equals(Optional.of(key))) {
            suspect = Optional.of(key);
            losses = 1;
        } else if (alone() && inFlight == 1 && waitedNanos <= SOON) {
            poison.found(key, first.piece().rows());
            suspect = Optional.empty();
            losses = 0;
        } else {
            losses++;
        }
    }

    /** A batch was acknowledged or set aside. */
    void settled(Poison.Key batch) {
        poison.settled(batch);
        arrived.settled(batch);
        if (suspect.map(Poison.Key::whole).equals(Optional.of(batch.whole()))) {
            suspect = Optional.empty();
            losses = 0;
        }
    }
}
