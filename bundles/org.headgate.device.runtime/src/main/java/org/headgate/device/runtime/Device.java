package org.headgate.device.runtime;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.headgate.command.api.Command;
import org.headgate.command.api.CommandResult;
import org.headgate.data.api.Row;
import org.headgate.device.api.DeviceState;
import org.headgate.device.api.DeviceStatus;
import org.headgate.device.api.Driver;
import org.headgate.device.api.Trial;
import org.headgate.system.api.Loop;

/**
 * One configured device: its stream, its place in the world, and what others may ask of it. Everything happens on its own loop, the
 * {@link Supervisor} keeps its connection.
 */
final class Device {
    private static final Duration CLAIM_AGAIN = Duration.ofSeconds(1);
    /** A profile's file and a device's come one after the other: what lacks for a moment only is not worth an alarm. */
    static final Duration PROFILE_PATIENCE = Duration.ofSeconds(1);

    private final DeviceConfiguration configuration;
    private final World world;
    private final Loop loop;
    private final DeviceStream stream;
    private final Standing standing;
    private final Supervisor supervisor;
    private volatile boolean stopped;

    /**
     * A device, which does nothing before {@link #start}.
     *
     * @param driver the one that opens it, where it is installed
     * @param real the device's own driver, where it is installed, when another one stands in
     */
    Device(
            DeviceConfiguration configuration,
            World world,
            DeviceFlow flow,
            Optional<Driver> driver,
            Supplier<Optional<Driver>> real) {
        this.configuration = configuration;
        this.world = world;
        this.loop = world.scheduler().loop("device:" + configuration.name());
        this.stream = new DeviceStream(configuration.name(), world.bus(), flow);
        this.standing = new Standing(
                configuration.name(), configuration.initialState(driver.isPresent()), world.clock(), world.events());
        DriverCalls calls = new DriverCalls(world.calls(), configuration.name(), loop, this::returned);
        this.supervisor = new Supervisor(
                new Parts(configuration, world, loop, calls, stream, new Parts.Defects()), standing, real);
        // Before the device says its first word: one whose driver is there does not wait for it.
        driver.ifPresent(this::driverCame);
    }

    DeviceConfiguration configuration() {
        return configuration;
    }

    /** The last row in which a channel was there. */
    Optional<Row> last(String channel) {
        return stream.last(channel);
    }

    DeviceStatus status() {
        return new DeviceStatus(
                configuration.name(),
                configuration.driver(),
                configuration.address(),
                supervisor.bus(),
                standing.state(),
                standing.sinceNanos(),
                supervisor.channels(),
                stream.snapshot().emitted(),
                supervisor.supervision(),
                configuration.standIn().isPresent());
    }

    /** Claims the stream; as long as another producer has it, the device is INVALID. */
    void start() {
        loop.execute(() -> {
            if (configuration.invalid().isEmpty()) {
                claim();
            } else if (configuration.lacksProfile()) {
                // When it comes, another device takes this one's place, and nobody need have heard.
                loop.schedule(PROFILE_PATIENCE, standing::tell);
            } else {
                standing.tell();
            }
        });
    }

    private void claim() {
        if (stream.claim()) {
            supervisor.begin();
        } else {
            standing.become(new DeviceState.Invalid(
                    "name: " + configuration.name() + " (expected: a name that no other device or rule has)"));
            loop.schedule(CLAIM_AGAIN, this::claim);
        }
    }

    private void returned() {
        supervisor.returned();
    }

    void driverCame(Driver came) {
        loop.execute(() -> supervisor.driverCame(came));
    }

    /** Closes what the driver has opened and forgets it; the future completes when that is done. */
    CompletableFuture<Void> driverGone(Driver gone) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.execute(() -> supervisor.driverGone(gone, done));
        return done;
    }

    CompletableFuture<Void> stop() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.execute(() -> {
            stopped = true;
            standing.stopped();
            // First of all, so that the next device of this name finds its stream free.
            stream.close();
            supervisor.stop(done);
        });
        return done.thenRun(() -> {
            loop.close();
            stream.waiting().dropsAll();
        });
    }

    /** Reads channels, all that can be read where none is named. */
    CompletableFuture<Row> read(List<String> names) {
        return withSession(open -> open.read(names).thenApply(Session.Taken::row));
    }

    /** Opens the device anew and reads it once. */
    CompletableFuture<Trial> test() {
        return onLoop(supervisor::test);
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
        return onLoop(() -> use.apply(supervisor
                .session()
                .orElseThrow(
                        () -> new IllegalStateException("device " + configuration.name() + " is " + standing.line()))));
    }

    private <T> CompletableFuture<T> onLoop(Supplier<CompletableFuture<T>> body) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        if (stopped) {
            answer.completeExceptionally(new IllegalStateException("device " + configuration.name() + " was stopped"));
            return answer;
        }
        loop.execute(() -> {
            try {
                body.get().whenComplete((value, failure) -> {
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
}
