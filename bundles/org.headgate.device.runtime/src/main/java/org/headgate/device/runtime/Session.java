package org.headgate.device.runtime;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.headgate.command.api.Command;
import org.headgate.command.api.CommandResult;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Column;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.system.api.Loop;
import org.headgate.system.api.Outcome;

/**
 * One open connection: at most one call in it at a time, writes before reads, reads that were asked for before polls. Lives on
 * the device's loop. Polls are due at multiples of the interval from the first one, so they do not drift; one that cannot start
 * in time is left out, never made up for.
 */
final class Session {
    private final String owner;
    private final World world;
    private final Loop loop;
    private final Connection connection;
    private final List<Channel> readable;
    private final Schema schema;
    private final Duration poll;
    private final Duration timeout;
    private final BiConsumer<Row, String> polled;
    private final BiConsumer<Session, Exception> broken;
    private final Queue<Runnable> writes = new ArrayDeque<>();
    private final Queue<Runnable> reads = new ArrayDeque<>();
    private final List<CompletableFuture<?>> open = new ArrayList<>();
    private long nextPoll;
    private Loop.Timer timer;
    private boolean pollDue;
    private boolean busy;
    private boolean ended;

    /**
     * A session.
     *
     * @param polled takes the row of each poll and the first failed channel's reason, which may be empty
     * @param broken is told once when the connection is of no use any more
     */
    Session(
            DeviceConfiguration configuration,
            World world,
            Loop loop,
            Connection connection,
            List<Channel> channels,
            BiConsumer<Row, String> polled,
            BiConsumer<Session, Exception> broken) {
        this.owner = "device:" + configuration.name();
        this.world = world;
        this.loop = loop;
        this.connection = connection;
        this.readable =
                channels.stream().filter(channel -> channel.access().canRead()).toList();
        this.schema = Schema.of(readable.stream()
                .map(channel -> new Column(channel.name(), channel.type(), channel.unit()))
                .toList());
        this.poll = configuration.poll();
        this.timeout = configuration.timeout();
        this.polled = polled;
        this.broken = broken;
    }

    void start() {
        nextPoll = world.clock().monotonicNanos();
        pollIsDue();
    }

    CompletableFuture<Row> read() {
        CompletableFuture<Row> answer = track(new CompletableFuture<>());
        reads.add(() -> read((readings, row) -> answer.complete(row), answer::completeExceptionally));
        next();
        return answer;
    }

    CompletableFuture<CommandResult> write(Command command, Channel channel, Object value) {
        CompletableFuture<CommandResult> answer = track(new CompletableFuture<>());
        writes.add(() -> call(
                () -> {
                    connection.write(channel, value);
                    return channel;
                },
                done -> answer.complete(CommandResult.done(command, channel.name() + " = " + value)),
                answer::completeExceptionally));
        next();
        return answer;
    }

    /** Ends the session; the future completes when the connection is closed, or when closing it hangs. */
    CompletableFuture<Void> end(String why) {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        if (ended) {
            closed.complete(null);
            return closed;
        }
        ended = true;
        if (timer != null) {
            timer.cancel();
        }
        open.forEach(answer -> answer.completeExceptionally(new IllegalStateException(why)));
        open.clear();
        close(world, owner, connection, closed);
        return closed;
    }

    /** Closes a connection on a thread that may block. */
    static void close(World world, String owner, Connection connection, CompletableFuture<Void> closed) {
        world.calls()
                .submit(
                        owner,
                        () -> {
                            connection.close();
                            return owner;
                        },
                        Duration.ofSeconds(5),
                        Runnable::run,
                        outcome -> closed.complete(null));
    }

    private void pollIsDue() {
        if (ended) {
            return;
        }
        pollDue = true;
        long now = world.clock().monotonicNanos();
        long missed = Math.max(0, (now - nextPoll) / poll.toNanos());
        nextPoll += (missed + 1) * poll.toNanos();
        timer = loop.schedule(Duration.ofNanos(nextPoll - now), this::pollIsDue);
        next();
    }

    private void next() {
        if (busy || ended) {
            return;
        }
        Runnable task = Optional.ofNullable(writes.poll()).orElseGet(reads::poll);
        if (task != null) {
            task.run();
        } else if (pollDue) {
            pollDue = false;
            read((readings, row) -> polled.accept(row, readings.firstBad()), failure -> {});
        }
    }

    private void read(BiConsumer<RowReadings, Row> done, Consumer<Exception> failed) {
        // Asked before the time is noted: see Clock.state.
        ClockState clock = world.clock().state();
        call(
                () -> {
                    RowReadings readings =
                            new RowReadings(schema, readable, world.clock().epochNanos());
                    connection.read(readable, readings);
                    return readings;
                },
                readings -> done.accept(readings, readings.build(clock)),
                failed);
    }

    private <T> void call(Callable<T> call, Consumer<T> done, Consumer<Exception> failed) {
        busy = true;
        world.calls().submit(owner, call, timeout, loop, outcome -> settle(outcome, done, failed));
    }

    private <T> void settle(Outcome<T> outcome, Consumer<T> done, Consumer<Exception> failed) {
        busy = false;
        if (ended) {
            return;
        }
        if (outcome.failure().isPresent()) {
            Exception failure = outcome.failure().get();
            failed.accept(failure);
            broken.accept(this, failure);
            return;
        }
        outcome.value().ifPresent(done);
        next();
    }

    private <T> CompletableFuture<T> track(CompletableFuture<T> answer) {
        open.removeIf(CompletableFuture::isDone);
        open.add(answer);
        return answer;
    }
}
