package org.headgate.uplink.runtime;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.headgate.system.api.Loop;
import org.headgate.system.api.Outcome;
import org.headgate.uplink.api.Link;
import org.headgate.uplink.api.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves batches from the logs to the link: a window of messages is on its way at a time, each batch is encoded when it is sent and settled
 * when the server has answered for all of it. Everything runs on the uplink's loop but reading, encoding and dropping, which may block.
 */
final class Sender {
    private static final Logger LOG = LoggerFactory.getLogger(Uplink.class);
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final UplinkSettings settings;
    private final Surroundings with;
    private final Loop loop;
    private final String owner;
    private final ClockHold hold;
    private final Budget budget;
    private final Answers answers;
    private final Consumer<String> trouble;
    private final Runnable idle;
    private final Suspicion suspicion;
    private final Deliveries deliveries;
    private final Pace pace;
    private final Waking waking;
    private final Waking again;
    private final Silence silence;
    private final InFlight inFlight = new InFlight();
    private final ArrayDeque<Flight> ready = new ArrayDeque<>();
    private List<Source> sources = List.of();
    private Optional<Link> link = Optional.empty();
    private Optional<Cutter> cutter = Optional.empty();
    private long session;
    private boolean fetching;
    private boolean readable;
    private boolean stale;
    private boolean split;
    private boolean quiet;
    private boolean open = true;
    private boolean waiting;

    /**
     * A sender without a link.
     *
     * @param trouble hears that the link does not do its work
     * @param idle hears that the format is not in use any more
     */
    Sender(
            UplinkSettings settings,
            Surroundings with,
            Loop loop,
            Progress progress,
            Memory memory,
            OutageBackOff backOff,
            Consumer<String> trouble,
            Runnable idle) {
        this.trouble = trouble;
        this.idle = idle;
        this.settings = settings;
        this.with = with;
        this.loop = loop;
        hold = memory.hold();
        budget = memory.budget();
        answers = memory.answers();
        owner = "uplink:" + settings.name();
        suspicion = new Suspicion(owner, with.clock());
        progress.watch(suspicion);
        deliveries = new Deliveries(owner, with.calls(), loop, ready, suspicion, backOff, progress, () -> {
            idle.run();
            pump();
        });
        pace = new Pace(
                with.clock(),
                settings.sending().backlogRate(),
                settings.sending().backlogShare());
        waking = new Waking(with.clock(), loop, () -> {
            waiting = false;
            readable = true;
            pump();
        });
        silence = new Silence(with.clock(), loop, inFlight, () -> {
            lost();
            // The next link sends again what this one owes.
            trouble.accept("no acknowledgement within " + Suspicion.PATIENCE.toSeconds() + " s");
        });
        again = new Waking(with.clock(), loop, () -> {
            stale = true;
            pump();
        });
    }

    /** Where batches come from, the highest priority first. */
    void from(List<Source> opened) {
        sources = opened;
        readable();
    }

    /** There is something to read; on any thread. */
    void readable() {
        loop.execute(() -> {
            readable = true;
            pump();
        });
    }

    /**
     * A link is there.
     *
     * @param births what goes first; batches follow when it is acknowledged
     * @param outage whether what waits is a backlog
     */
    void connected(Link made, Cutter encoder, List<Message> births, boolean outage) {
        session++;
        link = Optional.of(made);
        cutter = Optional.of(encoder);
        deliveries.by(encoder);
        stale = true;
        waiting = false;
        split = outage;
        long mine = session;
        silence.begin();
        quiet = suspicion.alone();
        if (quiet) {
            loop.schedule(Suspicion.QUIET, () -> {
                quiet &= mine != session;
                pump();
            });
        }
        deliveries.load(births, Flight::birth);
        pump();
    }

    boolean isBusy() {
        return fetching || deliveries.isBusy();
    }

    /** The server has broken the link, perhaps because of what was on its way. */
    void lost() {
        long now = with.clock().monotonicNanos();
        inFlight.firstBatch().ifPresent(first -> suspicion.lost(first, inFlight.size(), now - first.sinceNanos()));
    }

