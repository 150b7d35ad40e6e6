package org.headgate.device.runtime;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.headgate.command.api.Command;
import org.headgate.command.api.CommandResult;
import org.headgate.data.api.Row;
import org.headgate.device.api.Channel;
import org.headgate.device.api.DeviceState;
import org.headgate.device.api.DeviceStatus;
import org.headgate.device.api.Driver;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.device.channels.ChannelDefinition;
import org.headgate.system.api.Loop;
import org.headgate.system.api.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One configured device: the state machine around its connection. Everything happens on its own loop; what other threads see
 * is in volatile fields. No object of the driver's bundle is kept beyond {@link #driverGone}, its exceptions included.
 */
final class Device implements Session.Listener, Opening.Reported {
    private static final Logger LOG = LoggerFactory.getLogger(Device.class);
    private static final Duration CLAIM_AGAIN = Duration.ofSeconds(1);

    private final DeviceConfiguration configuration;
    private final World world;
    private final Loop loop;
    private final DeviceStream stream;
    private final Parts parts;
    private final Opening opening;
    private final Restarts restarts;
    private final Standing standing;
    private Optional<Driver> driver = Optional.empty();
    private Optional<Session> session = Optional.empty();
    private Optional<Loop.Timer> retry = Optional.empty();
    private boolean hasStream;
    private boolean hangs;
    private volatile boolean stopped;
    private volatile List<Channel> channels = List.of();

    /**
     * A device, which does nothing before {@link #start}.
     *
     * @param real the device's own driver, where it is installed, when another one stands in
     */
    Device(DeviceConfiguration configuration, World world, DeviceFlow flow, Supplier<Optional<Driver>> real) {
        this.configuration = configuration;
        this.world = world;
        this.loop = world.scheduler().loop("device:" + configuration.name());
        this.stream = new DeviceStream(configuration.name(), world.bus(), flow);
        this.parts = new Parts(
                configuration,
                world,
                loop,
                new DriverCalls(world.calls(), configuration.name(), loop, this::returned),
                stream,
                new Parts.Defects());
        this.opening = new Opening(
                parts,
                new Blueprint(configuration, real),
                new OutputMarks(world.storage(), configuration.name()),
                this);
        this.restarts = new Restarts(world.randomness(), world.clock());
        this.standing = new Standing(configuration.name(), configuration.initialState(), world.clock(), world.events());
    }

    DeviceConfiguration configuration() {
        return configuration;
    }

    DeviceStatus status() {
        return new DeviceStatus(
                configuration.name(),
                configuration.driver(),
                configuration.address(),
                opening.bus(),
                standing.state(),
                standing.sinceNanos(),
                channels,
                stream.snapshot().emitted(),
                restarts.supervision(parts.calls().stuck()),
                configuration.standIn().isPresent());
    }

    /** Claims the stream; as long as another producer has it, the device is INVALID. */
    void start() {
        loop.execute(() -> {
            standing.tell();
            if (configuration.invalid().isEmpty()) {
                claim();
            }
        });
    }

    private void claim() {
        hasStream = stream.claim();
        if (hasStream) {
            standing.become(configuration.initialState());
            proceed();
        } else {
            standing.become(new DeviceState.Invalid(
                    "name: " + configuration.name() + " (expected: a name that no other device or rule has)"));
            loop.schedule(CLAIM_AGAIN, this::claim);
        }
    }

    void driverCame(Driver came) {
        loop.execute(() -> {
            if (!stopped && driver.isEmpty()) {
                driver = Optional.of(came);
                proceed();
            }
        });
    }

