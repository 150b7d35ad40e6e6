package org.headgate.device.runtime;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;
import org.headgate.device.api.Channel;
import org.headgate.device.api.DeviceState;
import org.headgate.device.api.Driver;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.device.api.Supervision;
import org.headgate.device.api.Trial;
import org.headgate.device.channels.ChannelDefinition;
import org.headgate.system.api.Loop;
import org.headgate.system.api.Outcome;

/**
 * Keeps the connection of one device: opens it once there is all that it takes, tries again when it fails, closes it when the driver
 * goes. Lives on the device's loop; what other threads see is in volatile fields. No object of the driver's bundle is kept beyond
 * {@link #driverGone}, its exceptions included.
 */
final class Supervisor implements Session.Listener, Opening.Reported {
    private final Parts parts;
    private final Opening opening;
    private final Restarts restarts;
    private final Standing standing;
    private Optional<Driver> driver = Optional.empty();
    private Optional<Session> session = Optional.empty();
    private Instants instants = new Instants(Schema.of());
    private Optional<Loop.Timer> retry = Optional.empty();
    private Optional<PendingTrial> trial = Optional.empty();
    private boolean begun;
    private boolean trying;
    private boolean hangs;
    private boolean stopped;
    private volatile List<Channel> channels = List.of();

    /**
     * A supervisor, which does nothing before {@link #begin}.
     *
     * @param real the device's own driver, where it is installed, when another one stands in
     */
    Supervisor(Parts parts, Standing standing, Supplier<Optional<Driver>> real) {
        World world = parts.world();
        DeviceConfiguration configuration = parts.configuration();
        this.parts = parts;
        this.standing = standing;
        this.opening = new Opening(
                parts,
                new Blueprint(configuration, real),
                new OutputMarks(world.storage(), configuration.name()),
                this);
        this.restarts = new Restarts(world.randomness(), world.clock());
    }

    /** The name of the bus; may be asked by any thread, as the next two. */
    String bus() {
        return opening.bus();
    }

    List<Channel> channels() {
        return channels;
    }

    Supervision supervision() {
        return restarts.supervision(parts.calls().stuck());
    }

    /** The connection that is open. */
    Optional<Session> session() {
        return session;
    }

    /** The device may run. */
    void begin() {
        begun = true;
        standing.become(parts.configuration().initialState(driver.isPresent()));
        proceed();
    }

    void driverCame(Driver came) {
        if (!stopped && driver.isEmpty()) {
            driver = Optional.of(came);
            proceed();
        }
    }

    /** Closes what the driver has opened and forgets it; {@code done} completes when that is done. */
    void driverGone(Driver gone, CompletableFuture<Void> done) {
        if (driver.filter(gone::equals).isEmpty()) {
            done.complete(null);
            return;
        }
        driver = Optional.empty();
        if (begun) {
            // Before whoever removes the driver is told that it is done: he may look.
            standing.become(parts.configuration().initialState(false));
        }
        disconnect("the driver was removed", done);
    }

    /** Ends for good. */
    void stop(CompletableFuture<Void> done) {
        stopped = true;
        driver = Optional.empty();
        disconnect("the device was stopped", done);
    }

    /**
     * Opens the device anew and reads it once.
     *
     * @throws IllegalStateException with one line for the user when that cannot even be tried
     */
    CompletableFuture<Trial> test() {
        String device = "device " + parts.configuration().name();
        if (!begun) {
            throw new IllegalStateException(device + " is " + standing.line());
        }
        if (driver.isEmpty()) {
            String wanted = parts.configuration().openedBy();
            throw new IllegalStateException("driver " + wanted + " is not installed: driver:install " + wanted);
        }
        if (trial.filter(PendingTrial::isPending).isPresent()) {
            throw new IllegalStateException(device + " is being tested already");
        }
        PendingTrial mine = new PendingTrial(opening, parts.configuration().timeout());
        trial = Optional.of(mine);
        if (session.isPresent()) {
            // The outputs stay as they are: this process goes on with them.
            CompletableFuture<Void> closed = session.get().end(device + " is being tested", false);
            session = Optional.empty();
            closed.whenComplete((ended, failure) -> parts.loop().execute(this::proceed));
        } else if (!trying) {
            proceed();
        }
        return mine.answer();
    }

    /** A call that was abandoned has returned. */
    void returned() {
        if (hangs && !parts.calls().isFull()) {
            proceed();
        }
    }

