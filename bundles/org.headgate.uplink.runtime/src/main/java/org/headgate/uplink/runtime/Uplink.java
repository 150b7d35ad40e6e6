package org.headgate.uplink.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.headgate.outbox.api.OutboxLog;
import org.headgate.outbox.api.OutboxName;
import org.headgate.stream.api.OverflowPolicy;
import org.headgate.stream.api.Subscription;
import org.headgate.system.api.Loop;
import org.headgate.system.api.Outcome;
import org.headgate.uplink.api.Incoming;
import org.headgate.uplink.api.Link;
import org.headgate.uplink.api.LinkListener;
import org.headgate.uplink.api.LinkSettings;
import org.headgate.uplink.api.Message;
import org.headgate.uplink.api.Outlet;
import org.headgate.uplink.api.PayloadFormat;
import org.headgate.uplink.api.PayloadSettings;
import org.headgate.uplink.api.Transport;
import org.headgate.uplink.api.UplinkStatus;
import org.headgate.uplink.api.UplinkStatus.State;

/**
 * One uplink: bus, outbox log, link. Its loop is the only writer of its state; what may block (the disk, connecting, closing)
 * runs as a call, one of a kind at a time. A link is named by its session number, so that whatever a former one still
 * says is not heard.
 */
final class Uplink {
    private static final int QUEUE = 10_000;
    private static final Duration SUCCESSION = Duration.ofSeconds(2);
    private static final Duration REOPEN = Duration.ofSeconds(2);

    private final UplinkSettings settings;
    private final Surroundings with;
    private final Loop loop;
    private final String owner;
    private final OutageBackOff backOff;
    private final Progress progress;
    private final Sender sender;
    private final Held held = new Held();
    private final Inlet inlet;
    private volatile Optional<OutboxLog> log = Optional.empty();
    private volatile Optional<Subscription> subscription = Optional.empty();
    private volatile Optional<Link> link = Optional.empty();
    private Optional<Transport> transport = Optional.empty();
    private Optional<PayloadFormat> format = Optional.empty();
    private final List<CompletableFuture<Void>> releases = new ArrayList<>();
    private long session;
    private boolean connecting;
    private int closing;
    private boolean retrying;
    private Optional<String> lostEarly = Optional.empty();

    Uplink(UplinkSettings settings, Surroundings with, Totals totals, ClockHold hold) {
        this.settings = settings;
        this.with = with;
        owner = "uplink:" + settings.name();
        loop = with.scheduler().loop(owner);
        backOff = new OutageBackOff(with.clock(), with.randomness());
        inlet = new Inlet(OutboxName.of(settings.name()), with.outbox(), hold);
        progress = new Progress(settings, with.clock(), with.events(), totals, hold);
        sender = new Sender(settings, with, loop, progress, hold, backOff, this::offline, this::releaseWhenIdle);
    }

    String name() {
        return settings.name();
    }

    String transportName() {
        return settings.transport();
    }

    String formatName() {
        return settings.format();
    }

    Trial trial() {
        return new Trial(settings, with);
    }

    UplinkStatus status() {
        return progress.status();
    }

    void start() {
        if (settings.invalid().isPresent()) {
            progress.state(State.INVALID, settings.invalid().get());
        } else if (!settings.enabled()) {
            progress.state(State.DISABLED, "");
        } else {
            subscription = Optional.of(with.bus()
                    .subscribe(
                            "outbox:" + settings.name(), settings.streams(), QUEUE, OverflowPolicy.DROP_NEWEST, inlet));
            loop.execute(this::openLog);
        }
    }

    /** Ends everything: blocks while rows that wait are committed and the link is closed. */
    void close() {
        // An edit of the file makes the uplink anew within milliseconds: its rows must not fall between the two.
        subscription.ifPresent(open -> open.handOver(SUCCESSION));
        loop.close();
        inlet.close();
        held.close();
    }

