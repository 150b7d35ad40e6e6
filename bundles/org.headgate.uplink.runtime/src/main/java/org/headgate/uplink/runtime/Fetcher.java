package org.headgate.uplink.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.headgate.data.api.DropReason;
import org.headgate.outbox.api.Lane;
import org.headgate.outbox.api.OutboxBatch;
import org.headgate.outbox.api.OutboxLog;
import org.headgate.outbox.api.Priority;

/**
 * Chooses what is sent next, reads and encodes it: the highest priority first, in it what is live before the backlog, unless the backlog is
 * due. On a thread that may block, one fetch at a time.
 */
final class Fetcher {
    /** What waits for the clock, or for what the server says of its stream, is looked at again. */
    private static final Duration LOOK = Duration.ofMillis(200);

    private final UplinkSettings settings;
    private final List<Source> sources;
    private final ClockHold hold;
    private final Budget budget;
    private final Pace pace;
    private final Suspicion suspicion;

    Fetcher(
            UplinkSettings settings,
            List<Source> sources,
            ClockHold hold,
            Budget budget,
            Pace pace,
            Suspicion suspicion) {
        this.settings = settings;
        this.sources = List.copyOf(sources);
        this.hold = hold;
        this.budget = budget;
        this.pace = pace;
        this.suspicion = suspicion;
    }

    /**
     * What was read.
     *
     * @param shipments in the order in which they are to go
     * @param more whether there may be more
     * @param pause when to look again: some lane waits for the clock, for an answer or for the backlog's rate; zero when none does
     */
    record Fetched(List<Shipment> shipments, boolean more, Duration pause) {}

    /** Batches of so many messages, or somewhat more. */
    Fetched fetch(Cutter cutter, int room) {
        Round round = new Round(cutter);
        boolean found = true;
        boolean done = false;
        try {
            while (round.messages < room && found) {
                found = round.next();
            }
            done = true;
        } finally {
            if (!done) {
                round.shipments.forEach(shipment -> cutter.unsaid(shipment.fitted));
            }
        }
        return new Fetched(round.shipments, found, round.held ? LOOK : round.pause);
    }

    private final class Round {
        private final Cutter cutter;
        private final List<Shipment> shipments = new ArrayList<>();
        private int messages;
        private boolean held;
        private Doubts.Turn turn = Doubts.Turn.GO;
        private Duration pause = Duration.ZERO;

        Round(Cutter cutter) {
            this.cutter = cutter;
        }

        /** Takes the next batch of the highest priority that has one; false when there is none. */
        boolean next() {
            pause = Duration.ZERO;
            for (Source source : sources) {
                if (next(source)) {
                    return true;
                }
            }
            return false;
        }

        private boolean next(Source source) {
            if (pace.comesFirst(source.priority()) && take(source, Lane.BACKLOG)) {
                return true;
            }
            if (take(source, Lane.LIVE)) {
                return true;
            }
            Duration left = pace.left(source.priority());
            pause = left.isZero() ? pause : left;
            return left.isZero() && take(source, Lane.BACKLOG);
        }

        private boolean take(Source source, Lane lane) {
            Optional<OutboxBatch> next = source.log().next(lane, batch -> isWanted(source, batch));
            next.ifPresent(batch -> {
                suspicion.doubts().read(key(source, batch), batch.stream(), turn);
                if (turn == Doubts.Turn.LATER) {
                    return;
                }
                if (lane == Lane.BACKLOG) {
                    pace.sent(source.priority(), batch.rows().size());
                }
                ship(source, batch);
            });
            return next.isPresent();
        }

        private boolean isWanted(Source source, OutboxBatch batch) {
            turn = suspicion.doubts().turn(key(source, batch), batch.stream());
            boolean wanted = turn != Doubts.Turn.WAIT
                    && hold.lets(batch, settings.sending().maxHold());
            held |= !wanted;
            return wanted;
        }

        private void ship(Source source, OutboxBatch batch) {
            if (source.priority() != Priority.HIGH && !budget.lets(source.priority())) {
                drop(source, batch, DropReason.BUDGET, "the budget of the month");
                return;
            }
            Shipment shipment;
            try {
                shipment = encoded(source, batch);
            } catch (RuntimeException defect) {
                cutter.unsaid(batch);
                drop(source, batch, DropReason.REFUSED, "cannot be encoded as " + settings.format() + ": " + defect);
                return;
            } catch (LinkageError gone) {
                // The format's bundle is being replaced: not the batch's fault.
                cutter.unsaid(batch);
                throw new IllegalStateException(gone.toString());
            }
            if (shipment.pieces.stream().allMatch(piece -> piece.messages().isEmpty())) {
                settle(shipment);
                return;
            }
            shipments.add(shipment);
            for (Piece piece : shipment.pieces) {
                messages += piece.messages().size();
                if (source.priority() != Priority.HIGH) {
                    budget.spend(piece.bytes());
                }
            }
        }

        /** Nothing of it is to be sent: what is neither refused nor has arrived has no value to tell, and has passed. */
        private void settle(Shipment shipment) {
            suspicion.poison().settled(shipment.key(0));
            suspicion.arrived().settled(shipment.key(0));
            suspicion.doubts().settled(shipment.key(0), shipment.batch.stream(), false);
            OutboxLog log = shipment.source.log();
            if (shipment.refused.isEmpty()) {
                log.acknowledge(shipment.batch);
            } else {
                log.drop(shipment.batch, List.copyOf(shipment.refused), DropReason.REFUSED, shipment.why);
            }
        }

        private Shipment encoded(Source source, OutboxBatch batch) {
            OutboxBatch fitted = hold.fitted(batch);
            Poison.Key key = key(source, batch);
            Poison poison = suspicion.poison();
            BitSet arrived = suspicion.arrived().rows(key);
            if (suspicion.condemned().holds(batch.stream())) {
                String aside = suspicion.condemned().why(batch.stream());
                Shipment none = new Shipment(source, batch, fitted, List.of());
                IntStream.range(0, batch.rows().size())
                        .filter(row -> !arrived.get(row))
                        .forEach(row -> none.refuse(row, row + 1, aside + " what this stream sends"));
                return none;
            }
            Cutter.Cut cut = poison.suspects(key)
                    ? cutter.single(fitted, poison.guilty(key), arrived)
                    : cutter.whole(fitted, arrived);
            Shipment shipment = new Shipment(source, batch, fitted, cut.pieces());
            cut.tooLarge().forEach(row -> shipment.refuse(row, row + 1, "larger than the server takes"));
            poison.guilty(key).forEach(row -> shipment.refuse(row, row + 1, poison.why(key) + " it"));
            return shipment;
        }

        private Poison.Key key(Source source, OutboxBatch batch) {
            return new Poison.Key(source.priority(), batch.position(), 0);
        }

        private void drop(Source source, OutboxBatch batch, DropReason reason, String why) {
            suspicion.poison().settled(key(source, batch));
            suspicion.doubts().settled(key(source, batch), batch.stream(), false);
            source.log()
                    .drop(batch, IntStream.range(0, batch.rows().size()).boxed().toList(), reason, why);
        }
    }
}
