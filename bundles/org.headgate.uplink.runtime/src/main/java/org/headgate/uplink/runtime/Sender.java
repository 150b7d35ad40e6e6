package org.headgate.uplink.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.headgate.data.api.DropReason;
import org.headgate.outbox.api.Lane;
import org.headgate.outbox.api.OutboxBatch;
import org.headgate.outbox.api.OutboxLog;
import org.headgate.system.api.Loop;
import org.headgate.system.api.Outcome;
import org.headgate.uplink.api.Link;
import org.headgate.uplink.api.Message;
import org.headgate.uplink.api.PayloadSession;
import org.headgate.uplink.api.Route;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves batches from the log to the link: a window of them is on its way at a time, each is encoded when it is sent and
 * settled when the server has answered. Everything runs on the uplink's loop but reading and encoding, which may block.
 */
final class Sender {
    private static final Logger LOG = LoggerFactory.getLogger(Uplink.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final Duration LOOK = Duration.ofMillis(200);

    private final UplinkSettings settings;
    private final Surroundings with;
    private final Loop loop;
    private final String owner;
    private final Progress progress;
    private final ClockHold hold;
    private final OutageBackOff backOff;
    private final Consumer<String> trouble;
    private final Runnable idle;
    private final Suspicion suspicion = new Suspicion();
    private final TreeMap<Long, Sent> inFlight = new TreeMap<>();
    private Optional<OutboxLog> log = Optional.empty();
    private Optional<Link> link = Optional.empty();
    private Optional<PayloadSession> format = Optional.empty();
    private long session;
    private long nextToken;
    private boolean fetching;
    private boolean readable;
    private boolean stale;
    private boolean quiet;
    private boolean holding;
    private int refusing;

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
            Consumer<String> trouble,
            Runnable idle) {
        this.trouble = trouble;
        this.idle = idle;
        this.settings = settings;
        this.with = with;
        this.loop = loop;
        this.progress = progress;
        this.hold = hold;
        this.backOff = backOff;
        owner = "uplink:" + settings.name();
    }

    /** A batch on its way. */
    private record Outgoing(OutboxBatch batch, List<Message> messages) {}

    /** What was read, and whether the batch behind it has to wait for the clock. */
    private record Fetched(List<Outgoing> batches, boolean held) {}

    /** A batch that waits for its answer, and since when. */
    private static final class Sent {
        final OutboxBatch batch;
        final int length;
        final long nanos;
        int unanswered;

        Sent(Outgoing outgoing, long nanos) {
            batch = outgoing.batch();
            unanswered = outgoing.messages().size();
            length = outgoing.messages().stream()
                    .mapToInt(message -> message.payload().length)
                    .sum();
            this.nanos = nanos;
        }
    }

    /** Where batches come from. */
    void from(OutboxLog opened) {
        log = Optional.of(opened);
        readable();
    }

    /** There is something to read; on any thread. */
    void readable() {
        loop.execute(() -> {
            readable = true;
            if (log.isPresent()) {
                pump();
            }
        });
    }

    void connected(Link made, PayloadSession as) {
        session++;
        link = Optional.of(made);
        format = Optional.of(as);
        stale = true;
        long mine = session;
        watch(mine);
        quiet = suspicion.alone();
        if (quiet) {
            loop.schedule(Suspicion.QUIET, () -> {
                quiet &= mine != session;
                pump();
            });
        }
        pump();
    }

    /** Whether the format is in use. */
    boolean isBusy() {
        return fetching;
    }

    /** The server has broken the link. */
    void lost() {
        if (inFlight.isEmpty()) {
            return;
        }
        Sent first = inFlight.firstEntry().getValue();
        long waited = with.clock().monotonicNanos() - first.nanos;
        if (suspicion.lost(first.batch.position(), inFlight.size(), waited)) {
            refuse(first.batch, "the server hangs up on it");
        }
    }

    /** A server that answers nothing, or forgets one answer, is left: the next link sends again what it owes. */
    private void watch(long mine) {
        loop.schedule(PATIENCE.dividedBy(4), () -> {
            if (mine != session) {
                return;
            }
            long now = with.clock().monotonicNanos();
            if (!inFlight.isEmpty() && now - inFlight.firstEntry().getValue().nanos > PATIENCE.toNanos()) {
                trouble.accept("no acknowledgement within " + PATIENCE.toSeconds() + " s");
            } else {
                watch(mine);
            }
        });
    }

    void disconnected() {
        session++;
        link = Optional.empty();
        format = Optional.empty();
        inFlight.clear();
    }