    /** Closes what the driver has opened and forgets it; the future completes when that is done. */
    CompletableFuture<Void> driverGone(Driver gone) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.execute(() -> {
            if (driver.filter(gone::equals).isEmpty()) {
                done.complete(null);
                return;
            }
            driver = Optional.empty();
            if (hasStream) {
                // Before whoever removes the driver is told that it is done: he may look.
                standing.become(configuration.initialState());
            }
            disconnect("the driver was removed", done);
        });
        return done;
    }

    CompletableFuture<Void> stop() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.execute(() -> {
            stopped = true;
            standing.stopped();
            driver = Optional.empty();
            // First of all, so that the next device of this name finds its stream free.
            stream.close();
            disconnect("the device was stopped", done);
        });
        return done.thenRun(() -> {
            loop.close();
            stream.waiting().dropsAll();
        });
    }

    CompletableFuture<Row> read() {
        return withSession(Session::read);
    }

    CompletableFuture<CommandResult> write(Command command) {
        return withSession(open -> {
                    PendingWrite write =
                            WriteCheck.check(command, open.opened().definitions(), configuration.name(), world.clock());
                    open.write(write);
                    return write.answer();
                })
                .exceptionally(failure -> CommandResult.refused(command, Failures.line(failure)));
    }

    private <T> CompletableFuture<T> withSession(Function<Session, CompletableFuture<T>> use) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        if (stopped) {
            answer.completeExceptionally(new IllegalStateException("device " + configuration.name() + " was stopped"));
            return answer;
        }
        loop.execute(() -> {
            try {
                DeviceState state = standing.state();
                Session open = session.orElseThrow(() -> new IllegalStateException("device " + configuration.name()
                        + " is " + state.label() + (state.detail().isEmpty() ? "" : ": " + state.detail())));
                use.apply(open).whenComplete((value, failure) -> {
                    if (failure == null) {
                        answer.complete(value);
                    } else {
                        answer.completeExceptionally(failure);
                    }
                });
            } catch (IllegalStateException | IllegalArgumentException refused) {
                answer.completeExceptionally(refused);
            }
        });
        return answer;
    }

    /** Begins to connect once there is everything that it takes. */
    private void proceed() {
        retry = Optional.empty();
        if (stopped || !hasStream || driver.isEmpty() || !configuration.enabled()) {
            return;
        }
        hangs = parts.calls().isFull();
        if (hangs) {
            tryAgain(new TimeoutException(
                    "its driver hangs inside of " + parts.calls().stuck() + " calls"));
            return;
        }
        if (!standing.isDown()) {
            // A device that is tried again stays what it is until it answers: a dead one must not fill the log.
            standing.become(new DeviceState.Connecting());
        }
        opening.begin(driver.get(), restarts.isFailing() ? Turns.Rank.PROBE : Turns.Rank.READ, this::opened);
    }

    private void opened(Outcome<Opened> outcome) {
        if (outcome.failure().isPresent()) {
            tryAgain(outcome.failure().get());
            return;
        }
        Opened opened = outcome.value().orElseThrow();
        channels = opened.definitions().stream().map(ChannelDefinition::shown).toList();
        restarts.connected();
        if (opened.madeSafe()) {
            standing.madeSafe();
        }
        Session open = new Session(parts, opened, opening.turn(), !restarts.isFailing(), this);
        session = Optional.of(open);
        open.start();
        opened.inbox().open();
    }

    @Override
    public void row(RowReadings readings, Row row) {
        session.ifPresentOrElse(open -> open.reported(readings, row), stream.waiting()::dropsOne);
    }

    @Override
    public void failed(Exception why) {
        session.ifPresent(open -> broken(open, why));
    }

    @Override
    public void answered(String firstBad) {
        restarts.answered();
        if (firstBad.isEmpty()) {
            standing.become(new DeviceState.Online());
        } else {
            restarts.degraded(firstBad);
            standing.become(new DeviceState.Degraded(firstBad));
        }
    }

    @Override
    public void broken(Session which, Exception failure) {
        if (session.filter(which::equals).isPresent()) {
            which.end("device " + configuration.name() + " does not answer: " + Failures.line(failure), false);
            session = Optional.empty();
            tryAgain(failure);
        }
    }

    private void tryAgain(Exception failure) {
        String why = Failures.line(failure);
        if (failure instanceof InvalidSettingException) {
            restarts.gaveUp(why);
            standing.become(new DeviceState.Invalid(why));
            return;
        }
        if (!(failure instanceof IOException) && !(failure instanceof TimeoutException)) {
            parts.log("the driver " + configuration.openedBy() + " failed", failure);
        }
        Duration wait = restarts.failed(why);
        standing.down(failure, why, wait);
        retry = Optional.of(loop.schedule(wait, this::proceed));
    }

    /** A call that was abandoned has returned. */
    private void returned() {
        if (hangs && !parts.calls().isFull()) {
            retry.ifPresent(Loop.Timer::cancel);
            proceed();
        }
    }

    private void disconnect(String why, CompletableFuture<Void> done) {
        hangs = false;
        retry.ifPresent(Loop.Timer::cancel);
        retry = Optional.empty();
        restarts.paused();
        channels = List.of();
        CompletableFuture<Void> closed =
                session.map(open -> open.end(why, true)).orElseGet(() -> CompletableFuture.completedFuture(null));
        session = Optional.empty();
        CompletableFuture.allOf(closed, opening.giveUp(closed)).whenComplete((ended, failure) -> done.complete(null));
    }
}
