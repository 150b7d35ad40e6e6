package org.headgate.uplink.runtime;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Function;
import java.util.function.Supplier;
import org.headgate.data.api.DropReason;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Loop;
import org.headgate.uplink.api.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles batches by the server's answers: acknowledged when all of their messages are; what is refused is cut until the rows at fault are
 * alone, and those are set aside. On the uplink's loop but cutting and setting aside, which may block.
 */
final class Deliveries {
    private static final Logger LOG = LoggerFactory.getLogger(Uplink.class);

    private final String owner;
    private final Calls calls;
    private final Loop loop;
    private final Queue<Flight> ready;
    private final Suspicion suspicion;
    private final OutageBackOff backOff;
    private final Progress progress;
    private final Runnable done;
    private final Queue<Asked> asked = new ArrayDeque<>();
    private Optional<Cutter> cutter = Optional.empty();
    private long session;
    private int busy;
    private int unborn;

    /**
     * Nothing is to be settled yet.
     *
     * @param ready where messages wait to be sent
     * @param done hears that something is not under way any more, or is to be
     */
    Deliveries(
            String owner,
            Calls calls,
            Loop loop,
            Queue<Flight> ready,
            Suspicion suspicion,
            OutageBackOff backOff,
            Progress progress,
            Runnable done) {
        this.owner = owner;
        this.calls = calls;
        this.loop = loop;
        this.ready = ready;
        this.suspicion = suspicion;
        this.backOff = backOff;
        this.progress = progress;
        this.done = done;
    }

    /** What the session wants to say, and whether batches wait for it. */
    private record Asked(Supplier<List<Message>> messages, Function<Message, Flight> as) {}

    /** A link is there. */
    void by(Cutter encoder) {
        session++;
        unborn = 0;
        cutter = Optional.of(encoder);
    }

    /** The link is gone: what was on its way is sent again by the next one. */
    void forget() {
        session++;
        cutter = Optional.empty();
        asked.clear();
    }

    /** The session wants messages to be made that carry no batch; before there is a link they wait for it. */
    void ask(Supplier<List<Message>> messages, Function<Message, Flight> as) {
        asked.add(new Asked(messages, as));
        done.run();
    }

    /**
     * Has the session make what it wants to say: as a call of its own while nothing is encoded, so that messages go out in the order in which the
     * format made, and perhaps numbered, them.
     *
     * @param encoding whether batches are being encoded
     */
    void speak(boolean encoding) {
        if (encoding || asked.isEmpty() || cutter.isEmpty() || isBusy()) {
            return;
        }
        busy++;
        long mine = session;
        Asked next = asked.poll();
        calls.submit(owner, next.messages()::get, Duration.ZERO, loop, outcome -> {
            busy--;
            outcome.failure().ifPresent(defect -> LOG.warn("{}: the format has failed", owner, defect));
            if (mine == session) {
                outcome.value().ifPresent(made -> load(made, next.as()));
            }
            done.run();
        });
    }

    /** Whether something is being cut, set aside or said: until then nothing may be read, lest it comes again. */
    boolean isBusy() {
        return busy > 0;
    }

    /** Whether something is on its way, or about to be, that batches wait for. */
    boolean isUnborn() {
        return unborn > 0;
    }

    /** Puts messages that carry no batch where messages wait to be sent. */
    void load(List<Message> messages, Function<Message, Flight> as) {
        for (Message message : messages) {
            Flight flight = as.apply(message);
            unborn += flight.isBirth() ? 1 : 0;
            ready.add(flight);
        }
    }

    /** Puts pieces of a batch where messages wait to be sent. */
    void load(Shipment shipment, List<Piece> pieces) {
        for (Piece piece : pieces) {
            shipment.open += piece.messages().size();
            piece.messages().forEach(message -> ready.add(Flight.of(message, shipment, piece)));
        }
    }

    void acknowledged(Flight flight) {
        unborn -= flight.isBirth() ? 1 : 0;
        flight.shipment().ifPresent(shipment -> {
            shipment.bytes += flight.message().payload().length;
            if (flight.message().qos() > 0) {
                suspicion.doubts().passed(shipment.key(0), shipment.batch.stream());
            }
            if (shipment.isComplete(flight.piece())) {
                suspicion.arrived().acknowledged(shipment.key(0), flight.piece());
                suspicion.condemned().passed(shipment.batch.stream());
                backOff.works();
            }
            answered(shipment);
        });
    }