    /** Sends as many batches as the window has room for. */
    private void pump() {
        if (link.isEmpty() || fetching || quiet || refusing > 0) {
            return;
        }
        OutboxLog from = log.orElseThrow();
        if (stale) {
            if (!inFlight.isEmpty()) {
                return;
            }
            // What the former link had not acknowledged comes first.
            from.linkUp(false);
            stale = false;
            holding = false;
            readable = true;
        }
        int window = suspicion.alone()
                ? 1
                : Math.min(settings.link().inFlight(), link.get().window());
        int room = window - inFlight.size();
        if (room <= 0 || !readable || holding) {
            return;
        }
        fetching = true;
        readable = false;
        long mine = session;
        PayloadSession as = format.orElseThrow();
        with.calls()
                .submit(
                        owner,
                        () -> fetch(from, as, room),
                        Duration.ZERO,
                        loop,
                        batches -> fetched(mine, room, batches));
    }

    /** Reads and encodes; on a thread that may block. */
    private Fetched fetch(OutboxLog from, PayloadSession as, int room) {
        List<Outgoing> batches = new ArrayList<>(room);
        AtomicBoolean held = new AtomicBoolean();
        while (batches.size() < room) {
            Optional<OutboxBatch> next = from.next(Lane.LIVE, batch -> {
                held.set(!hold.lets(batch, settings.maxHold()));
                return !held.get();
            });
            if (next.isEmpty()) {
                break;
            }
            OutboxBatch batch = next.get();
            try {
                Route route = new Route(settings.topicOf(batch.stream()), 1, false);
                batches.add(new Outgoing(batch, as.encode(hold.fitted(batch), route)));
            } catch (RuntimeException defect) {
                drop(from, batch, "cannot be encoded as " + settings.format() + ": " + defect);
            } catch (LinkageError gone) {
                // The format's bundle is being replaced: not the batch's fault.
                throw new IllegalStateException(gone.toString());
            }
        }
        return new Fetched(batches, held.get());
    }

    private void fetched(long mine, int room, Outcome<Fetched> outcome) {
        fetching = false;
        if (outcome.failure().isPresent()) {
            // What was read before it failed has to be read again.
            LOG.warn("{}: reading failed: {}", owner, outcome.failure().get().toString());
            stale = true;
            loop.schedule(AGAIN, this::pump);
            idle.run();
            return;
        }
        if (mine != session) {
            idle.run();
            stale = true;
            pump();
            return;
        }
        Fetched fetched = outcome.value().orElseThrow();
        List<Outgoing> batches = fetched.batches();
        readable |= batches.size() == room;
        if (fetched.held()) {
            holding = true;
            awaitClock(mine);
        }
        for (Outgoing outgoing : batches) {
            long now = with.clock().monotonicNanos();
            Sent sent = new Sent(outgoing, now);
            for (Message message : outgoing.messages()) {
                inFlight.put(nextToken, sent);
                link.orElseThrow().send(nextToken++, message);
            }
        }
        pump();
    }

    /** The batch that comes next waits for the clock: nothing is read until it may go. */
    private void awaitClock(long mine) {
        loop.schedule(LOOK, () -> {
            if (mine != session || !holding) {
                return;
            }
            if (hold.left(settings.maxHold()).isZero()) {
                holding = false;
                readable = true;
                pump();
            } else {
                awaitClock(mine);
            }
        });
    }

    void acknowledged(long token) {
        Sent sent = inFlight.remove(token);
        if (sent != null && --sent.unanswered == 0) {
            log.orElseThrow().acknowledge(sent.batch);
            suspicion.settled(sent.batch.position());
            backOff.works();
            progress.acknowledged(sent.batch.rows().size(), sent.length);
            pump();
        }
    }

    void refused(long token, String why) {
        Sent sent = inFlight.remove(token);
        if (sent != null) {
            refuse(sent.batch, why);
        }
    }

    private static void drop(OutboxLog from, OutboxBatch batch, String why) {
        from.drop(batch, IntStream.range(0, batch.rows().size()).boxed().toList(), DropReason.REFUSED, why);
    }

    /** Sets a batch aside; until that is done nothing is read, lest it comes again. */
    private void refuse(OutboxBatch batch, String why) {
        OutboxLog from = log.orElseThrow();
        suspicion.settled(batch.position());
        refusing++;
        with.calls()
                .submit(
                        owner,
                        () -> {
                            drop(from, batch, why);
                            return true;
                        },
                        Duration.ZERO,
                        loop,
                        outcome -> {
                            refusing--;
                            pump();
                        });
    }
}
