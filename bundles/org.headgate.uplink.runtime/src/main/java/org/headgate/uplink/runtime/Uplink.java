package org.headgate.uplink.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.headgate.outbox.api.OutboxName;
import org.headgate.system.api.Loop;
import org.headgate.system.api.Outcome;
import org.headgate.uplink.api.Incoming;
import org.headgate.uplink.api.LinkSettings;
import org.headgate.uplink.api.PayloadFormat;
import org.headgate.uplink.api.RemoteCommands;
import org.headgate.uplink.api.Transport;
import org.headgate.uplink.api.UplinkStatus;
import org.headgate.uplink.api.UplinkStatus.State;

/**
 * One uplink: its logs and its link. Its loop is the only writer of its state; what may block (the disk, connecting, closing) runs as a
 * call, one of a kind at a time. A link is named by its session number, so that whatever a former one still says is not heard.
 */
final class Uplink {
    private final UplinkSettings settings;
    private final Surroundings with;
    private final Loop loop;
    private final String owner;
    private final OutageBackOff backOff;
    private final Carriers carriers;
    private final Progress progress;
    private final Sender sender;
    private final Memory memory;
    private final Held held = new Held();
    private final List<Intake> intakes = new ArrayList<>();
    private final Supplier<Optional<RemoteCommands>> commands;
    private final Closing closing;
    private Optional<Connection> connection = Optional.empty();
    private Optional<Transport> transport = Optional.empty();
    private Optional<PayloadFormat> format = Optional.empty();
    private Optional<Loop.Timer> retry = Optional.empty();
    private long downNanos;
    private long session;
    private boolean connecting;
    private Optional<String> lostEarly = Optional.empty();

    Uplink(UplinkSettings settings, Surroundings with, Memory memory, Supplier<Optional<RemoteCommands>> commands) {
        this.settings = settings;
        this.with = with;
        this.commands = commands;
        owner = "uplink:" + settings.name();
        loop = with.scheduler().loop(owner);
        backOff = new OutageBackOff(with.clock(), with.randomness());
        carriers = with.network().carriers();
        this.memory = memory;
        memory.budget().limit(settings.sending().budget());
        downNanos = with.clock().monotonicNanos();
        progress = new Progress(settings, with.clock(), with.events(), memory);
        sender = new Sender(settings, with, loop, progress, memory, backOff, this::offline, this::release);
        closing = new Closing(
                owner,
                with.calls(),
                loop,
                held,
                () -> connection.isEmpty() && !connecting && !sender.isBusy(),
                this::connect);
        settings.feeds()
                .forEach((priority, feed) -> intakes.add(new Intake(
                        new OutboxName(settings.name(), priority),
                        feed,
                        with,
                        loop,
                        held,
                        memory.hold(),
                        sender::readable,
                        this::opened,
                        why -> progress.state(State.OFFLINE, why))));
    }

    String name() {
        return settings.name();
    }

    UplinkSettings settings() {
        return settings;
    }

    Trial trial() {
        return new Trial(settings, with);
    }

    UplinkStatus status() {
        return progress.status(commands.get());
    }

    Memory memory() {
        return memory;
    }

    void start() {
        if (settings.invalid().isPresent()) {
            progress.state(State.INVALID, settings.invalid().get());
        } else if (!settings.enabled()) {
            progress.state(State.DISABLED, "");
        } else {
            memory.answers().hear(() -> loop.execute(sender::pump));
            memory.budget().load(loop, this::opened);
            intakes.forEach(Intake::start);
        }
    }

    /** Ends everything: blocks while rows that wait are committed and the link is closed; completes as {@link Budget#save}. */
    CompletableFuture<Void> close() {
        intakes.forEach(Intake::handOver);
        loop.close();
        intakes.forEach(Intake::close);
        held.close();
        return memory.budget().save();
    }

