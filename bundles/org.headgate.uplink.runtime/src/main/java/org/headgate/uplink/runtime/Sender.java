package org.headgate.uplink.runtime;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
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
    private static final Duration LOOK = Duration.ofMillis(200);

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
    private final TreeMap<Long, Flight> inFlight = new TreeMap<>();
    private final ArrayDeque<Flight> ready = new ArrayDeque<>();
    private List<Source> sources = List.of();
    private Optional<Link> link = Optional.empty();
    private Optional<Cutter> cutter = Optional.empty();
    private long session;
    private long nextToken;
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
            ClockHold hold,
            OutageBackOff backOff,
            Budget budget,
            Answers answers,
            Consumer<String> trouble,
            Runnable idle) {
        this.trouble = trouble;
        this.idle = idle;
        this.settings = settings;
        this.with = with;
        this.loop = loop;
        this.hold = hold;
        this.budget = budget;
        this.answers = answers;
        owner = "uplink:" + settings.name();
        suspicion = new Suspicion(owner, with.clock());
        progress.watch(suspicion.condemned());
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
        watch(mine);
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
        inFlight.values().stream()
                .filter(flight -> flight.shipment().isPresent())
                .findFirst()
                .ifPresent(first ->
                        suspicion.lost(first, inFlight.size(), with.clock().monotonicNanos() - first.sinceNanos()));
    }

    /** A server that answers nothing, or forgets one answer, is left: the next link sends again what it owes. */
    private void watch(long mine) {
        loop.schedule(Suspicion.PATIENCE.dividedBy(4), () -> {
            if (mine != session) {
                return;
            }
            long now = with.clock().monotonicNanos();
            if (!inFlight.isEmpty()
                    && now - inFlight.firstEntry().getValue().sinceNanos() > Suspicion.PATIENCE.toNanos()) {
                lost();
                trouble.accept("no acknowledgement within " + Suspicion.PATIENCE.toSeconds() + " s");
            } else {
                watch(mine);
            }
        });
    }

    void disconnected() {
        session++;
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
            Flight flight = answers.next(rows).map(Flight::of).orElseGet(ready::poll);
            if (flight == null) {
                return;
            }
            inFlight.put(nextToken, flight.at(with.clock().monotonicNanos()));
            link.orElseThrow().send(nextToken++, flight.message());
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
        send();
        deliveries.speak(fetching);
        if (!mayRead()) {
            return;
        }
        if (stale) {
            // Where reading has failed on this link, what is on its way is answered first, lest it goes twice.
            if (inFlight.values().stream().anyMatch(flight -> flight.shipment().isPresent())) {
                return;
            }
            // What the former link had not acknowledged comes first.
            sources.forEach(source -> source.log().linkUp(split));
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
        if (fetched.held()) {
            // The batch that comes next in some lane waits for the clock.
            waking.in(LOOK);
        } else if (!fetched.pause().isZero()) {
            waking.in(fetched.pause());
        }
        fetched.shipments().forEach(shipment -> deliveries.load(shipment, shipment.pieces));
        pump();
    }

    void acknowledged(long token) {
        Flight flight = inFlight.remove(token);
        if (flight == null) {
            return;
        }
        deliveries.acknowledged(flight);
        pump();
    }

    void refused(long token, String why) {
        Flight flight = inFlight.remove(token);
        if (flight != null && flight.isBirth()) {
            trouble.accept(flight.message() + " refused: " + why);
        } else if (flight != null) {
            deliveries.refused(flight, why);
            pump();
        }
    }
}
