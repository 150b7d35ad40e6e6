package org.headgate.uplink.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.headgate.outbox.api.OutboxBatch;
import org.headgate.outbox.api.OutboxLog;
import org.headgate.system.api.Loop;
import org.headgate.system.api.Outcome;
import org.headgate.uplink.api.Link;
import org.headgate.uplink.api.PayloadFormat;

/**
 * Moves batches from the log to the link: a window of them is on its way at a time, each is encoded when it is sent and
 * settled when the server has answered. Everything runs on the uplink's loop but reading and encoding, which may block.
 */
final class Sender {
    private final UplinkSettings settings;
    private final Surroundings with;
    private final Loop loop;
    private final String owner;
    private final Progress progress;
    private final Backoff backoff;
    private final Map<Long, Outgoing> inFlight = new TreeMap<>();
    private Optional<OutboxLog> log = Optional.empty();
    private Optional<Link> link = Optional.empty();
    private Optional<PayloadFormat> format = Optional.empty();
    private long session;
    private long nextToken;
    private boolean fetching;
    private boolean readable;
    private boolean stale;

    Sender(UplinkSettings settings, Surroundings with, Loop loop, Progress progress, Backoff backoff) {
        this.settings = settings;
        this.with = with;
        this.loop = loop;
        this.progress = progress;
        this.backoff = backoff;
        owner = "uplink:" + settings.name();
    }

    /** A batch on its way. */
    private record Outgoing(OutboxBatch batch, String topic, byte[] payload) {}

    /** Where batches come from. */
    void from(OutboxLog opened) {
        log = Optional.of(opened);
        opened.onReadable(() -> loop.execute(() -> {
            readable = true;
            pump();
        }));
    }

    void connected(Link made, PayloadFormat as) {
        session++;
        link = Optional.of(made);
        format = Optional.of(as);
        stale = true;
        pump();
    }

    void disconnected() {
        session++;
        link = Optional.empty();
        format = Optional.empty();
        inFlight.clear();
    }

    /** Sends as many batches as the window has room for. */
    private void pump() {
        if (link.isEmpty() || fetching) {
            return;
        }
        OutboxLog from = log.orElseThrow();
        if (stale) {
            // What the former link had not acknowledged comes first.
            from.rewind();
            stale = false;
            readable = true;
        }
        int room = Math.min(settings.link().inFlight(), link.get().window()) - inFlight.size();
        if (room <= 0 || !readable) {
            return;
        }
        fetching = true;
        readable = false;
        long mine = session;
        PayloadFormat as = format.orElseThrow();
        with.calls()
                .submit(
                        owner,
                        () -> fetch(from, as, room),
                        Duration.ZERO,
                        loop,
                        batches -> fetched(mine, room, batches));
    }

    /** Reads and encodes; on a thread that may block. */
    private List<Outgoing> fetch(OutboxLog from, PayloadFormat as, int room) {
        List<Outgoing> batches = new ArrayList<>(room);
        while (batches.size() < room) {
            Optional<OutboxBatch> next = from.next();
            if (next.isEmpty()) {
                break;
            }
            OutboxBatch batch = next.get();
            try {
                byte[] payload = as.encode(settings.link().gateway(), batch, settings.timeUnit());
                batches.add(new Outgoing(batch, settings.topicOf(batch.stream()), payload));
            } catch (RuntimeException defect) {
                from.refuse(batch, "cannot be encoded as " + settings.format() + ": " + defect);
            }
        }
        return batches;
    }

    private void fetched(long mine, int room, Outcome<List<Outgoing>> outcome) {
        fetching = false;
        List<Outgoing> batches = outcome.value().orElse(List.of());
        if (mine != session) {
            stale = true;
            pump();
            return;
        }
        readable |= batches.size() == room;
        for (Outgoing outgoing : batches) {
            inFlight.put(nextToken, outgoing);
            link.orElseThrow().send(nextToken++, outgoing.topic(), outgoing.payload());
        }
        pump();
    }

    void acknowledged(long token) {
        Outgoing sent = inFlight.remove(token);
        if (sent != null) {
            log.orElseThrow().acknowledge(sent.batch());
            backoff.works();
            progress.acknowledged(sent.batch().rows().size(), sent.payload().length);
            pump();
        }
    }

    void refused(long token, String why) {
        Outgoing sent = inFlight.remove(token);
        if (sent != null) {
            OutboxLog from = log.orElseThrow();
            with.calls()
                    .submit(
                            owner,
                            () -> {
                                from.refuse(sent.batch(), why);
                                return true;
                            },
                            Duration.ZERO,
                            loop,
                            outcome -> pump());
        }
    }
}