    /** The transport has come or gone. Completes when nothing of the former one is in use any more. */
    CompletableFuture<Void> use(Optional<Transport> found) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.execute(() -> {
            transport = found;
            changed(found.isPresent(), done);
        });
        return done;
    }

    /** The payload format has come or gone. Completes when the former one is not in use any more. */
    CompletableFuture<Void> format(Optional<PayloadFormat> found) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.execute(() -> {
            format = found;
            changed(found.isPresent(), done);
        });
        return done;
    }

    private void changed(boolean there, CompletableFuture<Void> done) {
        if (there) {
            done.complete(null);
        } else {
            disconnect(State.WAITING_FOR_TRANSPORT, settings.missing(transport));
            closing.then(done);
        }
        connect();
    }

    private void release() {
        closing.release();
    }

    private boolean isReady() {
        return !intakes.isEmpty()
                && memory.budget().isKnown()
                && intakes.stream().allMatch(intake -> intake.source().isPresent());
    }

    /** A log is open, or what the budget has cost is known. */
    private void opened() {
        if (isReady()) {
            sender.from(intakes.stream()
                    .map(intake -> intake.source().orElseThrow())
                    .toList());
            connect();
        }
    }

    private void connect() {
        if (!isReady() || connection.isPresent() || connecting || retry.isPresent()) {
            return;
        }
        if (transport.isEmpty() || format.isEmpty()) {
            progress.state(State.WAITING_FOR_TRANSPORT, settings.missing(transport));
            return;
        }
        Transport through = transport.get();
        PayloadFormat as = format.get();
        Optional<LinkSettings> current = settings.credential().in(settings.link());
        if (current.isEmpty()) {
            offline(settings.credential().missing());
            return;
        }
        try {
            through.check(current.get());
            settings.check(as);
        } catch (IllegalArgumentException wrong) {
            progress.state(State.INVALID, UplinkKeys.line(wrong));
            return;
        }
        if (!progress.is(State.OFFLINE)) {
            progress.state(State.CONNECTING, "");
        }
        connecting = true;
        lostEarly = Optional.empty();
        Hearing hearing = new Hearing(this, ++session);
        Ear ear = new Ear(hearing, settings.remote().topic());
        long mine = session;
        with.calls()
                .<Connection>submit(
                        owner,
                        () -> held.keep(Connection.open(settings, with, through, as, current.get(), ear, hearing)),
                        // Connecting takes one, subscribing another.
                        settings.link().timeout().multipliedBy(2).plusSeconds(2),
                        loop,
                        outcome -> connected(mine, outcome))
                .late(held::release);
    }

    private void connected(long mine, Outcome<Connection> outcome) {
        connecting = false;
        if (mine != session || lostEarly.isPresent()) {
            outcome.value().ifPresent(closing::close);
        }
        if (mine != session) {
            release();
            connect();
        } else if (outcome.value().isEmpty() || lostEarly.isPresent()) {
            offline(lostEarly.orElseGet(() -> Connection.why(outcome)));
        } else {
            Connection made = outcome.value().get();
            connection = outcome.value();
            progress.note(settings.remote().note(commands.get()).orElse(made.note()));
            progress.connected();
            backOff.connected();
            long down = with.clock().monotonicNanos() - downNanos;
            boolean outage = down >= settings.sending().backlogAfter().toNanos();
            sender.connected(made.link(), made.cutter(settings), made.births(), outage);
        }
    }

    private void offline(String why) {
        disconnect(State.OFFLINE, why);
        Duration delay = backOff.next();
        progress.state(State.OFFLINE, why + "; next try in " + delay.toMillis() + " ms");
        Loop.Timer pause = loop.schedule(delay, this::again);
        retry = Optional.of(pause);
        with.network().await(carriers, loop, () -> retry.filter(pause::equals).isPresent(), () -> {
            // A new network: a carrier is there before an address is, and the first tries fail.
            backOff.works();
            again();
        });
    }

    /** The pause is over, or the network has changed. */
    private void again() {
        retry.ifPresent(Loop.Timer::cancel);
        retry = Optional.empty();
        connect();
    }

    private void disconnect(State state, String why) {
        session++;
        sender.disconnected();
        if (connection.isPresent()) {
            downNanos = with.clock().monotonicNanos();
        }
        connection.ifPresent(closing::close);
        connection = Optional.empty();
        if (isReady()) {
            progress.state(state, why);
        }
    }

    /** Runs news of a link on the loop, unless it is not this uplink's own any more. */
    void hear(long mine, Runnable news) {
        loop.execute(() -> {
            if (mine == session) {
                news.run();
            }
        });
    }

    Sender sender() {
        return sender;
    }

    /** The link is gone. */
    void lost(String why) {
        if (connecting) {
            lostEarly = Optional.of(why);
        } else {
            offline(why);
        }
    }

    /** Ends the link in good order; the next one is opened when it is closed, for a server may take them for the same client. */
    void reopen(String why) {
        disconnect(State.CONNECTING, why);
    }

    /** A command has come; answered by whichever link is there then, be it another uplink's of this name. */
    void command(Incoming request) {
        RemoteCommands.Source source = settings.remote().source(settings);
        commands.get().ifPresent(found -> found.received(source, request, memory.answers()::add));
    }
}