    void disconnected() {
        session++;
        silence.end();
        if (link.isPresent()) {
            sources.forEach(source -> source.log().linkDown());
        }
        link = Optional.empty();
        cutter = Optional.empty();
        inFlight.clear();
        ready.clear();
        open = true;
        deliveries.forget();
    }

    Deliveries deliveries() {
        return deliveries;
    }

    void open(boolean now) {
        open = now;
        pump();
    }

    private int window() {
        return suspicion.alone()
                ? 1
                : Math.min(settings.link().inFlight(), link.orElseThrow().window());
    }

    private void send() {
        for (int room = window() - inFlight.size(); room > 0; room--) {
            boolean rows = !ready.isEmpty() || mayRead() && readable && !waiting;
            Flight flight = answers.next(rows)
                    .map(reply -> Flight.of(reply, link.orElseThrow().messageLimit()))
                    .orElseGet(ready::poll);
            if (flight == null) {
                return;
            }
            long token = inFlight.add(flight.at(with.clock().monotonicNanos()));
            link.orElseThrow().send(token, flight.message());
        }
    }

    private boolean mayRead() {
        return !(sources.isEmpty() || fetching || quiet || deliveries.isUnborn() || deliveries.isBusy() || !open);
    }

    /** Sends as many answers and batches as the window has room for. */
    void pump() {
        if (link.isEmpty()) {
            return;
        }
        // What the server has failed at is read again when its time has come.
        suspicion.doubts().again().ifPresent(again::in);
        send();
        deliveries.speak(fetching);
        if (!mayRead()) {
            return;
        }
        if (stale) {
            // Where this link reads again, what was read is sent and answered first, lest it goes twice.
            if (inFlight.firstBatch().isPresent() || !ready.isEmpty()) {
                return;
            }
            // What the former link had not acknowledged comes first.
            sources.forEach(source -> source.log().linkUp(split));
            suspicion.doubts().rewound();
            split = false;
            stale = false;
            readable = true;
        }
        int room = window() - inFlight.size();
        if (room <= 0 || !readable || !ready.isEmpty() || waiting) {
            return;
        }
        fetching = true;
        readable = false;
        long mine = session;
        Cutter as = cutter.orElseThrow();
        Fetcher fetcher = new Fetcher(settings, sources, hold, budget, pace, suspicion);
        with.calls()
                .submit(owner, () -> fetcher.fetch(as, room), Duration.ZERO, loop, outcome -> fetched(mine, outcome));
    }

    private void fetched(long mine, Outcome<Fetcher.Fetched> outcome) {
        fetching = false;
        if (outcome.failure().isPresent()) {
            // What was read before it failed has to be read again.
            LOG.warn("{}: reading failed: {}", owner, outcome.failure().get().toString());
            stale = true;
            waiting = true;
            waking.in(AGAIN);
            idle.run();
            return;
        }
        if (mine != session) {
            idle.run();
            stale = true;
            pump();
            return;
        }
        Fetcher.Fetched fetched = outcome.value().orElseThrow();
        readable |= fetched.more();
        if (!fetched.pause().isZero()) {
            waking.in(fetched.pause());
        }
        fetched.shipments().forEach(shipment -> deliveries.load(shipment, shipment.pieces));
        pump();
    }

    void acknowledged(long token) {
        inFlight.remove(token).ifPresent(flight -> {
            deliveries.acknowledged(flight);
            pump();
        });
    }

    void refused(long token, String why) {
        inFlight.remove(token).ifPresent(flight -> {
            if (flight.isBirth()) {
                trouble.accept(flight.message() + " refused: " + why);
            } else {
                deliveries.refused(flight, why);
                pump();
            }
        });
    }

    /** The server has had an error of its own at a message. */
    void failed(long token, String why) {
        inFlight.remove(token).ifPresent(flight -> {
            Doubts.Finding finding = deliveries.failed(flight, why);
            if (finding == Doubts.Finding.SERVER) {
                trouble.accept(why);
            } else {
                stale |= finding != Doubts.Finding.OPEN;
                pump();
            }
        });
    }
}
