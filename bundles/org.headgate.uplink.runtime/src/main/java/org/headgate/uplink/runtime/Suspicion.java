package org.headgate.uplink.runtime;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.headgate.system.api.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the message on which a server hangs up instead of refusing it (MQTT 3.1.1 has no other way, 4.8). After the link was
 * lost some times with the same message waiting longest, that one is sent alone, over a link that has held for a while
 * without it; when the link breaks soon after that again, it is the message's fault. A bad network rarely looks like this. The rows of a
 * batch that was found out go alone from the first time on, and each is as innocent as the batch was until it has been lost as often.
 * Where the server answers with an error of its own, {@link Doubts} finds out whose fault that is; what follows is the same.
 */
final class Suspicion {
    /** How long a link must hold before the suspect is sent. */
    static final Duration QUIET = Duration.ofSeconds(5);
    /** How long a server may take to answer. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final long SOON = Duration.ofSeconds(10).toNanos();
    private static final int LOSSES = 3;
    private static final String HANGS_UP = "the server hangs up on";
    /** How long a batch that was found out is waited for: it may have been given up meanwhile. */
    private static final long TRIAL = Duration.ofMinutes(2).toNanos();

    private static final Logger LOG = LoggerFactory.getLogger(Uplink.class);

    private final String owner;
    private final Clock clock;
    private final Condemned condemned;

    private final Poison poison = new Poison();
    private final Arrived arrived = new Arrived();
    private final Doubts doubts;
    private Optional<Poison.Key> suspect = Optional.empty();
    private int losses;
    private long foundNanos;

    Suspicion(String owner, Clock clock) {
        this.owner = owner;
        this.clock = clock;
        condemned = new Condemned(clock);
        doubts = new Doubts(clock);
    }

    /** What was found out; may be asked by any thread. */
    Poison poison() {
        return poison;
    }

    /** What has arrived of batches that have not as a whole; may be asked by any thread. */
    Arrived arrived() {
        return arrived;
    }

    /** Whose rows are set aside unsent; may be asked by any thread. */
    Condemned condemned() {
        return condemned;
    }

    /** At what the server has had errors of its own; may be asked by any thread. */
    Doubts doubts() {
        return doubts;
    }

    /** What of this a user should know; empty for nothing. */
    String detail() {
        return Stream.of(condemned.detail(), doubts.detail())
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("; "));
    }

    /** Whether messages are to go one at a time. */
    boolean alone() {
        return losses >= LOSSES || !poison.isEmpty() && clock.monotonicNanos() - foundNanos < TRIAL;
    }

    /**
     * The link was lost.
     *
     * @param first the message that has waited longest for its acknowledgement, of those that carry a batch
     * @param inFlight how many were on their way
     * @param waitedNanos how long the first one was
     */
    void lost(Flight first, int inFlight, long waitedNanos) {
        Shipment shipment = first.shipment().orElseThrow();
        Poison.Key key = shipment.key(first.piece().from());
        boolean known = suspect.equals(Optional.of(key));
        boolean onTrial = alone() && inFlight == 1 && waitedNanos <= SOON;
        losses = known ? losses + 1 : 1;
        suspect = Optional.of(key);
        if (onTrial && losses > LOSSES) {
            suspect = Optional.empty();
            losses = 0;
            foundNanos = clock.monotonicNanos();
            poison.found(key, first.piece().rows(), HANGS_UP);
            if (first.piece().rows() == 1) {
                condemn(shipment.batch.stream(), HANGS_UP);
            }
        }
    }

    /** The server has had an error of its own at a message that carries a batch. */
    Doubts.Finding failed(Flight flight, String code) {
        Shipment shipment = flight.shipment().orElseThrow();
        Poison.Key key = shipment.key(flight.piece().from());
        Doubts.Finding finding = doubts.failed(key, shipment.batch.stream());
        if (finding == Doubts.Finding.MESSAGE || finding == Doubts.Finding.STREAM) {
            String why = "the server answers with " + code + " to";
            int rows = flight.piece().rows();
            poison.found(key, rows, why);
            if (rows == 1 && finding == Doubts.Finding.STREAM) {
                condemn(shipment.batch.stream(), why);
            }
        }
        return finding;
    }

    private void condemn(String stream, String why) {
        if (condemned.guilty(stream, why)) {
            LOG.warn("{}: {}", owner, condemned.detail());
        }
    }

    /** A batch was acknowledged or set aside; whether the server has taken anything of it. */
    void settled(Poison.Key batch, String stream, boolean taken) {
        doubts.settled(batch, stream, taken);
        poison.settled(batch);
        arrived.settled(batch);
        if (suspect.map(Poison.Key::whole).equals(Optional.of(batch.whole()))) {
            suspect = Optional.empty();
            losses = 0;
        }
    }
}