    /** Begins to connect once there is everything that it takes. */
    private void proceed() {
        retry.ifPresent(Loop.Timer::cancel);
        retry = Optional.empty();
        boolean wanted = parts.configuration().enabled() || trial.isPresent();
        if (stopped || !begun || !wanted || driver.isEmpty() || trying || session.isPresent()) {
            return;
        }
        hangs = parts.calls().isFull();
        if (hangs) {
            cannotOpen(new TimeoutException(
                    "its driver hangs inside of " + parts.calls().stuck() + " calls"));
            return;
        }
        if (!standing.isDown() && parts.configuration().enabled()) {
            // A device that is tried again stays what it is until it answers: a dead one must not fill the log.
            standing.become(new DeviceState.Connecting());
        }
        trying = true;
        boolean probes = restarts.isFailing() && trial.isEmpty();
        opening.begin(driver.get(), probes ? Turns.Rank.PROBE : Turns.Rank.READ, this::opened);
    }

    private void opened(Outcome<Opened> outcome) {
        trying = false;
        if (outcome.failure().isPresent()) {
            cannotOpen(outcome.failure().get());
            return;
        }
        Opened opened = outcome.value().orElseThrow();
        channels = opened.definitions().stream().map(ChannelDefinition::shown).toList();
        restarts.connected();
        if (opened.madeSafe()) {
            standing.madeSafe();
        }
        instants = instants.following(opened.columns().schema());
        Session open = new Session(parts, opened, instants, opening.turn(), !restarts.isFailing(), this);
        session = Optional.of(open);
        trial.ifPresent(one -> {
            trial = Optional.empty();
            one.answer().whenComplete((tried, failure) -> goOn(open));
            one.opened(open);
        });
        if (parts.configuration().enabled()) {
            open.start();
            opened.inbox().open();
        }
    }

    /** After a test: a device that is switched off has no connection. */
    private void goOn(Session tested) {
        if (!parts.configuration().enabled() && session.filter(tested::equals).isPresent()) {
            disconnect("device " + parts.configuration().name() + " was tested", new CompletableFuture<>());
        }
    }

    @Override
    public void row(RowReadings readings, Row row) {
        session.ifPresentOrElse(
                open -> open.reported(readings, row), parts.stream().waiting()::dropsOne);
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
    public void offline(String why) {
        restarts.answered();
        restarts.degraded(why);
        standing.become(new DeviceState.Offline(why, Duration.ZERO));
    }

    @Override
    public void broken(Session which, Exception failure) {
        if (session.filter(which::equals).isPresent()) {
            which.end("device " + parts.configuration().name() + " does not answer: " + Failures.line(failure), false);
            session = Optional.empty();
            tryAgain(failure);
        }
    }

    private void cannotOpen(Exception failure) {
        trial.ifPresent(one -> one.failed(failure));
        trial = Optional.empty();
        tryAgain(failure);
    }

    private void tryAgain(Exception failure) {
        String why = Failures.lineOfDevice(failure);
        if (!isExpected(failure)) {
            parts.log("the driver " + parts.configuration().openedBy() + " failed", failure);
        }
        if (!parts.configuration().enabled()) {
            restarts.gaveUp(why);
            disconnect(why, new CompletableFuture<>());
        } else if (failure instanceof InvalidSettingException) {
            restarts.gaveUp(why);
            standing.become(new DeviceState.Invalid(why));
        } else {
            Duration wait = restarts.failed(why);
            standing.down(failure, why, wait);
            retry = Optional.of(parts.loop().schedule(wait, this::proceed));
        }
    }

    private static boolean isExpected(Exception failure) {
        return failure instanceof IOException
                || failure instanceof TimeoutException
                || failure instanceof InvalidSettingException;
    }

    private void disconnect(String why, CompletableFuture<Void> done) {
        hangs = false;
        trying = false;
        retry.ifPresent(Loop.Timer::cancel);
        retry = Optional.empty();
        restarts.paused();
        channels = List.of();
        CompletableFuture<Void> closed =
                session.map(open -> open.end(why, true)).orElseGet(() -> CompletableFuture.completedFuture(null));
        session = Optional.empty();
        trial.ifPresent(one -> one.end(why));
        trial = Optional.empty();
        CompletableFuture.allOf(closed, opening.giveUp(closed)).whenComplete((ended, failure) -> done.complete(null));
    }
}
