package org.headgate.device.runtime;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.headgate.command.api.Command;
import org.headgate.command.api.CommandResult;
import org.headgate.data.api.Flow;
import org.headgate.data.api.FlowSnapshot;
import org.headgate.data.api.Row;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceState;
import org.headgate.device.api.DeviceStatus;
import org.headgate.device.api.Driver;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.device.api.Supervision;
import org.headgate.system.api.Loop;
import org.headgate.system.api.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One configured device: the state machine around its connection. Everything happens on its own loop; what other threads see
 * is in volatile fields. No object of the driver's bundle is kept beyond {@link #driverGone}, its exceptions included.
 */
final class Device {
    private static final Logger LOG = LoggerFactory.getLogger(Device.class);

    private final DeviceConfiguration configuration;
    private final World world;
    private final Loop loop;
    private final DeviceStream stream;
    private final DoublingBackOff backOff;
    private Optional<Driver> driver = Optional.empty();
    private Optional<Session> session = Optional.empty();
    private Optional<Loop.Timer> retry = Optional.empty();
    private int generation;
    private boolean stopped;
    private volatile List<Channel> channels = List.of();
    private volatile DeviceState state;
    private volatile long sinceNanos;
    private volatile int tries;
    private volatile String lastError = "";

    Device(DeviceConfiguration configuration, World world, Flow flow) {
        this.configuration = configuration;
        this.world = world;
        this.loop = world.scheduler().loop("device:" + configuration.name());
        this.stream = new DeviceStream(configuration.name(), world.bus(), flow);
        this.backOff = new DoublingBackOff(world.randomness());
        this.state = initialState();
        this.sinceNanos = world.clock().epochNanos();
    }

    String name() {
        return configuration.name();
    }

    String driverName() {
        return configuration.driver();
    }

    FlowSnapshot flow() {
        return stream.flow();
    }

    DeviceStatus status() {
        return new DeviceStatus(
                configuration.name(),
                configuration.driver(),
                configuration.address(),
                "",
                state,
                sinceNanos,
                channels,
                stream.flow().emitted(),
                new Supervision(0, 0, tries, lastError, 0, 0, 0),
                false);
    }

    /** Claims the stream; a name that is taken makes the device INVALID. */
    void start() {
        loop.execute(() -> {
            if (state instanceof DeviceState.Invalid invalid) {
                LOG.warn("device {}: INVALID {}", name(), invalid.why());
                return;
            }
            try {
                stream.claim();
            } catch (IllegalStateException taken) {
                become(new DeviceState.Invalid(
                        "name: " + name() + " (expected: a name that no other device or rule has)"));
            }
        });
    }

    void driverCame(Driver came) {
        loop.execute(() -> {
            if (!stopped && state instanceof DeviceState.WaitingForDriver) {
                driver = Optional.of(came);
                connect();
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
            disconnect("the driver was removed", done);
            driver = Optional.empty();
            become(new DeviceState.WaitingForDriver(configuration.driver()));
        });
        return done;
    }

    CompletableFuture<Void> stop() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.execute(() -> {
            stopped = true;
            driver = Optional.empty();
            // First of all, so that the next device of this name finds its stream free.
            stream.close();
            disconnect("the device was stopped", done);
            loop.close();
        });
        return done;
    }

    CompletableFuture<Row> read() {
        return withSession(Session::read);
    }

    CompletableFuture<CommandResult> write(Command command, String channelName, String text, String origin) {
        return withSession(open -> WriteCheck.write(command, open, name(), channels, channelName, text))
                .exceptionally(failure -> CommandResult.refused(command, Failures.line(failure)));
    }

    private <T> CompletableFuture<T> withSession(Function<Session, CompletableFuture<T>> use) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        if (stopped) {
            answer.completeExceptionally(new IllegalStateException("device " + name() + " was stopped"));
            return answer;
        }
        loop.execute(() -> {
            try {
                Session open = session.orElseThrow(() -> new IllegalStateException("device " + name() + " is "
                        + state.label() + (state.detail().isEmpty() ? "" : ": " + state.detail())));
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

    private DeviceState initialState() {
        if (configuration.invalid().isPresent()) {
            return new DeviceState.Invalid(configuration.invalid().get());
        }
        return configuration.enabled()
                ? new DeviceState.WaitingForDriver(configuration.driver())
                : new DeviceState.Disabled();
    }

    private void connect() {
        retry = Optional.empty();
        if (driver.isEmpty() || stopped) {
            return;
        }
        if (!(state instanceof DeviceState.Offline)) {
            // A device that is tried again stays OFFLINE until it answers: a dead one must not fill the log.
            become(new DeviceState.Connecting());
        }
        tries = backOff.tries() + 1;
        int mine = ++generation;
        Driver by = driver.get();
        world.calls()
                .submit(
                        "device:" + name(),
                        () -> Opened.open(by, configuration),
                        configuration.timeout(),
                        loop,
                        outcome -> opened(mine, outcome))
                .late(late -> late.connection().close());
    }

    private void opened(int mine, Outcome<Opened> outcome) {
        if (mine != generation || stopped) {
            outcome.value().ifPresent(late -> close(late.connection()));
            return;
        }
        if (outcome.failure().isPresent()) {
            failed(outcome.failure().get());
            return;
        }
        Opened opened = outcome.value().orElseThrow();
        channels = opened.channels();
        Session open =
                new Session(configuration, world, loop, opened.connection(), channels, this::polled, this::broken);
        session = Optional.of(open);
        open.start();
    }

    private void polled(Row row, String firstBad) {
        backOff.succeeded();
        tries = 0;
        if (firstBad.isEmpty()) {
            become(new DeviceState.Online());
        } else {
            lastError = firstBad;
            become(new DeviceState.Degraded(firstBad));
        }
        stream.publish(row);
    }

    private void broken(Session which, Exception failure) {
        if (session.filter(which::equals).isPresent()) {
            which.end("device " + name() + " does not answer: " + Failures.line(failure));
            session = Optional.empty();
            failed(failure);
        }
    }

    private void failed(Exception failure) {
        lastError = Failures.line(failure);
        if (failure instanceof InvalidSettingException) {
            become(new DeviceState.Invalid(lastError));
            return;
        }
        if (!(failure instanceof IOException) && !(failure instanceof TimeoutException)) {
            LOG.error("device {}: the driver {} failed", name(), configuration.driver(), failure);
        }
        Duration wait = backOff.failed();
        tries = backOff.tries();
        become(new DeviceState.Offline(lastError, wait));
        retry = Optional.of(loop.schedule(wait, this::connect));
    }

    private void disconnect(String why, CompletableFuture<Void> done) {
        generation++;
        retry.ifPresent(Loop.Timer::cancel);
        retry = Optional.empty();
        session.map(open -> open.end(why))
                .orElseGet(() -> CompletableFuture.completedFuture(null))
                .whenComplete((closed, failure) -> done.complete(null));
        session = Optional.empty();
        channels = List.of();
    }

    private void close(Connection connection) {
        Session.close(world, "device:" + name(), connection, new CompletableFuture<>());
    }

    /** One log line a change; a device that stays OFFLINE or DEGRADED for another reason has not changed. */
    private void become(DeviceState next) {
        boolean changed = !next.label().equals(state.label());
        state = next;
        if (!changed) {
            return;
        }
        sinceNanos = world.clock().epochNanos();
        if (next instanceof DeviceState.Offline || next instanceof DeviceState.Invalid) {
            LOG.warn("device {}: {} {}", name(), next.label(), next.detail());
        } else {
            LOG.info("device {}: {} {}", name(), next.label(), next.detail());
        }
    }
}