    /**
     * The server has had an error of its own at a message: of its batch nothing more is sent until the log gives it out again.
     *
     * @return whose fault it is
     */
    Doubts.Finding failed(Flight flight, String why) {
        if (flight.isBirth()) {
            return Doubts.Finding.SERVER;
        }
        if (flight.isAnswer()) {
            refused(flight, why);
            return Doubts.Finding.OPEN;
        }
        if (flight.shipment().isEmpty()) {
            // Nothing says it again but another session.
            warn(flight, why);
            return Doubts.Finding.SERVER;
        }
        Shipment shipment = flight.shipment().get();
        if (shipment.left) {
            return Doubts.Finding.OPEN;
        }
        shipment.left = true;
        ready.removeIf(other -> other.shipment().equals(flight.shipment()));
        cutter.ifPresent(by -> by.unsaid(shipment.fitted));
        return suspicion.failed(flight, why);
    }

    private void warn(Flight flight, String why) {
        // Whoever asks a command names the topic of its answer.
        LOG.warn("{}: {} refused: {}", owner, flight.message().toString().replaceAll("\\p{C}", "?"), why);
    }

    void refused(Flight flight, String why) {
        if (flight.shipment().isEmpty()) {
            warn(flight, why);
            flight.reply().ifPresent(reply -> ready.add(Flight.standIn(reply.insteadOf(why))));
        }
        flight.shipment().filter(shipment -> !shipment.left).ifPresent(shipment -> {
            Piece piece = flight.piece();
            cutter.ifPresent(by -> by.unsaid(shipment.fitted));
            String scope = piece.scope(flight.message());
            if (piece.rows() > 1 && shipment.cuts(piece, scope)) {
                cut(shipment, piece, scope, why);
                return;
            }
            if (piece.rows() == 1) {
                shipment.refuse(piece.from(), piece.to(), why);
            }
            answered(shipment);
        });
    }

    /** Sends the halves of a refused piece, or of a topic's message; its own one stays open until they wait to be sent. */
    private void cut(Shipment shipment, Piece piece, String scope, String why) {
        busy++;
        long mine = session;
        Cutter by = cutter.orElseThrow();
        calls.submit(owner, () -> by.halves(shipment.fitted, piece, scope), Duration.ZERO, loop, outcome -> {
            busy--;
            if (shipment.left) {
                by.unsaid(shipment.fitted);
            } else if (mine == session) {
                outcome.value()
                        .ifPresentOrElse(
                                cut -> {
                                    load(shipment, cut.pieces());
                                    cut.tooLarge().forEach(row -> shipment.refuse(row, row + 1, why));
                                },
                                () -> {
                                    by.unsaid(shipment.fitted);
                                    shipment.refuse(piece.from(), piece.to(), why);
                                });
                answered(shipment);
            }
            done.run();
        });
    }

    /** One message of it is answered, one way or the other. */
    private void answered(Shipment shipment) {
        if (--shipment.open > 0) {
            return;
        }
        int passed = shipment.batch.rows().size() - shipment.refused.size();
        suspicion.settled(shipment.key(0), shipment.batch.stream(), passed > 0);
        if (passed > 0) {
            backOff.works();
            suspicion.condemned().passed(shipment.batch.stream());
            progress.acknowledged(passed, shipment.bytes, shipment.pieces.size(), shipment.batch.resent());
        }
        if (shipment.refused.isEmpty()) {
            shipment.source.log().acknowledge(shipment.batch);
        } else {
            setAside(shipment, new ArrayList<>(shipment.refused));
        }
    }

    private void setAside(Shipment shipment, List<Integer> rows) {
        busy++;
        calls.submit(
                owner,
                () -> {
                    shipment.source.log().drop(shipment.batch, rows, DropReason.REFUSED, shipment.why);
                    return true;
                },
                Duration.ZERO,
                loop,
                outcome -> {
                    busy--;
                    done.run();
                });
    }
}