    /** The transport has come or gone. Completes when nothing of the former one is in use any more. */
    CompletableFuture<Void> use(Optional<Transport> found) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.execute(() -> {
            transport = found;
            if (found.isPresent()) {
                done.complete(null);
                connect();
            } else {
                releases.add(done);
                disconnect(State.WAITING_FOR_TRANSPORT, settings.missing(transport));
                releaseWhenIdle();
            }
        });
        return done;
    }

    /** The payload format has come or gone. Completes when the former one is not in use any more. */
    CompletableFuture<Void> format(Optional<PayloadFormat> found) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.execute(() -> {
            format = found;
            if (found.isPresent()) {
                done.complete(null);
            } else {
                releases.add(done);
                disconnect(State.WAITING_FOR_TRANSPORT, settings.missing(transport));
                releaseWhenIdle();
            }
            connect();
        });
        return done;
    }

    private void openLog() {
        with.calls()
                .submit(
                        owner,
                        () -> held.keep(inlet.open(settings.outbox(), sender::readable)),
                        Duration.ZERO,
                        loop,
                        this::logOpened);
    }

    private void logOpened(Outcome<OutboxLog> outcome) {
        if (outcome.failure().isPresent()) {
            progress.state(State.OFFLINE, "outbox: " + outcome.failure().get().getMessage());
            loop.schedule(REOPEN, this::openLog);
            return;
        }
        OutboxLog opened = outcome.value().orElseThrow();
        log = outcome.value();
        sender.from(opened);
        connect();
    }

    private void connect() {
        if (log.isEmpty() || link.isPresent() || connecting || retrying) {
            return;
        }
        if (transport.isEmpty() || format.isEmpty()) {
            progress.state(State.WAITING_FOR_TRANSPORT, settings.missing(transport));
            return;
        }
        Transport through = transport.get();
        Optional<LinkSettings> current = settings.current();
        if (current.isEmpty()) {
            offline(settings.missingSecret());
            return;
        }
        try {
            through.check(current.get());
        } catch (IllegalArgumentException wrong) {
            progress.state(State.INVALID, wrong.getMessage());
            return;
        }
        if (!progress.is(State.OFFLINE)) {
            progress.state(State.CONNECTING, "");
        }
        connecting = true;
        lostEarly = Optional.empty();
        long mine = ++session;
        with.calls()
                .<Link>submit(
                        owner,
                        () -> held.keep(through.open(current.get(), new Ear(mine))),
                        settings.link().timeout().plusSeconds(2),
                        loop,
                        outcome -> connected(mine, outcome))
                .late(held::release);
    }

    private void connected(long mine, Outcome<Link> outcome) {
        connecting = false;
        if (mine != session || lostEarly.isPresent()) {
            outcome.value().ifPresent(this::closeLink);
        }
        if (mine != session) {
            releaseWhenIdle();
            connect();
        } else if (outcome.value().isEmpty() || lostEarly.isPresent()) {
            offline(lostEarly.orElseGet(() -> why(outcome)));
        } else {
            link = outcome.value();
            progress.connected();
            backOff.connected();
            sender.connected(
                    link.get(),
                    format.orElseThrow()
                            .open(
                                    new PayloadSettings(
                                            settings.name(), settings.link().gateway(), settings.timeUnit(), Map.of()),
                                    silent()));
        }
    }

    private static Outlet silent() {
        return new Outlet() {
            @Override
            public void send(Supplier<List<Message>> messages) {}

            @Override
            public void ready(boolean now) {}

            @Override
            public void reconnect(String why) {}
        };
    }

    private static String why(Outcome<Link> outcome) {
        return outcome.failure()
                .map(failure -> failure.getMessage() == null ? failure.toString() : failure.getMessage())
                .orElse("the transport gave no link");
    }

    private void offline(String why) {
        sender.lost();
        disconnect(State.OFFLINE, why);
        Duration delay = backOff.next();
        progress.state(State.OFFLINE, why + "; next try in " + delay.toMillis() + " ms");
        retrying = true;
        loop.schedule(delay, () -> {
            retrying = false;
            connect();
        });
    }

    private void disconnect(State state, String why) {
        session++;
        sender.disconnected();
        link.ifPresent(this::closeLink);
        link = Optional.empty();
        if (log.isPresent()) {
            progress.state(state, why);
        }
    }

    private void closeLink(Link old) {
        closing++;
        with.calls()
                .submit(
                        owner,
                        () -> {
                            held.release(old);
                            return true;
                        },
                        Duration.ofSeconds(4),
                        loop,
                        outcome -> {
                            closing--;
                            releaseWhenIdle();
                        });
    }

    /** Nothing is open of the transport or format that has gone, and no thread of ours is inside of it. */
    private void releaseWhenIdle() {
        if (link.isEmpty() && !connecting && closing == 0 && !sender.isBusy()) {
            releases.forEach(done -> done.complete(null));
            releases.clear();
        }
    }

    /** Hears one link, on whatever thread, and tells the loop. */
    private final class Ear implements LinkListener {
        private final long mine;

        Ear(long mine) {
            this.mine = mine;
        }

        @Override
        public void acknowledged(long token) {
            loop.execute(() -> {
                if (mine == session) {
                    sender.acknowledged(token);
                }
            });
        }

        @Override
        public void refused(long token, String why) {
            loop.execute(() -> {
                if (mine == session) {
                    sender.refused(token, why);
                }
            });
        }

        @Override
        public void received(Incoming message) {
            // Nobody has asked for any.
        }

        @Override
        public void lost(String why) {
            loop.execute(() -> {
                if (mine == session && connecting) {
                    lostEarly = Optional.of(why);
                } else if (mine == session) {
                    offline(why);
                }
            });
        }
    }
}
